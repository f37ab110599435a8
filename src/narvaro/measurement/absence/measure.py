"""Absence of every pupil over a window: the rows the command line and the library hand out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from narvaro.errors import BadRequest
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import Enrolment, enrolments, joins, key_of
from narvaro.ledger.windows import WindowPeriods
from narvaro.measurement.absence.row import SUMMED, AbsenceRow
from narvaro.measurement.absence.summaries import Counted, summaries_over
from narvaro.measurement.absence.sums import Sums, minutes_over
from narvaro.timetable import At, Period, Window, parse_window

By = Literal["pupil", "school"]


@dataclass(frozen=True)
class Question:
    """What is asked: a window, the day it is asked at, and the time up to which things are known.

    `until` cuts the window's end (a flag looks no further than its month end).
    """

    snapshot: Snapshot
    window: Window
    at: At | None
    known_at: datetime
    by: By = "pupil"
    whole_period: bool = True

    @cached_property
    def roster(self) -> Mapping[int, Sequence[Enrolment]]:
        """Every pupil's enrolments as known at the time."""
        found: defaultdict[int, list[Enrolment]] = defaultdict(list)
        for one in enrolments(self.snapshot, self.known_at):
            found[one.pupil].append(one)
        return found

    @cached_property
    def periods(self) -> WindowPeriods:
        """Which days the window holds, school by school."""
        return WindowPeriods(
            self.snapshot, self.window, self.at, self.known_at, whole=self.whole_period
        )


def measure(
    snapshot: Snapshot,
    *,
    window: Window | str,
    at: At | None = None,
    by: By = "pupil",
    known_at: datetime | None = None,
) -> list[AbsenceRow]:
    """Measure every pupil's absence over a window.

    Returns one row per pupil over all schools, or per pupil and enrolment school (`by="school"`),
    ordered by pupil and school key; a pupil enrolled in the window but without lessons has zeros.
    `known_at` defaults to now. Raises BadRequest for a window that cannot be asked.
    """
    if by not in ("pupil", "school"):
        raise BadRequest(f"Rows cannot be given by {by!r}.", remedy="Use pupil or school.")
    asked = parse_window(window) if isinstance(window, str) else window
    question = Question(snapshot, asked, at, known_at or datetime.now(UTC), by)
    return answer(question)


def answer(question: Question) -> list[AbsenceRow]:
    """Answer a question; see `measure`."""
    rows = [row for period in question.periods.distinct() for row in _over(question, period)]
    return sorted(rows, key=lambda row: (row.pupil, row.school or ""))


def _over(question: Question, period: Period) -> Iterable[AbsenceRow]:
    """The rows of the pupils (or pupils' schools) whose window is this period."""
    sums = _joined(question.snapshot, minutes_over(question.snapshot, period, question.known_at))
    counted = summaries_over(question.snapshot, period, question.known_at)
    places = _places(question, period, [*sums, *counted])
    totals: dict[tuple[int, int | None], tuple[int, ...]] = {}
    for at, values in sums.items():
        place = (at[0], places[at])
        before = totals.get(place)
        totals[place] = values if before is None else _added(before, values)
    extras: defaultdict[tuple[int, int | None], list[Counted]] = defaultdict(list)
    for at, found in counted.items():
        extras[(at[0], places[at])].append(found)
    pupils, schools = key_of(question.snapshot), key_of(question.snapshot, "school")
    for place in {**dict.fromkeys(_enrolled(question, period)), **totals, **extras}:
        pupil, school = place
        if question.periods.differ and not question.periods.belongs(
            _window_school(question, place, period), period
        ):
            continue
        minutes: dict[str, Any] = dict(zip(SUMMED, totals.get(place, ()), strict=False))
        named = None if school is None else schools[school]
        row = AbsenceRow(
            pupils[pupil], named, period.from_on, period.to_on, number=pupil, **minutes
        )
        yield _with_summaries(row, extras.get(place, ()))


def _with_summaries(row: AbsenceRow, found: Iterable[Counted]) -> AbsenceRow:
    for one in found:
        added: dict[str, Any] = {
            name: getattr(row, name) + value for name, value in one.minutes.items()
        }
        row = replace(
            row,
            **added,
            from_summaries=row.from_summaries + one.minutes.get("scheduled_minutes", 0),
            is_rounded=row.is_rounded or one.is_rounded,
            straddled=row.straddled or one.straddles,
        )
    return row


def _joined(snapshot: Snapshot, sums: Sums) -> Sums:
    joined = joins(snapshot)
    if not joined:
        return sums
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for (pupil, school), values in sums.items():
        place = (joined.get(pupil, pupil), school)
        before = found.get(place, (0,) * len(values))
        found[place] = _added(before, values)
    return found


def _added(before: tuple[int, ...], values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(before, values, strict=True))


def _enrolled(question: Question, period: Period) -> Iterable[tuple[int, int | None]]:
    for pupil, places in question.roster.items():
        for one in places:
            if one.overlaps(period):
                yield pupil, one.school if question.by == "school" else None


def _places(
    question: Question, period: Period, found: Iterable[tuple[int, int]]
) -> Mapping[tuple[int, int], int | None]:
    """Say to which row each pupil's minutes at a school belong.

    By school: the lessons' own school where the pupil is enrolled there in the window, else
    the pupil's most recent school in the window, else the lessons' own.
    """
    if question.by == "pupil":
        return dict.fromkeys(found)
    places: dict[tuple[int, int], int | None] = {}
    for pupil, school in found:
        held = [one for one in question.roster.get(pupil, ()) if one.overlaps(period)]
        own = any(one.school == school for one in held)
        places[(pupil, school)] = school if own or not held else _latest(held).school
    return places


def _latest(held: Iterable[Enrolment]) -> Enrolment:
    return max(held, key=lambda one: (one.starts_on, one.ends_on, one.school))


def _window_school(question: Question, place: tuple[int, int | None], period: Period) -> int | None:
    """The school whose calendar decides the window of a row."""
    pupil, school = place
    if school is not None:
        return school
    held = question.roster.get(pupil, ())
    if not held:
        return None
    day = question.at.day if question.at else period.to_on
    current = [one for one in held if one.holds(day)] or [
        one for one in held if one.starts_on <= day
    ]
    return _latest(current or held).school
