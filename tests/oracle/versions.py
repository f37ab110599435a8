"""What was told of each row, from when on it counts as known, and what stands at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.oracle.history import Delivery, History, Row, in_order_of_arrival, key_columns

BEGINNING = datetime.min.replace(tzinfo=UTC)
KNOWN_WHEN_TOLD = {"marks", "announced_absences", "period_summaries"}
Key = tuple[object, ...]


@dataclass(frozen=True)
class Version:
    """The contents of a row from `known_at` on; None once it is withdrawn."""

    known_at: datetime
    contents: Row | None


def standing_rows(history: History, table: str, known_at: datetime) -> list[Row]:
    """The rows of a table as they stand at a moment, each with its source."""
    found = []
    for (source, *_), versions in all_versions(history, table).items():
        contents = standing(versions, known_at)
        if contents is not None:
            found.append({**contents, "source": source})
    return found


def all_versions(history: History, table: str) -> dict[Key, list[Version]]:
    """By (source, key): its versions in the order in which they were accepted."""
    told: dict[Key, list[Version]] = {}
    for delivery in in_order_of_arrival(history):
        for key, rows in _rows_by_key(delivery, table).items():
            told[key] = _tell(told.get(key, []), rows, table=table, arrived_at=delivery.arrived_at)
    return told


def standing(versions: list[Version], at: datetime) -> Row | None:
    """The contents known last at a moment; of two known at once, the one told later."""
    known = [version for version in versions if version.known_at <= at]
    if not known:
        return None
    last = max(version.known_at for version in known)
    return [version for version in known if version.known_at == last][-1].contents


def _rows_by_key(delivery: Delivery, table: str) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in delivery.rows(table):
        key = (delivery.source, *(row[column] for column in key_columns(table)))
        found.setdefault(key, []).append(row)
    return found


def _tell(
    earlier: list[Version], rows: list[Row], *, table: str, arrived_at: datetime
) -> list[Version]:
    """The versions of one key after one more delivery."""
    fallback = arrived_at if earlier or table in KNOWN_WHEN_TOLD else BEGINNING
    dated = [(row["recorded_at"] or fallback, _contents(row)) for row in rows]
    dated.sort(key=lambda pair: pair[0])
    said = {row["recorded_at"] for row in rows}
    told = list(earlier)
    new = [_placed(earlier, version, arrived_at) for version in dated]
    for known_at, contents in sorted(new, key=lambda pair: pair[0]):
        newer = known_at in said and all(known_at > version.known_at for version in told)
        if newer or contents != standing(told, known_at):
            told.append(Version(known_at, contents))
    return told


def _placed(
    earlier: list[Version], dated: tuple[datetime, Row | None], arrived_at: datetime
) -> tuple[datetime, Row | None]:
    """A row dated within what an earlier delivery told counts from its arrival, unless it only
    repeats what stood at its date."""
    recorded_at, contents = dated
    late = bool(earlier) and recorded_at <= max(version.known_at for version in earlier)
    stood = any(version.known_at <= recorded_at for version in earlier)
    repeats = late and stood and contents == standing(earlier, recorded_at)
    return (arrived_at if late and not repeats else recorded_at, contents)


def _contents(row: Row) -> Row | None:
    if row["withdrawn"]:
        return None
    return {
        column: value for column, value in row.items() if column not in {"recorded_at", "withdrawn"}
    }
