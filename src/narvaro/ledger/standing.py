"""The told tables as they stood at a time: for each key the newest version known by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.tables import TABLES
from narvaro.timetable import CalendarRow, Calendars, Period

LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil's place at a school, both days included; open ones end on 9999-12-31."""

    pupil: int
    school: int
    class_: str | None
    grade: str | None
    starts_on: date
    ends_on: date

    def overlaps(self, period: Period) -> bool:
        """Whether any day of the period lies in the enrolment."""
        return self.starts_on <= period.to_on and self.ends_on >= period.from_on

    def holds(self, day: date) -> bool:
        """Whether the day lies in the enrolment."""
        return self.starts_on <= day <= self.ends_on


def standing(snapshot: Snapshot, name: str, known_at: datetime) -> list[dict[str, Any]]:
    """Return a told table's rows as known at a time: its key and contents by column name."""
    table = TABLES[name]
    columns = (*table.key, *table.contents)
    rows = _standing(snapshot, name, columns, known_at)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _standing(
    snapshot: Snapshot, name: str, columns: Sequence[str], known_at: datetime
) -> list[tuple[Any, ...]]:
    table = TABLES[name]
    listed = ", ".join(f'"{column}"' for column in columns)
    keys = ", ".join(f'"{column}"' for column in table.key)
    query = f"""
    SELECT {listed} FROM (
        SELECT *, row_number() OVER (
            PARTITION BY {keys} ORDER BY recorded_at DESC, batch DESC) AS newest_first
        FROM {name}
        WHERE recorded_at <= $known_at
    ) AS versions
    WHERE newest_first = 1 AND NOT withdrawn
    ORDER BY {keys}
    """
    return snapshot.engine.query(
        query.replace(f"FROM {name}", f'FROM "{name}"'),
        tables=snapshot.tables(name),
        parameters={"known_at": known_at},
    )


def enrolments(snapshot: Snapshot, known_at: datetime) -> list[Enrolment]:
    """Return every enrolment as known at a time, joined pupils under one number."""
    joined = joins(snapshot)
    columns = ("pupil", "school", "class", "grade", "starts_on", "ends_on")
    return [
        Enrolment(joined.get(pupil, pupil), school, class_, grade, starts_on, ends_on or LAST_DAY)
        for pupil, school, class_, grade, starts_on, ends_on in _standing(
            snapshot, "enrolments", columns, known_at
        )
    ]


def calendars(snapshot: Snapshot, known_at: datetime) -> Calendars | None:
    """Return the calendars as known at a time; None when no calendar was ever delivered."""
    rows = [
        CalendarRow(row["organisation"], Period(row["from"], row["to"]), row["kind"])
        for row in standing(snapshot, "calendar", known_at)
    ]
    if not rows:
        return None
    parents = {
        row["organisation"]: row["parent"] for row in standing(snapshot, "organisations", known_at)
    }
    return Calendars(rows, parents)


def joins(snapshot: Snapshot) -> Mapping[int, int]:
    """Return the numbers that turned out to be another pupil's, and whose they are."""
    if not snapshot.table("joins").files:
        return {}
    rows = snapshot.engine.query(
        "SELECT number, joined_to FROM joins ORDER BY batch", tables=snapshot.tables("joins")
    )
    found: dict[int, int] = dict(rows)
    for number in found:
        while found[number] in found:
            found[number] = found[found[number]]
    return found


def key_of(snapshot: Snapshot, kind: str = "pupil") -> Mapping[int, str]:
    """Return the key of every pupil, school or staff number: the first one it was given."""
    return snapshot.once(f"keys of {kind}", lambda: MappingProxyType(_key_of(snapshot, kind)))


def _key_of(snapshot: Snapshot, kind: str) -> dict[int, str]:
    rows = snapshot.engine.query(
        "SELECT number, value FROM aliases WHERE kind = $kind AND is_key ORDER BY batch DESC, value DESC",
        tables=snapshot.tables("aliases"),
        parameters={"kind": kind},
    )
    return dict(rows)


def numbers_of(snapshot: Snapshot, values: Sequence[str], kind: str = "pupil") -> Mapping[str, int]:
    """Return the numbers of some keys, joined pupils under one number."""
    joined = joins(snapshot) if kind == "pupil" else {}
    numbers = snapshot.once(
        f"numbers of {kind}",
        lambda: {value: number for number, value in key_of(snapshot, kind).items()},
    )
    found = {value: numbers[value] for value in values if value in numbers}
    return {value: joined.get(number, number) for value, number in found.items()}
