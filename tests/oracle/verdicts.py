"""Whether a school's month can be used, and how far it has come in a term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from tests.oracle.attendance import (
    STOCKHOLM,
    day_of,
    is_acknowledged_by_any,
    minutes_of,
    state,
)
from tests.oracle.history import History, Row
from tests.oracle.lessons import lessons_with_marks
from tests.oracle.measures import end_of_day, pair
from tests.oracle.versions import all_versions, standing_rows
from tests.oracle.windows import Window, is_school_day, month_end, window

Lesson = tuple[Row, dict[str, Row]]
TARGET = "95"


@dataclass
class Town:
    """Everything told by a moment that a verdict looks at."""

    history: History
    known_at: datetime

    @cached_property
    def told(self) -> dict[str, list[Row]]:
        return {name: standing_rows(self.history, name, self.known_at) for name in TABLES}

    @cached_property
    def all_lessons(self) -> list[Lesson]:
        return lessons_with_marks(self.history, self.known_at)

    def lessons(self, school: str, days: Window) -> list[Lesson]:
        return [
            (lesson, marks)
            for lesson, marks in self.all_lessons
            if lesson["school"] == school and days[0] <= day_of(lesson) <= days[1]
        ]

    def schools(self, days: Window) -> list[str]:
        found = {lesson["school"] for lesson, _ in self.all_lessons if _within(lesson, days)}
        for row in self.told["organisations"]:
            if row["kind"] == "school_unit" and _reaches(row, "starts_on", "ends_on", days):
                found.add(row["organisation"])
        for row in self.told["enrolments"]:
            if _reaches(row, "starts_on", "ends_on", days):
                found.add(row["school"])
        for row in self.told["period_summaries"]:
            if _reaches(row, "from", "to", days):
                found.add(row["school"])
        return sorted(found)

    def has_summaries(self, school: str, days: Window) -> bool:
        return any(
            row["school"] == school and _reaches(row, "from", "to", days)
            for row in self.told["period_summaries"]
        )

    def above(self, school: str) -> list[str]:
        """The school and what stands above it, the nearest first."""
        found, parents = [school], {r["organisation"]: r for r in self.told["organisations"]}
        while found[-1] in parents and parents[found[-1]]["parent"]:
            found.append(parents[found[-1]]["parent"])
        return found

    def authority(self, school: str) -> str:
        kinds = {row["organisation"]: row["kind"] for row in self.told["organisations"]}
        return next((one for one in self.above(school) if kinds.get(one) == AUTHORITY), "")

    def calendar(self, school: str) -> list[Row]:
        mine = self.above(school)
        return [row for row in self.told["calendar"] if row["organisation"] in mine]

    def weeks(self, school: str, days: Window) -> tuple[str, list[str], list[str]]:
        """What says so, the weeks with school days that are over, and those without a lesson."""
        over = [day for day in _each(days) if end_of_day(day) <= self.known_at + INSTANT]
        calendar = self.calendar(school)
        basis = self._basis(school, days, calendar)
        asked = [day for day in over if is_school_day(day, calendar)]
        if basis == "other_schools":
            taught = self._taught_elsewhere(school, days, over)
            asked = [day for day in asked if _week(day) in taught]
        expected = sorted({_week(day) for day in asked})
        held = {
            _week(day_of(lesson)) for lesson, _ in self.lessons(school, days) if _in(lesson, over)
        }
        return basis, expected, [week for week in expected if week not in held]

    def _basis(self, school: str, days: Window, calendar: Sequence[Row]) -> str:
        if any(row["kind"] == "term" and _half(row["from"]) == _half(days[0]) for row in calendar):
            return "calendar"
        others = [
            other
            for other in self.schools((date(1990, 1, 1), date(2100, 1, 1)))
            if other != school and self.authority(other) == self.authority(school)
        ]
        return "other_schools" if others else "weekdays"

    def _taught_elsewhere(self, school: str, days: Window, over: Sequence[date]) -> set[str]:
        return {
            _week(day_of(lesson))
            for lesson, _ in self.all_lessons
            if lesson["school"] != school
            and self.authority(lesson["school"]) == self.authority(school)
            and _within(lesson, days)
            and _in(lesson, over)
            and day_of(lesson).weekday() < 5
        }


TABLES = ("organisations", "enrolments", "calendar", "period_summaries")
AUTHORITY = "school_authority"
INSTANT = timedelta(microseconds=1)


def verdict_rows(
    history: History, month: str, known_at: datetime, *, target: str = TARGET
) -> list[dict[str, Any]]:
    """Per school of the month: usable or why not, the weeks, and absence at best and at worst."""
    town = Town(history, known_at)
    days = window("month", month)
    rows = []
    for school in town.schools(days):
        basis, expected, missing = town.weeks(school, days)
        lessons = town.lessons(school, days)
        why = None
        if days[0] > known_at.astimezone(STOCKHOLM).date():
            why = "not_begun"
        elif not lessons and town.has_summaries(school, days):
            why = "only_summaries"
        elif not lessons:
            why = "no_lessons" if expected or basis != "calendar" else "no_school_days"
        elif missing:
            why = "weeks_missing"
        elif _by_time(lessons) * 100 < Fraction(target):
            why = "too_little_acknowledged"
        verdict = {"usable": why is None, "why": why, "basis": basis, "weeks": expected}
        acknowledged = {"acknowledged_by_time": _time(lessons)}
        bounds = _absence(history, school, days, known_at)
        rows.append(
            {"school": school, "month": month, **verdict, **acknowledged, **bounds}
            | {"weeks_without_timetable": missing}
        )
    return rows


def status_rows(
    history: History, at: str, known_at: datetime, *, target: str = TARGET
) -> list[dict[str, Any]]:
    """Per school: how far it has come in the term that holds the day."""
    town = Town(history, known_at)
    told = {
        version.contents["school"]
        for versions in all_versions(history, "lessons").values()
        for version in versions
        if version.contents and version.known_at <= known_at
    }
    half = _half(month_end(at))
    rows = []
    for school in town.schools(half):
        term = window("term", at, calendar_rows=town.calendar(school))
        basis, expected, missing = town.weeks(school, term)
        lessons = town.lessons(school, term)
        begun = term[0] <= known_at.astimezone(STOCKHOLM).date()
        if lessons:
            whole = not missing and _by_time(lessons) * 100 >= Fraction(target)
            status = "reliable" if whole else "partly"
        elif town.has_summaries(school, term):
            status = "only_summaries"
        elif not begun or (basis == "calendar" and not expected):
            status = "not_begun"
        else:
            status = "timetable_not_loaded" if school in told else "no_system"
        rows.append({"school": school, "status": status, "weeks_without_timetable": missing})
    return rows


def _absence(history: History, school: str, days: Window, known_at: datetime) -> dict[str, Any]:
    seen = [
        one
        for one in state(history, known_at).values()
        if one.counted and one.school == school and days[0] <= one.date <= days[1]
    ]
    scheduled = sum(one.scheduled for one in seen)
    acknowledged = sum(one.scheduled for one in seen if one.acknowledged)
    absent = sum(one.absent for one in seen if one.acknowledged)
    return {
        "share": pair(absent, acknowledged),
        "low": pair(absent, scheduled),
        "high": pair(absent + scheduled - acknowledged, scheduled),
    }


def _time(lessons: Sequence[Lesson]) -> dict[str, int] | None:
    done = [one for one, marks in lessons if is_acknowledged_by_any(one, marks)]
    return pair(sum(map(minutes_of, done)), sum(minutes_of(one) for one, _ in lessons))


def _by_time(lessons: Sequence[Lesson]) -> Fraction:
    time = _time(lessons)
    return Fraction(time["numerator"], time["denominator"]) if time else Fraction(0)


def _half(day: date) -> Window:
    first = date(day.year, 7 if day.month >= 7 else 1, 1)
    return first, date(day.year, 12, 31) if day.month >= 7 else date(day.year, 6, 30)


def _reaches(row: Row, first: str, last: str, days: Window) -> bool:
    starts, ends = row[first] or date.min, row[last] or date.max
    return bool(starts <= days[1] and days[0] <= ends)


def _within(lesson: Row, days: Window) -> bool:
    return days[0] <= day_of(lesson) <= days[1]


def _in(lesson: Row, over: Sequence[date]) -> bool:
    return day_of(lesson) in over


def _each(days: Window) -> list[date]:
    return [date.fromordinal(n) for n in range(days[0].toordinal(), days[1].toordinal() + 1)]


def _week(day: date) -> str:
    week = day.isocalendar()
    return f"{week.year}-W{week.week:02}"
