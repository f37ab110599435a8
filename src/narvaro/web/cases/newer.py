"""Whether the school's routine has become another than the one a running case follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.programmes import Programme
from narvaro.web.accounts.models import Unit, on_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Adaptation, Case, Step
from narvaro.web.cases.routines import adapted_by, programme_in_force, step_of

MOVE_MANY = "cases.move_many"


@dataclass(frozen=True, slots=True)
class Newer:
    """The routine that a case opened today at the school would follow."""

    common: Programme
    adaptation: Adaptation | None

    @property
    def programme(self) -> Programme:
        """With what the school does otherwise."""
        return self.common if self.adaptation is None else adapted_by(self.adaptation)

    @property
    def mark(self) -> str:
        """What a form carries, so that nobody is moved to another version than was looked at."""
        here = "" if self.adaptation is None else self.adaptation.public_id
        return f"{self.common.fingerprint[:16]}.{here}"

    def gone(self, steps: Iterable[Step]) -> list[Step]:
        """The steps that this version has not."""
        return [one for one in steps if step_of(self.programme, one.step) is None]


def in_force_at(school: Unit, day: date) -> Newer:
    """The routine of a school on a day; the common one need not have been kept yet."""
    common = programme_in_force(day)
    here = Adaptation.objects.filter(
        on_day(day), school=school, routine__digest=common.fingerprint
    ).select_related("routine")
    return Newer(common, here.order_by("pk").last())


def newer_of(case: Case, day: date) -> Newer | None:
    """The routine of the case's school on a day, when the case does not follow it."""
    found = in_force_at(case.school, day)
    return None if follows(case, found) else found


def follows(case: Case, routine: Newer) -> bool:
    """The case follows just this version, with just this adaptation."""
    here = None if routine.adaptation is None else routine.adaptation.pk
    is_same = case.routine.digest == routine.common.fingerprint
    return is_same and case.adaptation_id == here


def behind(cases: Iterable[Case], routine: Newer) -> Sequence[Case]:
    """Of a school's cases, those that follow another version."""
    return [one for one in cases if not follows(one, routine)]


def count_behind(school: Unit, viewer: Viewer) -> int:
    """How many open cases of a school that the viewer may move follow another version."""
    if not viewer.may(MOVE_MANY):
        return 0
    every = Case.objects.visible_to(viewer, MOVE_MANY).still_open().filter(school=school)
    return len(behind(every.select_related("routine"), in_force_at(school, viewer.today)))
