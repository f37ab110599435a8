"""A history: the deliveries one after another, their cells read into plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

Row = dict[str, Any]

# table -> its columns; the key columns come first and are counted by KEY_LENGTH
COLUMNS: dict[str, str] = {
    "organisations": "organisation starts_on name kind parent school_unit_code ends_on",
    "calendar": "organisation from kind to name",
    "pupils": "pupil birth_date sex protection",
    "enrolments": "pupil school starts_on class grade school_form ends_on",
    "group_memberships": "pupil group starts_on ends_on",
    "lessons": "lesson school starts_at ends_at minutes group class subject teachers cancelled"
    " acknowledged acknowledged_at",
    "marks": "lesson pupil scheduled_minutes full_minutes present_minutes valid_minutes"
    " invalid_minutes unclassified_minutes other_minutes acknowledged reason",
    "announced_absences": "pupil starts_at kind ends_at",
    "period_summaries": "pupil school from to offered_minutes acknowledged_minutes valid_minutes"
    " invalid_minutes unclassified_minutes other_minutes precision",
    "participations": "programme school starts_on role ends_on",
}
KEY_LENGTH = {
    "organisations": 2,
    "calendar": 3,
    "pupils": 1,
    "enrolments": 3,
    "group_memberships": 3,
    "lessons": 1,
    "marks": 2,
    "announced_absences": 3,
    "period_summaries": 4,
    "participations": 3,
}
REASONS = {"notified", "leave", "other_valid", "none", "other_activity"}


@dataclass(frozen=True)
class Delivery:
    """One delivery: rows by table, cells as exchange-format text or as plain Python values."""

    arrived_at: datetime
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    source: str = "files"

    def rows(self, table: str) -> list[Row]:
        return [read_row(table, row) for row in self.tables.get(table, ())]


History = Sequence[Delivery]


def read_row(table: str, row: Mapping[str, Any]) -> Row:
    """Every column of the table with a typed value; None where the cell is empty or not there."""
    columns = [*COLUMNS[table].split(), "recorded_at", "withdrawn"]
    values = {column: read_cell(column, row.get(column)) for column in columns}
    if table == "marks" and values["reason"] not in REASONS:
        values["reason"] = None
    return values


def read_cell(column: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if column.endswith("_at"):
        return read_moment(value)
    if column.endswith("_on") or column in {"from", "to", "birth_date"}:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if column == "minutes" or column.endswith("_minutes"):
        return int(value)
    if column in {"cancelled", "withdrawn"}:
        return value is True or value == "true"
    return str(value)


def read_moment(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError("a time without offset cannot be placed")
    return moment.astimezone(UTC)


def key_columns(table: str) -> list[str]:
    return COLUMNS[table].split()[: KEY_LENGTH[table]]


def in_order_of_arrival(history: Iterable[Delivery]) -> list[Delivery]:
    return sorted(history, key=lambda delivery: delivery.arrived_at)
