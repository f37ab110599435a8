"""How lessons were registered: by class, teacher and week, with what delay, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations
from statistics import median_high, median_low
from typing import Any

from tests.oracle.attendance import (
    STOCKHOLM,
    Registration,
    Roster,
    day_of,
    end_of,
    holds,
    is_acknowledged_by_any,
    minutes_of,
    pupils_of,
    roster_at,
    state,
)
from tests.oracle.history import History, Row
from tests.oracle.lessons import lessons_with_marks
from tests.oracle.measures import Pair, pair
from tests.oracle.versions import all_versions, standing, standing_rows
from tests.oracle.windows import Window

Lesson = tuple[Row, dict[str, Row]]
Contradiction = tuple[str, str, str, str, int | None]


def places(lesson: Row, by: str) -> list[str]:
    """The class, the ISO week, the month or the teachers of a lesson; one name for a school."""
    day = day_of(lesson)
    if by == "class":
        return [lesson["class"] or ""]
    if by == "teacher":
        return (lesson["teachers"] or "").split(";") if lesson["teachers"] else []
    week = day.isocalendar()
    return {
        "school": [""],
        "month": [f"{day:%Y-%m}"],
        "week": [f"{week.year}-W{week.week:02}"],
    }[by]


def registration_rows(
    history: History, days: Window, known_at: datetime, *, by: str
) -> dict[tuple[str, str], dict[str, Any]]:
    """By (school, place): lessons, minutes, acknowledged ones, delays, and what is lacking."""
    cells: dict[tuple[str, str], list[Lesson]] = {}
    for lesson, marks in lessons_with_marks(history, known_at):
        if days[0] <= day_of(lesson) <= days[1]:
            for place in places(lesson, by):
                cells.setdefault((lesson["school"], place), []).append((lesson, marks))
    roster = roster_at(history, known_at)
    return {
        place: _sums(cell) | _delays(history, cell, known_at) | _lacking(cell, roster)
        for place, cell in cells.items()
    }


def _sums(cell: list[Lesson]) -> dict[str, Any]:
    done = [lesson for lesson, marks in cell if is_acknowledged_by_any(lesson, marks)]
    return {
        "lessons": len(cell),
        "lesson_minutes": sum(minutes_of(lesson) for lesson, _ in cell),
        "acknowledged_lessons": len(done),
        "acknowledged_lesson_minutes": sum(map(minutes_of, done)),
    }


def _delays(history: History, cell: list[Lesson], known_at: datetime) -> dict[str, Any]:
    found = []
    for lesson, marks in cell:
        done_at = acknowledged_at(history, lesson, marks, known_at)
        if done_at is not None:
            late = max((done_at - end_of(lesson)) // timedelta(minutes=1), 0)
            found.append((late, done_at.astimezone(STOCKHOLM).date() <= day_of(lesson)))
    return {
        "timed_lessons": len(found),
        "delay_minutes": sum(late for late, _ in found),
        "same_day_lessons": sum(same for _, same in found),
        "median": _median([late for late, _ in found]),
    }


def _median(delays: list[int]) -> Fraction | None:
    """The middle one, or half of the two in the middle."""
    if not delays:
        return None
    first, last = median_low(delays), median_high(delays)
    return Fraction(first + last, 2)


def acknowledged_at(
    history: History, lesson: Row, marks: dict[str, Row], known_at: datetime
) -> datetime | None:
    """The lesson's own time; else the first moment since when some mark has always said yes."""
    if not is_acknowledged_by_any(lesson, marks):
        return None
    if lesson["acknowledged_at"] is not None:
        moment: datetime = lesson["acknowledged_at"]
        return moment
    versions = [
        told
        for (source, key, _), told in all_versions(history, "marks").items()
        if (source, key) == (lesson["source"], lesson["lesson"])
    ]
    moments = {one.known_at for told in versions for one in told if one.known_at <= known_at}
    since = None
    for moment in sorted(moments, reverse=True):
        rows = [standing(told, moment) for told in versions]
        if not any(row and row["acknowledged"] == "yes" for row in rows):
            break
        since = moment
    return since


def as_pairs(row: dict[str, Any]) -> dict[str, Any]:
    """The shares and the delays of a row, as the JSON contract names them."""
    done, timed, same = row["acknowledged_lessons"], row["timed_lessons"], row["same_day_lessons"]
    return {
        **row,
        "acknowledged_by_lessons": pair(done, row["lessons"]),
        "acknowledged_by_time": pair(row["acknowledged_lesson_minutes"], row["lesson_minutes"]),
        "same_day": pair(same, timed),
        "same_day_low": pair(same, row["lessons"]),
        "same_day_high": pair(same + done - timed, row["lessons"]),
        "mean_delay_minutes": pair(row["delay_minutes"], timed),
        "median_delay_minutes": _median_pair(row["median"], timed),
    }


def _median_pair(median: Fraction | None, timed: int) -> Pair:
    """Minutes over the one or two lessons in the middle."""
    middle = 1 if timed % 2 else 2
    return None if median is None else pair(int(median * middle), middle)


def _lacking(cell: list[Lesson], roster: Roster) -> dict[str, int]:
    return {
        "lessons_without_pupils": sum(not pupils_of(*one, roster) for one in cell),
        "lessons_without_teacher": sum(not lesson["teachers"] for lesson, _ in cell),
    }


def contradiction_rows(history: History, days: Window, known_at: datetime) -> list[dict[str, Any]]:
    """The contradictions as rows; of two lessons at one time, the one that began later first."""
    found = []
    for kind, pupil, lesson, other, minutes in contradictions(history, days, known_at):
        row = {"kind": kind, "pupil": pupil, "lesson": lesson, "other_lesson": other or None}
        found.append({**row, "minutes": minutes})
    return found


def contradictions(history: History, days: Window, known_at: datetime) -> set[Contradiction]:
    """(kind, pupil, lesson, other lesson, minutes) of counted lessons."""
    lessons = {row["lesson"]: row for row in standing_rows(history, "lessons", known_at)}
    seen = [
        one
        for one in state(history, known_at).values()
        if one.counted and days[0] <= one.date <= days[1]
    ]
    roster = roster_at(history, known_at)
    return {
        *_two_at_once(seen, lessons),
        *(found for one in seen if (found := _out_of_place(one, lessons[one.lesson], roster))),
        *_not_adding_up(history, seen, known_at),
    }


def _not_adding_up(
    history: History, seen: Iterable[Registration], known_at: datetime
) -> Iterable[Contradiction]:
    """Acknowledged marks whose present and absent minutes are not the scheduled ones."""
    present = {
        (row["lesson"], row["pupil"]): row["present_minutes"]
        for row in standing_rows(history, "marks", known_at)
    }
    for one in seen:
        told = present.get((one.lesson, one.pupil))
        if not one.acknowledged or told is None:
            continue
        if one.scheduled not in (told + one.absent, told + one.absent + one.other):
            too_much = told + one.absent + one.other - one.scheduled
            yield "minutes_do_not_add_up", one.pupil, one.lesson, "", too_much


def _two_at_once(seen: Iterable[Registration], lessons: dict[str, Row]) -> Iterable[Contradiction]:
    by_pupil: dict[str, list[str]] = {}
    for one in seen:
        by_pupil.setdefault(one.pupil, []).append(one.lesson)
    for pupil, keys in by_pupil.items():
        for two in combinations(sorted(keys), 2):
            first, second = (lessons[key] for key in two)
            begin = max(first["starts_at"], second["starts_at"])
            shared = min(end_of(first), end_of(second)) - begin
            if shared > timedelta():
                later = max(two, key=lambda key: (lessons[key]["starts_at"], key))
                other = next(key for key in two if key != later)
                yield "two_lessons_at_once", pupil, later, other, shared // timedelta(minutes=1)


def _out_of_place(one: Registration, lesson: Row, roster: Roster) -> Contradiction | None:
    own = [row for row in roster.enrolments if row["pupil"] == one.pupil and holds(row, one.date)]
    if not own:
        return "no_enrolment", one.pupil, one.lesson, "", None
    members = roster.members(lesson["group"], one.date, lesson["source"]) if lesson["group"] else ()
    belongs = one.pupil in members if members else any(_is_of_class(lesson, row) for row in own)
    return None if belongs else ("no_membership", one.pupil, one.lesson, "", None)


def _is_of_class(lesson: Row, enrolment: Row) -> bool:
    """Of the lesson's class at its school; a lesson that names none takes the whole school."""
    is_of_class = not lesson["class"] or enrolment["class"] == lesson["class"]
    return bool(enrolment["school"] == lesson["school"] and is_of_class)
