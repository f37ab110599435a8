"""Where a run's flags belong, and who answers for them there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from narvaro.errors import BadRequest
from narvaro.timetable import local_day, school_days_after
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Authority, Unit, UnitKind
from narvaro.web.cases.people import person_at
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.pupils.models import Pupil

ANSWER_WITHIN = 5
"""School days in which a flag is answered: ours, no source states it; the ladder counts from it."""


@dataclass
class Places:
    """Schools by key, and who answers for a class: asked once for each."""

    authority: Authority
    now: datetime
    schools: dict[str, Unit] = field(default_factory=dict)
    owners: dict[tuple[str, str], Account | None] = field(default_factory=dict)
    due: dict[str, date | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        here = Unit.objects.filter(authority=self.authority, kind=UnitKind.SCHOOL)
        self.schools = {one.key: one for one in here}

    @property
    def today(self) -> date:
        """The day of the run's taking."""
        return local_day(self.now)

    def owner(self, pupil: Pupil, school: Unit, group: str) -> Account | None:
        """Who answers for a flag: of a protected pupil, somebody who may know of them."""
        if pupil.is_protected:
            return self.held("mentor", pupil, school)
        key = (school.key, group)
        if key not in self.owners:
            self.owners[key] = self.held("mentor", pupil, school)
        return self.owners[key]

    def due_on(self, school: Unit) -> date | None:
        """The last day to answer at a school; None when its calendar ends too early."""
        if school.key not in self.due:
            calendar = calendar_of(school, self.now)
            try:
                self.due[school.key] = school_days_after(self.today, ANSWER_WITHIN, calendar)
            except BadRequest:
                self.due[school.key] = None
        return self.due[school.key]

    def held(self, role: str, pupil: Pupil, school: Unit) -> Account | None:
        """Who holds a role of the routine there, or those above; None: nobody does."""
        try:
            return person_at(role, pupil, school, self.today)
        except Refused:
            return None
