"""A town small enough to count on paper: two schools, five pupils, autumn 2017.

Thirty lessons of 100 minutes at the elementary school, ten a month from October to December;
ten more in December at the other one, the last of which nobody acknowledged. Of 3000 minutes

- `often` was absent 500 (400 valid, 100 invalid),
- `at-the-limit` 450, which is 15 % exactly,
- `seldom` 100 unclassified, besides 100 at another school activity,
- `moved` went to the other school on 1 December, and was absent 200 before and 100 after it;
- `idle` is enrolled in a class without lessons.

A correction that became known on 15 January took 100 of the 500 minutes of `often` away.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from narvaro.exchange import write_delivery
from narvaro.ledger import How, open_or_make

ZONE = ZoneInfo("Europe/Stockholm")
MINUTES = 100
MONTHS = (10, 11, 12)
DAYS = (4, 5, 6, 7, 11, 12, 13, 14, 18, 19)
SCHOOLS = {"elementary": "7A", "other": "7B"}
TOLD = datetime(2018, 1, 2, 8, tzinfo=UTC)
CORRECTED = datetime(2018, 1, 15, 12, tzinfo=UTC)
Row = dict[str, Any]


def deliver(folder: Path) -> Path:
    """The first delivery, as a folder of CSV files."""
    lessons = list(every_lesson())
    return write_delivery(
        {
            "organisations": [
                {"organisation": "town", "name": "Småstad", "kind": "school_authority"},
                *(
                    {"organisation": s, "name": s, "kind": "school_unit", "parent": "town"}
                    for s in SCHOOLS
                ),
            ],
            "pupils": [
                {"pupil": p, "birth_date": date(2004, 5, 4), "sex": "female"} for p in PUPILS
            ],
            "enrolments": enrolments(),
            "lessons": lessons,
            "marks": marks(lessons),
        },
        folder,
    )


def deliver_correction(folder: Path) -> Path:
    """One mark, told again later: the pupil had been there."""
    mark = {"lesson": "elementary-10-04", "pupil": "often", "present_minutes": MINUTES}
    return write_delivery({"marks": [mark | {"recorded_at": CORRECTED}]}, folder)


PUPILS = ("at-the-limit", "idle", "moved", "often", "seldom")


def enrolments() -> Iterator[Row]:
    usual: Row = {
        "school": "elementary",
        "class": "7A",
        "grade": "7",
        "starts_on": date(2017, 8, 16),
    }
    for pupil in ("often", "at-the-limit", "seldom"):
        yield usual | {"pupil": pupil}
    yield usual | {"pupil": "idle", "class": "7Z"}
    yield usual | {"pupil": "moved", "ends_on": date(2017, 11, 30)}
    yield usual | {
        "pupil": "moved",
        "school": "other",
        "class": "7B",
        "starts_on": date(2017, 12, 1),
    }


def every_lesson() -> Iterator[Row]:
    for school, class_ in SCHOOLS.items():
        for month in MONTHS if school == "elementary" else (12,):
            for day in DAYS:
                yield a_lesson(school, class_, date(2017, month, day))


def a_lesson(school: str, class_: str, day: date) -> Row:
    starts_at = datetime.combine(day, time(9), ZONE)
    missed = school == "other" and day == date(2017, 12, DAYS[-1])
    return {
        "lesson": f"{school}-{day:%m-%d}",
        "school": school,
        "class": class_,
        "subject": "svenska",
        "teachers": "a-teacher",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=MINUTES),
        "acknowledged": "no" if missed else "yes",
        "acknowledged_at": None if missed else starts_at + timedelta(minutes=MINUTES),
    }


ABSENT: dict[tuple[str, str], dict[str, int]] = {
    **{("often", f"elementary-10-{day:02}"): {"valid_minutes": 100} for day in DAYS[:4]},
    ("often", "elementary-11-04"): {"invalid_minutes": 100},
    **{("at-the-limit", f"elementary-11-{day:02}"): {"valid_minutes": 100} for day in DAYS[:4]},
    ("at-the-limit", "elementary-12-04"): {"invalid_minutes": 50, "present_minutes": 50},
    ("seldom", "elementary-12-05"): {"unclassified_minutes": 100},
    ("seldom", "elementary-12-06"): {"other_minutes": 100},
    ("moved", "elementary-10-11"): {"valid_minutes": 100},
    ("moved", "elementary-10-12"): {"valid_minutes": 100},
    ("moved", "other-12-04"): {"valid_minutes": 100},
}


def marks(lessons: list[Row]) -> Iterator[Row]:
    """Everybody in class is marked in every acknowledged lesson."""
    for lesson in lessons:
        if lesson["acknowledged"] == "yes":
            for pupil in members(lesson):
                minutes = ABSENT.get((pupil, lesson["lesson"]), {"present_minutes": MINUTES})
                yield {
                    "lesson": lesson["lesson"],
                    "pupil": pupil,
                    "recorded_at": lesson["ends_at"] + timedelta(minutes=30),
                    **minutes,
                }


def members(lesson: Row) -> list[str]:
    day = lesson["starts_at"].date()
    return [
        e["pupil"]
        for e in enrolments()
        if e["class"] == lesson["class"]
        and e["starts_on"] <= day <= e.get("ends_on", date(9999, 1, 1))
    ]


def settle(folder: Path) -> Path:
    """The town's ledger, with the correction in it: a copy of one that is made once."""
    shutil.copytree(_settled(), folder, dirs_exist_ok=True)
    return folder / "ledger"


@cache
def _settled() -> Path:
    from narvaro.exchange import read_delivery

    folder = Path(tempfile.mkdtemp(prefix="small-town-"))
    atexit.register(_removed_by, os.getpid(), folder)
    told = (deliver, TOLD), (deliver_correction, CORRECTED)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NARVARO_KEY_FILE", raising=False)
        ledger = open_or_make(folder / "ledger")
        for number, (make, arrived_at) in enumerate(told):
            path = make(folder / f"delivery-{number}")
            delivery = read_delivery(path, into=folder / f"staged-{number}", arrived_at=arrived_at)
            ledger.ingest(delivery, How(arrived_at=arrived_at, keys_as_given=True))
    return folder


def _removed_by(process: int, folder: Path) -> None:
    """A process that was forked from this one leaves the folder to it."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
