"""What contradicts itself in a window: named by pupil and lesson, so that a school can mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from narvaro.engine import Rows, sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins, key_of
from narvaro.ledger.windows import WindowPeriods
from narvaro.quality.counting import parameters_of
from narvaro.quality.registration import as_window
from narvaro.timetable import At, Period, Window

Kind = Literal["two_lessons_at_once", "no_enrolment", "no_membership", "minutes_do_not_add_up"]

_WORDS: Mapping[Kind, Mapping[str, str]] = {
    "two_lessons_at_once": {
        "sv": "Två olika lektioner samtidigt; båda räknas.",
        "en": "Two different lessons at one time; both count.",
    },
    "no_enrolment": {
        "sv": "Eleven är inte inskriven någonstans den dagen; lektionen räknas ändå.",
        "en": "The pupil is enrolled nowhere on that day; the lesson counts all the same.",
    },
    "no_membership": {
        "sv": "Eleven hör inte till lektionens grupp eller klass; lektionen räknas ändå.",
        "en": "The pupil is not of the lesson's group or class; the lesson counts all the same.",
    },
    "minutes_do_not_add_up": {
        "sv": "Närvaro och frånvaro blir inte tillsammans de schemalagda minuterna.",
        "en": "Present and absent minutes are not the scheduled ones together.",
    },
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing about a pupil and a lesson that cannot be true.

    `other_lesson` is the lesson at the same time. `minutes` are those both lessons share, or those
    told too much (below zero: too few); None where no minutes are in question.
    """

    kind: Kind
    pupil: str
    school: str
    date: date
    lesson: str
    other_lesson: str | None = None
    minutes: int | None = None

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        return {
            "kind": self.kind,
            "pupil": self.pupil,
            "school": self.school,
            "date": self.date.isoformat(),
            "lesson": self.lesson,
            "other_lesson": self.other_lesson,
            "minutes": self.minutes,
            "reason": dict(_WORDS[self.kind]),
        }


def contradictions(
    snapshot: Snapshot,
    *,
    window: Window | Period | str,
    at: At | None = None,
    known_at: datetime | None = None,
) -> list[Contradiction]:
    """Find what contradicts itself among the ended lessons of a window, as known at a time.

    Two different lessons at one time of a pupil; pupils counted in lessons whose group or class
    they are not of, or enrolled nowhere; acknowledged marks whose minutes do not add up. Nothing of
    it is left out of any figure. Ordered by school, date, lesson and pupil. Raises BadRequest.
    """
    moment = known_at or datetime.now(UTC)
    periods = WindowPeriods(snapshot, as_window(window), at, moment)
    search = _Search(snapshot, periods.widest(), moment)
    found = [
        row for row in search.everything() if periods.of(search.numbers[row.school]).holds(row.date)
    ]
    return sorted(found, key=lambda one: (one.school, one.date, one.lesson, one.pupil, one.kind))


@dataclass(frozen=True)
class _Search:
    snapshot: Snapshot
    period: Period
    known_at: datetime

    def everything(self) -> Iterator[Contradiction]:
        yield from self._two_at_once()
        yield from self._out_of_place()
        yield from self._not_adding_up()

    def _two_at_once(self) -> Iterator[Contradiction]:
        for row in self._rows("two_lessons_at_once", "rows", "lessons"):
            pupil, school, day, lesson, other, *times = row
            shared = min(times[1], times[3]) - max(times[0], times[2])
            minutes = int(shared // timedelta(minutes=1))
            place = (self.pupils[pupil], self.schools[school], day, lesson)
            yield Contradiction("two_lessons_at_once", *place, other, minutes)

    def _out_of_place(self) -> Iterator[Contradiction]:
        tables = ("rows", "lessons", "enrolments", "group_memberships")
        for pupil, school, day, lesson, is_enrolled in self._rows("pupils_out_of_place", *tables):
            kind: Kind = "no_membership" if is_enrolled else "no_enrolment"
            yield Contradiction(kind, self.pupils[pupil], self.schools[school], day, lesson)

    def _not_adding_up(self) -> Iterator[Contradiction]:
        for row in self._rows("minutes_that_do_not_add_up", "rows", "marks", "lessons"):
            pupil, school, day, lesson, scheduled, present, absent, other = row
            told = int(present) + int(absent) + int(other)
            place = (self.pupils[self.same.get(pupil, pupil)], self.schools[school], day, lesson)
            minutes = told - int(scheduled)
            yield Contradiction("minutes_do_not_add_up", *place, minutes=minutes)

    def _rows(self, name: str, *tables: str) -> list[tuple[Any, ...]]:
        same = Rows({"number": "BIGINT", "pupil": "BIGINT"}, list(self.same.items()))
        return self.snapshot.engine.query(
            sql_beside(__file__, f"{name}.sql"),
            tables=self.snapshot.tables(*tables),
            rows={"same_pupils": same},
            parameters=parameters_of(self.period, self.known_at),
        )

    @cached_property
    def same(self) -> Mapping[int, int]:
        """Numbers that turned out to be another pupil's → whose they are."""
        return joins(self.snapshot)

    @cached_property
    def pupils(self) -> Mapping[int, str]:
        return key_of(self.snapshot)

    @cached_property
    def schools(self) -> Mapping[int, str]:
        return key_of(self.snapshot, "school")

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """School key → number."""
        return {key: number for number, key in self.schools.items()}
