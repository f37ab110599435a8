"""For each lesson and pupil: what is known at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.history import History, Row
from tests.oracle.versions import standing_rows

STOCKHOLM = ZoneInfo("Europe/Stockholm")
BUCKETS = ("valid", "invalid", "unclassified", "other")


@dataclass(frozen=True)
class Registration:
    """One pupil in one lesson; minutes are whole. `counted`: ended by then and not cancelled."""

    lesson: str
    pupil: str
    school: str
    date: date
    scheduled: int
    full: int
    acknowledged: bool
    counted: bool
    valid: int = 0
    invalid: int = 0
    unclassified: int = 0
    other: int = 0
    reason: str | None = None
    is_leave: bool = False

    @property
    def absent(self) -> int:
        return self.valid + self.invalid + self.unclassified


@dataclass(frozen=True)
class Roster:
    """Who is enrolled where and who belongs to which group, as known at a moment."""

    enrolments: list[Row]
    memberships: list[Row]

    def members(self, group: str, day: date, source: str) -> set[str]:
        return {
            row["pupil"]
            for row in self.memberships
            if row["group"] == group and row["source"] == source and holds(row, day)
        }

    def classmates(self, lesson: Row, day: date) -> set[str]:
        return {
            row["pupil"]
            for row in self.enrolments
            if row["class"] == lesson["class"]
            and row["school"] == lesson["school"]
            and row["source"] == lesson["source"]
            and holds(row, day)
        }


def state(history: History, known_at: datetime) -> dict[tuple[str, str], Registration]:
    """By (lesson, pupil): the registration as known at a moment, cancelled and coming ones too."""
    roster = roster_at(history, known_at)
    marks = marks_by_lesson(history, known_at)
    leaves = [
        row
        for row in standing_rows(history, "announced_absences", known_at)
        if row["kind"] == "leave"
    ]
    found = {}
    for lesson in standing_rows(history, "lessons", known_at):
        own = marks.get((lesson["source"], lesson["lesson"]), {})
        for pupil in pupils_of(lesson, own, roster):
            seen = _registration(lesson, pupil, own, known_at)
            is_leave = seen.is_leave or any(
                leave["pupil"] == pupil and _overlaps(leave, lesson) for leave in leaves
            )
            found[lesson["lesson"], pupil] = replace(seen, is_leave=is_leave)
    return found


def _overlaps(announced: Row, lesson: Row) -> bool:
    starts: datetime = announced["starts_at"]
    ends: datetime = announced["ends_at"]
    return starts < end_of(lesson) and lesson["starts_at"] < ends


def marks_by_lesson(history: History, known_at: datetime) -> dict[tuple[str, str], dict[str, Row]]:
    """By (source, lesson): the marks by pupil."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for mark in standing_rows(history, "marks", known_at):
        found.setdefault((mark["source"], mark["lesson"]), {})[mark["pupil"]] = mark
    return found


def roster_at(history: History, known_at: datetime) -> Roster:
    return Roster(
        standing_rows(history, "enrolments", known_at),
        standing_rows(history, "group_memberships", known_at),
    )


def pupils_of(lesson: Row, marks: dict[str, Row], roster: Roster) -> set[str]:
    """Those with a mark; else its group; else its class at its school that day; else nobody."""
    day = day_of(lesson)
    if marks:
        return set(marks)
    members = roster.members(lesson["group"], day, lesson["source"]) if lesson["group"] else set()
    if members or not lesson["class"]:
        return members
    return roster.classmates(lesson, day)


def day_of(lesson: Row) -> date:
    """The school's own date of the lesson's start."""
    start: datetime = lesson["starts_at"]
    return start.astimezone(STOCKHOLM).date()


def end_of(lesson: Row) -> datetime:
    end: datetime | None = lesson["ends_at"]
    start: datetime = lesson["starts_at"]
    return end if end is not None else start + timedelta(minutes=lesson["minutes"])


def minutes_of(lesson: Row) -> int:
    if lesson["minutes"] is not None:
        return int(lesson["minutes"])
    return int((end_of(lesson) - lesson["starts_at"]) // timedelta(minutes=1))


def counts(lesson: Row, known_at: datetime) -> bool:
    return end_of(lesson) <= known_at and not lesson["cancelled"]


def is_acknowledged_by_any(lesson: Row, marks: dict[str, Row]) -> bool:
    """The lesson's own share: the lesson or any of its marks says yes."""
    return lesson["acknowledged"] == "yes" or any(
        mark["acknowledged"] == "yes" for mark in marks.values()
    )


def holds(row: Row, day: date) -> bool:
    """Whether a dated row is in force on a day; both ends belong to it, no end is for ever."""
    starts: date = row["starts_on"]
    ends: date | None = row["ends_on"]
    return starts <= day and (ends is None or day <= ends)


def _registration(
    lesson: Row, pupil: str, marks: dict[str, Row], known_at: datetime
) -> Registration:
    mark = marks.get(pupil, {})
    scheduled = _first(mark.get("scheduled_minutes"), minutes_of(lesson))
    minutes = {bucket: mark.get(f"{bucket}_minutes") or 0 for bucket in BUCKETS}
    return Registration(
        lesson=lesson["lesson"],
        pupil=pupil,
        school=lesson["school"],
        date=day_of(lesson),
        scheduled=scheduled,
        full=_first(mark.get("full_minutes"), scheduled),
        acknowledged=is_acknowledged_by_any(lesson, marks) and mark.get("acknowledged") != "no",
        counted=counts(lesson, known_at),
        reason=mark.get("reason"),
        is_leave=mark.get("reason") == "leave",
        **minutes,
    )


def _first(given: int | None, otherwise: int) -> int:
    return otherwise if given is None else given
