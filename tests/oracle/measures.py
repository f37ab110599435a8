"""Absence over a window, one row per pupil or per pupil and school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.oracle.attendance import BUCKETS, STOCKHOLM, Registration, state
from tests.oracle.history import History, Row
from tests.oracle.versions import standing_rows
from tests.oracle.windows import Window, months_of, window

Pair = dict[str, int] | None


@dataclass
class Sums:
    """Minutes of a pupil in a window; the four buckets only where acknowledged."""

    scheduled: int = 0
    acknowledged: int = 0
    valid: int = 0
    invalid: int = 0
    unclassified: int = 0
    other: int = 0
    leave: int = 0
    full: int = 0
    lessons: int = 0
    acknowledged_lessons: int = 0
    from_summaries: int = 0
    months_with_lessons: set[str] = field(default_factory=set)
    straddled: bool = False
    rounded: bool = False

    @property
    def absent(self) -> int:
        return self.valid + self.invalid + self.unclassified

    def add_lesson(self, seen: Registration) -> None:
        self.months_with_lessons.add(f"{seen.date:%Y-%m}")
        self.scheduled += seen.scheduled
        self.full += seen.full
        self.lessons += 1
        if seen.acknowledged:
            self.acknowledged_lessons += 1
            self.acknowledged += seen.scheduled
            self.leave += seen.valid if seen.is_leave else 0
            for bucket in BUCKETS:
                setattr(self, bucket, getattr(self, bucket) + getattr(seen, bucket))

    def add_summary(self, row: Row, months: Iterable[str]) -> None:
        self.months_with_lessons.update(months)
        self.rounded = self.rounded or row["precision"] == "rounded"
        self.scheduled += row["offered_minutes"] or 0
        self.full += row["offered_minutes"] or 0
        self.from_summaries += row["offered_minutes"] or 0
        self.acknowledged += row["acknowledged_minutes"] or 0
        for bucket in BUCKETS:
            setattr(self, bucket, getattr(self, bucket) + (row[f"{bucket}_minutes"] or 0))

    def as_row(self) -> dict[str, Any]:
        """The minutes and the four pairs as the JSON contract names them."""
        return {
            "scheduled_minutes": self.scheduled,
            "acknowledged_minutes": self.acknowledged,
            **{f"{bucket}_minutes": getattr(self, bucket) for bucket in BUCKETS},
            "absent_minutes": self.absent,
            "leave_minutes": self.leave,
            "full_timetable_minutes": self.full,
            "lessons": self.lessons,
            "acknowledged_lessons": self.acknowledged_lessons,
            "from_summaries_minutes": self.from_summaries,
            "precision": "rounded" if self.rounded else "exact",
            "cannot_tell": self.straddled,
            "share": pair(self.absent, self.acknowledged),
            "low": pair(self.absent, self.scheduled),
            "high": pair(self.absent + self.scheduled - self.acknowledged, self.scheduled),
            "coverage": pair(self.acknowledged, self.scheduled),
            "attended_of_full_low": pair(self.acknowledged - self.absent, self.full),
            "attended_of_full_high": pair(self.scheduled - self.absent, self.full),
        }


def pair(numerator: int, denominator: int) -> Pair:
    return {"numerator": numerator, "denominator": denominator} if denominator else None


def measure_rows(
    history: History, asked: str | Window, known_at: datetime, *, at: str = "", by: str = "pupil"
) -> list[dict[str, Any]]:
    """The rows of `narvaro measure --json`, in order of pupil and school."""
    days = asked_window(history, asked, known_at, at=at)
    rows = []
    for (pupil, school), sums in sorted(sums_of(history, days, known_at, by=by).items()):
        place = {"school": school} if by == "school" else {}
        period = {"from": days[0].isoformat(), "to": days[1].isoformat()}
        rows.append({"pupil": pupil, **place, **period, **sums.as_row()})
    return rows


def asked_window(history: History, asked: str | Window, known_at: datetime, *, at: str) -> Window:
    if not isinstance(asked, str):
        return asked
    return window(asked, at, calendar_rows=standing_rows(history, "calendar", known_at))


def sums_of(
    history: History, days: Window, known_at: datetime, *, by: str = "pupil"
) -> dict[tuple[str, str], Sums]:
    """By (pupil, school), the school empty unless `by` is `school`."""
    enrolments = _overlapping(standing_rows(history, "enrolments", known_at), days)
    sums: dict[tuple[str, str], Sums] = {}

    def cell(pupil: str, school: str) -> Sums:
        place = _school_of(pupil, school, enrolments) if by == "school" else ""
        return sums.setdefault((pupil, place), Sums())

    for row in enrolments:
        cell(row["pupil"], row["school"])
    seen = [one for one in state(history, known_at).values() if one.counted]
    for one in seen:
        if days[0] <= one.date <= days[1]:
            cell(one.pupil, one.school).add_lesson(one)
    for row in _summaries_that_speak(history, seen, known_at):
        if days[0] <= row["from"] and row["to"] <= days[1]:
            cell(row["pupil"], row["school"]).add_summary(row, months_of(row["from"], row["to"]))
        elif row["from"] <= days[1] and days[0] <= row["to"]:
            cell(row["pupil"], row["school"]).straddled = True
    return sums


def _summaries_that_speak(
    history: History, seen: list[Registration], known_at: datetime
) -> list[Row]:
    """Summaries whose period is over and in which the pupil has no lesson of its own."""
    lesson_days: dict[str, list[date]] = {}
    for one in seen:
        lesson_days.setdefault(one.pupil, []).append(one.date)
    return [
        row
        for row in standing_rows(history, "period_summaries", known_at)
        if end_of_day(row["to"]) <= known_at
        and not any(row["from"] <= day <= row["to"] for day in lesson_days.get(row["pupil"], ()))
    ]


def end_of_day(day: date) -> datetime:
    """The first moment after the local day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=STOCKHOLM)


def _overlapping(enrolments: list[Row], days: Window) -> list[Row]:
    return [
        row
        for row in enrolments
        if row["starts_on"] <= days[1] and (row["ends_on"] is None or days[0] <= row["ends_on"])
    ]


def _school_of(pupil: str, lesson_school: str, enrolments: list[Row]) -> str:
    """The lesson's school if enrolled there, else the newest enrolment's, else the lesson's."""
    own = [row for row in enrolments if row["pupil"] == pupil]
    if not own or any(row["school"] == lesson_school for row in own):
        return lesson_school
    latest = max(own, key=lambda row: (row["starts_on"], row["ends_on"] or date.max, row["school"]))
    return str(latest["school"])
