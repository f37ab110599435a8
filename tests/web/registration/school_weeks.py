"""Two invented weeks at two schools, told lesson by lesson, and the moment a page looks at them.

Monday 16 to Friday 27 November 2026. Almskolan's T1 teaches Matematik in 7B every school day at
9.00 and T2 Slöjd at 10.20; each lesson is 60 minutes. What is not acknowledged is said by a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from narvaro.exchange import check_delivery, write_delivery
from narvaro.ledger import How, open_or_make

ZONE = ZoneInfo("Europe/Stockholm")
Row = dict[str, Any]
MONDAY = date(2026, 11, 16)
DAYS = tuple(MONDAY + timedelta(days=step) for step in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11))
TODAY = date(2026, 11, 30)
NIGHT = datetime(2026, 11, 30, 4, tzinfo=UTC)
NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
TERM = {"kind": "term", "from": date(2026, 8, 17), "to": date(2026, 12, 18)}
PUPILS = ("anna", "bo", "cilla")


def lesson(key: str, day: date, **more: Any) -> Row:
    """A lesson of 60 minutes, acknowledged ten minutes after its end unless told otherwise."""
    starts_at = datetime.combine(day, more.pop("at", time(9)), ZONE)
    ends_at = starts_at + timedelta(minutes=60)
    row: Row = {
        "lesson": key,
        "school": "almskolan",
        "class": "7B",
        "subject": "Matematik",
        "teachers": "T1",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "cancelled": False,
        "acknowledged": "yes",
        "acknowledged_at": ends_at + timedelta(minutes=10),
    }
    row |= more
    if row["acknowledged"] != "yes":
        row["acknowledged_at"] = None
    return row


def usual(missing: Iterable[str] = ()) -> list[Row]:
    """The lessons of both weeks; those named are not acknowledged."""
    without = set(missing)
    rows = []
    for day in DAYS:
        for prefix, at, more in (
            ("ma", time(9), {}),
            ("sl", time(10, 20), {"subject": "Slöjd", "teachers": "T2"}),
        ):
            key = f"{prefix}-{day:%m-%d}"
            said = {"acknowledged": "no"} if key in without else {}
            rows.append(lesson(key, day, at=at, **more, **said))
    return rows


@dataclass
class Told:
    """A ledger that deliveries are told to one after another."""

    folder: Path
    count: int = 0
    calendar: list[Row] = field(default_factory=lambda: [{"organisation": "linnasa", **TERM}])

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger"

    def deliver(
        self,
        lessons: Iterable[Row] = (),
        *,
        arrived_at: datetime = NIGHT,
        more: Mapping[str, list[Row]] | None = None,
    ) -> None:
        """One delivery, as the school's system would send it at night."""
        self.count += 1
        folder = self.folder / f"delivery-{self.count}"
        tables: dict[str, list[Row]] = {"lessons": list(lessons)}
        if self.count == 1:
            tables |= {
                "organisations": list(organisations()),
                "calendar": self.calendar,
                "pupils": [{"pupil": one, "sex": "female"} for one in PUPILS],
                "enrolments": list(enrolments()),
            }
        for name, rows in (more or {}).items():
            tables[name] = [*tables.get(name, []), *rows]
        write_delivery({name: rows for name, rows in tables.items() if rows}, folder)
        checked = check_delivery(folder, into=self.folder / f"checked-{self.count}")
        assert checked.delivery is not None, checked.faults
        how = How(arrived_at=arrived_at, keys_as_given=True, authority="linnasa")
        open_or_make(self.ledger).ingest(checked.delivery, how)


def organisations() -> Iterator[Row]:
    yield {"organisation": "linnasa", "name": "Linnåsa kommun", "kind": "school_authority"}
    for key in ("almskolan", "bjorkskolan"):
        yield {"organisation": key, "name": key, "kind": "school_unit", "parent": "linnasa"}


def enrolments() -> Iterator[Row]:
    for pupil in PUPILS:
        yield {
            "pupil": pupil,
            "school": "almskolan",
            "class": "7B",
            "grade": "7",
            "starts_on": date(2026, 8, 17),
        }
