"""Whom a lesson that is not acknowledged is asked of, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from weakref import WeakKeyDictionary

from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Assignment, Authority
from narvaro.web.figures.facts.opened import Opened
from narvaro.web.figures.models import Explanation, Reason
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.false_alarms import (
    SchoolNow,
    is_explained,
    may_be_asked_for,
    school_now,
)
from narvaro.web.figures.registration.open_lessons import OpenLesson


class Solver(StrEnum):
    """Who can do something about it."""

    TEACHER = "teacher"
    PRINCIPAL = "principal"
    SYSTEM_OWNER = "system_owner"
    NOBODY_YET = "nobody_yet"


class Cause(StrEnum):
    """What is known of why: found by us, or noted by somebody (the words of `Reason`)."""

    UNKNOWN = "unknown"
    NO_TEACHER = "no_teacher"
    NO_ACCOUNT = "no_account"
    DONE_AT_SOURCE = "done_at_source"
    CANCELLED = "cancelled"
    OUTING = "outing"
    SUBSTITUTE = "substitute"
    NO_TIMETABLE = "no_timetable"
    SYSTEM_DOWN = "system_down"


SOLVERS = {
    Cause.UNKNOWN: Solver.TEACHER,
    Cause.NO_TEACHER: Solver.PRINCIPAL,
    Cause.NO_ACCOUNT: Solver.PRINCIPAL,
    Cause.SUBSTITUTE: Solver.PRINCIPAL,
    Cause.CANCELLED: Solver.SYSTEM_OWNER,
    Cause.OUTING: Solver.SYSTEM_OWNER,
    Cause.NO_TIMETABLE: Solver.SYSTEM_OWNER,
    Cause.SYSTEM_DOWN: Solver.NOBODY_YET,
    Cause.DONE_AT_SOURCE: Solver.NOBODY_YET,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A lesson that may be asked for, why it is as it is, and who can do something."""

    lesson: OpenLesson
    cause: Cause
    explanation: Explanation | None = None

    @property
    def solver(self) -> Solver:
        """Who can do something about it."""
        return SOLVERS[self.cause]


@dataclass(frozen=True)
class Facts:
    """What people have noted, and which teachers have somebody who can sign in."""

    explanations: Mapping[tuple[str, str], Explanation]
    serving: frozenset[str]

    def explanation_of(self, lesson: OpenLesson) -> Explanation | None:
        """What stands noted of a lesson."""
        return self.explanations.get((lesson.source, lesson.key))


def facts_of(authority: Authority, schools: Iterable[str], *, since: date, on: date) -> Facts:
    """The facts of some schools since a day, and the accounts in force on another."""
    noted = (
        Explanation.objects.filter(
            authority=authority, school_key__in=list(schools), lesson_on__gte=since
        )
        .standing()
        .select_related("noted_by")
    )
    return Facts({(one.source, one.lesson_key): one for one in noted}, serving(authority, on=on))


def staff(authority: Authority, *, on: date) -> Mapping[str, Account]:
    """Staff key → the account of somebody who serves in the authority on a day."""
    return {key: one for one in _accounts(authority, on) for key in one.staff_keys}


def serving(authority: Authority, *, on: date) -> frozenset[str]:
    """The staff keys of those who serve in the authority on a day."""
    every = _accounts(authority, on).values_list("staff_keys", flat=True)
    return frozenset(key for keys in every for key in keys)


def _accounts(authority: Authority, on: date) -> QuerySet[Account]:
    here = Assignment.objects.in_force(on).filter(unit__authority=authority)
    return Account.objects.filter(
        is_active=True, pk__in=here.exclude(account=None).values("account")
    ).exclude(staff_keys=[])


def asked_at(evidence: Evidence, school: str, facts: Facts) -> tuple[Asked, ...]:
    """What is asked for at a school today, of anybody; nothing in a week without school days."""
    now = school_now(evidence, school)
    return tuple(_asked(due_at(evidence, school, now), now, facts))


_due: WeakKeyDictionary[Opened, dict[tuple[Evidence, str], tuple[OpenLesson, ...]]] = (
    WeakKeyDictionary()
)
_ROOM = 500


def due_at(evidence: Evidence, school: str, now: SchoolNow) -> tuple[OpenLesson, ...]:
    """The lessons of a school that may be asked for: the same all day, so judged once."""
    kept = _due.setdefault(evidence.opened, {})
    found = kept.get((evidence, school))
    if found is None:
        every = evidence.open_lessons(school) if now.is_open else ()
        found = tuple(one for one in every if may_be_asked_for(one, now))
        if len(kept) >= _ROOM:
            kept.clear()
        kept[(evidence, school)] = found
    return found


def asked_of(evidence: Evidence, account: Account, facts: Facts) -> tuple[Asked, ...]:
    """What may be asked of one teacher, explained or not, the earliest first."""
    found: list[Asked] = []
    by_school: dict[str, list[OpenLesson]] = {}
    for lesson in evidence.open_lessons_of(frozenset(account.staff_keys)):
        by_school.setdefault(lesson.school, []).append(lesson)
    for school, lessons in by_school.items():
        now = school_now(evidence, school)
        if now.is_open:
            due = [one for one in lessons if may_be_asked_for(one, now)]
            found.extend(_asked(due, now, facts))
    return tuple(sorted(found, key=lambda one: (one.lesson.starts_at, one.lesson.number)))


def _asked(lessons: Iterable[OpenLesson], now: SchoolNow, facts: Facts) -> Iterator[Asked]:
    for lesson in lessons:
        explanation = facts.explanation_of(lesson)
        yield Asked(lesson, _cause(lesson, explanation, now, facts), explanation)


def _cause(
    lesson: OpenLesson, explanation: Explanation | None, now: SchoolNow, facts: Facts
) -> Cause:
    if explanation is not None:
        noted_on = local_day(explanation.noted_at)
        if is_explained(explanation.reason, noted_on, now):
            return Cause(Reason(explanation.reason).value)
    if not lesson.teachers:
        return Cause.NO_TEACHER
    if facts.serving.isdisjoint(lesson.teachers):
        return Cause.NO_ACCOUNT
    return Cause.UNKNOWN
