"""Last days that the calendar has overtaken are counted again, every night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from narvaro.errors import BadRequest
from narvaro.timetable import Calendar, local_day, school_days_after
from narvaro.web.accounts.models import Authority, Unit
from narvaro.web.cases.actions import date_anew, stands
from narvaro.web.cases.models import Case, Step, Task, TaskKind
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.places import ANSWER_WITHIN

ANSWERED_WITHIN = (
    *(TaskKind.FORCED_MOVE, TaskKind.OWNER_LEFT),
    *(TaskKind.SCHOOL_LEFT, TaskKind.FLAG_WITHDRAWN),
)
"""Tasks whose last day is counted; of the others somebody chose it."""


@dataclass
class Clocks:
    """Calendars of schools, asked for once each."""

    now: datetime
    calendars: dict[int, Calendar] = field(default_factory=dict)

    def of(self, school: Unit) -> Calendar:
        """A school's calendar."""
        if school.pk not in self.calendars:
            self.calendars[school.pk] = calendar_of(school, self.now)
        return self.calendars[school.pk]

    def answer_by(self, since: date, due: date | None, school: Unit) -> date | None:
        """The last day to answer, when the one there is cannot stand; None when it can."""
        calendar = self.of(school)
        try:
            found = school_days_after(since, ANSWER_WITHIN, calendar)
        except BadRequest:
            return None
        return None if found == due or stands(due, found, calendar) else found


def date_all_anew(authority: Authority, cases: QuerySet[Case], now: datetime) -> int:
    """Steps, flags and tasks whose last day cannot stand; returns how many got another."""
    clocks = Clocks(now)
    open_steps = Step.objects.filter(case__in=cases, decided_at__isnull=True)
    steps = open_steps.select_related("case__school", "case__routine", "case__adaptation__routine")
    steps = steps.prefetch_related("case__routine_moves__from_routine")
    count = sum(date_anew(one, clocks.of(one.case.school), at=now) for one in steps)
    for row, since in _answered_within(authority, local_day(now)):
        due = clocks.answer_by(since, row.due_on, row.school)
        if due is not None:
            row.due_on, row.version = due, row.version + 1
            row.save(update_fields=["due_on", "version"])
            count += 1
    return count


def _answered_within(authority: Authority, day: date) -> Iterator[tuple[Flag | Task, date]]:
    flags = Flag.objects.unanswered().filter(authority=authority, taken_on__lte=day)
    for flag in flags.select_related("school"):
        yield flag, flag.taken_on
    tasks = Task.objects.filter(
        school__authority=authority, kind__in=ANSWERED_WITHIN, done_at=None, made_on__lte=day
    )
    for task in tasks.select_related("school"):
        yield task, task.made_on
