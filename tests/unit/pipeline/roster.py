"""A roster small enough to see through: two schools, two groups and a class, lessons on one day.

On Monday 4 September 2017 at school `a`, local time: 08:00 maths of group `ma`, 09:00 Swedish of
`sv` and art of `bi` at once, 10:00 crafts of class `7A`; at school `b` 08:00 music of group `mu`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from narvaro.exchange import write_delivery
from narvaro.pipeline import Door, TakenIn, take_in, take_in_file
from narvaro.sources.files import profile_from_text

ARRIVED = datetime(2017, 9, 10, tzinfo=UTC)
MONDAY = datetime(2017, 9, 4, 6, tzinfo=UTC)  # 08:00 in Stockholm
MEMBERS = {"ma": ("anna", "bo"), "sv": ("anna", "bo"), "bi": ("bo", "cia"), "mu": ("dan",)}
LESSONS = (
    ("maths", "a", 0, "ma", None, "MA"),
    ("swedish", "a", 1, "sv", None, "SV"),
    ("art", "a", 1, "bi", None, "BL"),
    ("crafts", "a", 2, None, "7A", "SL"),
    ("music", "b", 0, "mu", None, "MU"),
)
PROFILE = """
profile = "marks"
schema = 1
shape = "lessons"
lessons = "of:roster"
schools = "known"
file = { delimiter = ",", encoding = "utf-8" }
columns.pupil = { header = "pupil", identifier = "key" }
columns.school = { header = "school" }
columns.group = { header = "group" }
columns.class = { header = "class" }
columns.date = { header = "date" }
columns.starts = { header = "starts", form = "HH:mm" }
columns.invalid_minutes = { header = "absent" }
acknowledgement.row_means = "yes"
"""
HEADER = "pupil,school,group,class,date,starts,absent"


def deliver(folder: Path) -> Path:
    """Write the roster and the timetable as a delivery."""
    schools = ({"organisation": s, "name": f"School {s}", "kind": "school_unit"} for s in "ab")
    pupils = ("anna", "bo", "cia", "dan")
    return write_delivery(
        {
            "organisations": list(schools),
            "enrolments": [
                {"pupil": p, "school": "b" if p == "dan" else "a", "starts_on": "2017-08-16"}
                | ({"class": "7A"} if p in ("anna", "bo") else {"class": "7B"})
                for p in pupils
            ],
            "group_memberships": [
                {"pupil": p, "group": group, "starts_on": "2017-08-16"}
                for group, members in MEMBERS.items()
                for p in members
            ],
            "lessons": [lesson(*one) for one in LESSONS],
        },
        folder,
    )


def lesson(key: str, school: str, hour: int, group: Any, class_: Any, subject: str) -> Any:
    starts_at = MONDAY + timedelta(hours=hour)
    ends_at = starts_at + timedelta(minutes=40)
    row = {"lesson": key, "school": school, "starts_at": starts_at, "ends_at": ends_at}
    return row | {"group": group, "class": class_, "subject": subject}


def import_roster(folder: Path) -> Path:
    """Make a ledger with the roster in it."""
    ledger = folder / "ledger"
    take_in(deliver(folder / "roster"), ledger, Door(source="roster", arrived_at=ARRIVED))
    return ledger


def import_marks(folder: Path, ledger: Path, *rows: str) -> TakenIn:
    """Take in rows of the other system."""
    path = folder / "marks.csv"
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    door = Door(source="marks", keys_of="roster", arrived_at=ARRIVED)
    return take_in_file(path, profile_from_text(PROFILE), ledger, door)
