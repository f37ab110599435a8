"""How far a school has come with its registration this term, from evidence alone."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from narvaro.quality import LessonCounts, TermStatus, school_term_status
from narvaro.timetable import At
from narvaro.web.figures.facts.opened import Opened


class Stage(StrEnum):
    """From nothing to figures that can be used; the last two stand outside the way."""

    NO_SYSTEM = "no_system"
    TIMETABLE_NOT_LOADED = "timetable_not_loaded"
    LOADING = "loading"
    NOBODY_YET = "nobody_yet"
    REGISTERING = "registering"
    RELIABLE = "reliable"
    ONLY_SUMMARIES = "only_summaries"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Onboarding:
    """Where a school stands this term, and what says so.

    Every part comes from the ledger: weeks with school days, those of them without any lesson,
    the first lesson and the first acknowledged one, and what is acknowledged of what was due.
    """

    school: str
    stage: Stage = Stage.NO_SYSTEM
    weeks: int = 0
    weeks_without: int = 0
    first_lesson_on: date | None = None
    first_acknowledged_on: date | None = None
    counts: LessonCounts = field(default_factory=LessonCounts)

    def as_plain(self) -> list[Any]:
        """The value as JSON holds it."""
        days = [
            str(day) if day else None for day in (self.first_lesson_on, self.first_acknowledged_on)
        ]
        return [
            self.school,
            self.stage,
            self.weeks,
            self.weeks_without,
            *days,
            astuple(self.counts),
        ]

    @staticmethod
    def from_plain(plain: list[Any]) -> Onboarding:
        """The value from what `as_plain` gave."""
        school, stage, weeks, without, *days, counts = plain
        first, acknowledged = (date.fromisoformat(day) if day else None for day in days)
        return Onboarding(
            school, Stage(stage), weeks, without, first, acknowledged, LessonCounts(*counts)
        )


def onboardings(opened: Opened, today: date, known_at: datetime) -> list[Onboarding]:
    """Where every school that the ledger knows stands in the term that holds a day."""
    found = school_term_status(opened.snapshot, at=At(today), known_at=known_at)
    return [onboarding(status) for status in found]


def onboarding(status: TermStatus) -> Onboarding:
    """Where a school stands."""
    return Onboarding(
        status.school,
        stage_of(status),
        len(status.weeks.expected),
        len(status.weeks.missing),
        status.first_lesson_on,
        status.first_acknowledged_on,
        status.counts,
    )


def stage_of(status: TermStatus) -> Stage:
    """`partly` is told apart: nobody acknowledges yet, the timetable is being loaded, or neither."""
    if status.status != "partly":
        return Stage(status.status)
    if not status.counts.acknowledged_lessons:
        return Stage.NOBODY_YET
    return Stage.LOADING if status.weeks.missing else Stage.REGISTERING
