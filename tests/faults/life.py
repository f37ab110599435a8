"""The life of a small ledger, told as calls of `narvaro`: imports, runs, a disposal.

Two classes of ten pupils, one lesson a day and class through five weeks of autumn 2017; then
a correction a day, which fills its months with files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from narvaro.exchange import write_delivery

CORRECTIONS = 4
MINUTES = 60
SCHOOL_DAYS = [
    day for n in range(35) if (day := date(2017, 10, 2) + timedelta(days=n)).weekday() < 5
]
GONE = "gone-pupil"
CLASSES = {"7A": [GONE, *(f"a-{n:02}" for n in range(9))], "7B": [f"b-{n:02}" for n in range(10)]}
PUPILS = tuple(pupil for pupils in CLASSES.values() for pupil in pupils)
TOLD = datetime(2017, 11, 6, 8, tzinfo=UTC)
KNOWN = "2018-01-31"
PROGRAMME = Path(__file__).parents[1] / "contracts" / "own-programme.toml"
Row = dict[str, Any]


def steps(folder: Path, ledger: Path) -> list[tuple[object, ...]]:
    """Every call of the life, in order; makes the deliveries it names."""
    place = ("--ledger", ledger)
    run = ("run", "--programme", PROGRAMME, "--at", "2017-10", *place, "--as-known-at")
    imports = [
        ("import", path, *place, "--pupil-keys", "as-given", "--arrived-at", f"{arrived:%FT%TZ}")
        for path, arrived in deliveries(folder)
    ]
    gone = folder / "gone.txt"
    gone.write_text(GONE)
    dispose = ("ledger", "dispose", "--pupils", gone, "--rule", "a test", "--confirm", *place)
    return [
        imports[0],
        (*run, "2017-11-07"),
        *imports[1:-1],
        (*run, KNOWN),
        dispose,
        imports[-1],
    ]


def deliveries(folder: Path) -> Iterator[tuple[Path, datetime]]:
    yield write_delivery(first(), folder / "first"), TOLD
    for number in range(CORRECTIONS):
        arrived = TOLD + timedelta(days=number + 1)
        yield write_delivery(correction(number, arrived), folder / f"more-{number}"), arrived


def first() -> dict[str, list[Row]]:
    usual: Row = {"school": "school", "grade": "7", "starts_on": date(2017, 8, 16)}
    lessons = [lesson(class_, day) for class_ in CLASSES for day in SCHOOL_DAYS]
    return {
        "organisations": [
            {"organisation": "town", "name": "Småstad", "kind": "school_authority"},
            {"organisation": "school", "name": "S", "kind": "school_unit", "parent": "town"},
        ],
        "pupils": [{"pupil": pupil, "birth_date": date(2004, 5, 4)} for pupil in PUPILS],
        "enrolments": [
            usual | {"pupil": p, "class": class_}
            for class_, pupils in CLASSES.items()
            for p in pupils
        ],
        "lessons": lessons,
        "marks": [
            mark(one["lesson"], pupil, one["ends_at"] + timedelta(minutes=10))
            for one in lessons
            for pupil in CLASSES[one["class"]]
        ],
    }


def lesson(class_: str, day: date) -> Row:
    starts_at = datetime.combine(day, time(9), UTC)
    return {
        "lesson": f"{class_}-{day:%m-%d}",
        "school": "school",
        "class": class_,
        "teachers": "a-teacher",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=MINUTES),
        "acknowledged": "yes",
    }


def mark(lesson_key: str, pupil: str, recorded_at: datetime) -> Row:
    """Absent one time in five, with the reason the dice give."""
    dice = random.Random(f"{lesson_key} {pupil} {recorded_at}")
    absent = dice.choice(("valid_minutes", "invalid_minutes", "unclassified_minutes"))
    bucket = absent if dice.random() < 0.2 else "present_minutes"
    return {"lesson": lesson_key, "pupil": pupil, "recorded_at": recorded_at, bucket: MINUTES}


def correction(number: int, arrived: datetime) -> dict[str, list[Row]]:
    """A few marks of both months told again, a lesson cancelled, and a new one."""
    dice = random.Random(number)
    days = [*dice.sample(SCHOOL_DAYS[:20], 3), *dice.sample(SCHOOL_DAYS[-3:], 2)]
    recorded_at = arrived - timedelta(hours=3)
    chosen = [
        (f"{class_}-{day:%m-%d}", p) for class_, ps in CLASSES.items() for day in days for p in ps
    ]
    kept = [(one, pupil) for one, pupil in chosen if pupil != GONE]
    return {
        "lessons": [
            lesson("7B", dice.choice(SCHOOL_DAYS))
            | {"cancelled": True, "recorded_at": recorded_at},
            lesson("7A", date(2017, 11, 6) + timedelta(days=number)),
        ],
        "marks": [mark(one, pupil, recorded_at) for one, pupil in dice.sample(kept, 20)],
    }
