"""The tables of docs/tutorials/data: Ekbacka, a municipality that does not exist.

Two schools with a class each, autumn 2025, one long lesson a day. Run this file to write them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
DATA = Path(__file__).parents[2] / "docs" / "tutorials" / "data"
FIRST, LAST = date(2025, 9, 1), date(2025, 11, 30)
AUTUMN_BREAK = (date(2025, 10, 27), date(2025, 10, 31))
STAFF_DAY = date(2025, 9, 26)
CLASSES = {"ekskolan": ("2A", "2", 276), "bjorkskolan": ("5B", "5", 300)}
PUPILS = {
    "ekskolan": {"ek-1": 9 * 276, "ek-2": 2443, "ek-3": 2442, "ek-4": 276, "ek-5": 0},
    "bjorkskolan": {"bj-1": 6 * 300, "bj-2": 0, "bj-3": 300, "bj-4": 15 * 300},
}
"""Minutes away; Ekskolan's 59 days of 276 minutes are 16284, of which 15 % is 2442.6."""
SILENT_FROM = date(2025, 11, 3)  # nobody acknowledges a lesson at Björkskolan from here on
CORRECTED_AT = datetime(2025, 12, 4, 15, tzinfo=ZONE)
Row = Mapping[str, object]


def school_days() -> list[date]:
    every = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return [
        day
        for day in every
        if day.weekday() < 5 and day != STAFF_DAY and not AUTUMN_BREAK[0] <= day <= AUTUMN_BREAK[1]
    ]


def november() -> dict[str, list[Row]]:
    """Everything told up to the end of November."""
    return {
        "organisations": list(organisations()),
        "calendar": list(calendar()),
        "pupils": [{"pupil": p, "sex": "unknown"} for some in PUPILS.values() for p in some],
        "enrolments": list(enrolments()),
        "lessons": list(lessons()),
        "marks": list(marks()),
    }


def organisations() -> Iterator[Row]:
    yield {"organisation": "ekbacka", "name": "Ekbacka kommun", "kind": "school_authority"}
    for school, name in (("ekskolan", "Ekskolan"), ("bjorkskolan", "Björkskolan")):
        unit = {"organisation": school, "name": name, "kind": "school_unit"}
        yield unit | {"parent": "ekbacka"}


def calendar() -> Iterator[Row]:
    days = {
        "term": (date(2025, 8, 18), date(2025, 12, 19)),
        "break": AUTUMN_BREAK,
        "staff_day": (STAFF_DAY, STAFF_DAY),
    }
    for kind, (first, last) in days.items():
        yield {"organisation": "ekbacka", "from": first, "to": last, "kind": kind}


def enrolments() -> Iterator[Row]:
    for school, pupils in PUPILS.items():
        class_, grade, _ = CLASSES[school]
        for pupil in pupils:
            place = {"pupil": pupil, "school": school, "class": class_, "grade": grade}
            yield place | {"starts_on": date(2025, 8, 18)}


def starts_at(day: date) -> datetime:
    return datetime.combine(day, time(8, 10), ZONE)


def is_acknowledged(school: str, day: date) -> bool:
    return school == "ekskolan" or day < SILENT_FROM


def lessons() -> Iterator[Row]:
    for school, (class_, _, minutes) in CLASSES.items():
        for day in school_days():
            told = is_acknowledged(school, day)
            ends_at = starts_at(day) + timedelta(minutes=minutes + 44)  # recess within the day
            yield {
                "lesson": f"{school}-{day}",
                "school": school,
                "starts_at": starts_at(day).isoformat(),
                "ends_at": ends_at.isoformat(),
                "minutes": minutes,
                "class": class_,
                "teachers": f"{school}-teacher",
                "acknowledged": "yes" if told else "no",
                "acknowledged_at": (ends_at + timedelta(minutes=20)).isoformat() if told else "",
            }


def marks() -> Iterator[Row]:
    """Each pupil is away from the third day on, every fourth day, until the minutes are used up."""
    for school, pupils in PUPILS.items():
        minutes = CLASSES[school][2]
        for number, (pupil, away) in enumerate(pupils.items()):
            left = away
            for place, day in enumerate(school_days()):
                if not is_acknowledged(school, day):
                    continue
                step = 2 if pupil == "bj-4" else 4
                missed = min(left, minutes) if place % step == number % step else 0
                left -= missed
                yield mark(school, day, pupil, missed)
            assert left == 0, pupil


def mark(school: str, day: date, pupil: str, missed: int) -> Row:
    minutes = CLASSES[school][2]
    told_at = starts_at(day) + timedelta(minutes=minutes + 64)
    return {
        "lesson": f"{school}-{day}",
        "pupil": pupil,
        "present_minutes": minutes - missed,
        "valid_minutes": missed or "",
        "recorded_at": told_at.isoformat(),
    }


def correction() -> dict[str, list[Row]]:
    """One mark told again in December: ek-1 had been there on the first day marked absent."""
    first = next(row for row in marks() if row["pupil"] == "ek-1" and row["valid_minutes"])
    there = {"present_minutes": 276, "valid_minutes": "", "recorded_at": CORRECTED_AT.isoformat()}
    return {"marks": [{**first, **there}]}


def text_of(rows: Iterable[Row]) -> str:
    import io

    listed = list(rows)
    columns = list(dict.fromkeys(name for row in listed for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()


def files() -> dict[Path, str]:
    """Every file and its contents."""
    return {
        DATA / folder / f"{table}.csv": text_of(rows)
        for folder, tables in (("november", november()), ("correction", correction()))
        for table, rows in tables.items()
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
