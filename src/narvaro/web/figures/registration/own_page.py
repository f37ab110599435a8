"""A teacher's own lessons that nobody has acknowledged, by day, and those already explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from narvaro.quality import LessonCounts
from narvaro.quality.counting import together
from narvaro.timetable import ZONE
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.models import Explanation
from narvaro.web.figures.registration.asked_today import asked_of_me
from narvaro.web.figures.registration.asking import Asked, Cause
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.open_lessons import OpenLesson


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson in a list: when, what and for whom."""

    number: int
    when: str
    what: str
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The lessons of a day, in order."""

    day: date
    lessons: Sequence[LessonLine]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`counts` are the viewer's own lessons of the term so far."""

    days: Sequence[Day]
    explained: Sequence[Day]
    counts: LessonCounts

    @property
    def waiting(self) -> int:
        """How many lessons wait for the viewer."""
        return sum(len(one.lessons) for one in self.days)

    @property
    def numbers(self) -> list[int]:
        """The lessons that a reason can be given for."""
        return [one.number for day in self.days for one in day.lessons]


def own_page(viewer: Viewer, evidence: Evidence) -> OwnPage:
    """The page of the viewer's own lessons."""
    asked = asked_of_me(viewer)
    explained = [one for one in asked if one.cause != Cause.UNKNOWN and one.explanation]
    return OwnPage(
        by_day(one for one in asked if one.cause == Cause.UNKNOWN),
        by_day(explained),
        own_counts(viewer, evidence),
    )


def own_counts(viewer: Viewer, evidence: Evidence) -> LessonCounts:
    """The viewer's own lessons of the term so far, at every school."""
    found = (evidence.teachers(school) for school in evidence.schools)
    return together(
        counts for place in found for key, counts in place.items() if key in viewer.staff_keys
    )


def by_day(asked: Iterable[Asked]) -> list[Day]:
    """Lessons by day, the latest day first, as one remembers it best."""
    days = groupby(sorted(asked, key=_when), key=lambda one: one.lesson.day)
    found = [Day(day, [line_of(one.lesson, one.explanation) for one in few]) for day, few in days]
    return found[::-1]


def line_of(lesson: OpenLesson, explanation: Explanation | None = None) -> LessonLine:
    """A lesson as it stands in a list."""
    starts, ends = lesson.starts_at.astimezone(ZONE), lesson.ends_at.astimezone(ZONE)
    place = lesson.class_ or (_("grupp") if lesson.group else "")
    what = " ".join(part for part in (lesson.subject, place) if part)
    return LessonLine(lesson.number, f"{starts:%H.%M}–{ends:%H.%M}", what, explanation)


def _when(one: Asked) -> tuple[object, int]:
    return one.lesson.starts_at, one.lesson.number
