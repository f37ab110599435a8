"""Any rows of any table, written in any form, read back equal."""

from __future__ import annotations

import os
import string
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narvaro.exchange import TABLES, Column, Kind, Table, read_delivery, write_delivery
from narvaro.exchange.writing import Form

LONG = os.environ.get("NARVARO_LONG") == "1"
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
PRINTED = string.ascii_letters + string.digits + " ,;\"'åäöÅÄÖß-_.:/é中🙂"
WORDS = st.text(st.sampled_from(PRINTED), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text and not text.startswith("=")
)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.KEY: WORDS,
    Kind.KEYS: st.lists(WORDS.map(lambda text: text.replace(";", "-")), min_size=1, max_size=3).map(
        ";".join
    ),
    Kind.TEXT: st.text(st.sampled_from(PRINTED + "\n"), min_size=1, max_size=20).filter(
        lambda text: text.strip() == text
    ),
    Kind.OPEN_WORD: WORDS,
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    Kind.MONTH: st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    Kind.SCHOOL_YEAR: st.integers(1990, 2098).map(lambda year: f"{year}/{year + 1}"),
    Kind.TIME: st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30), timezones=ZONES),  # noqa: DTZ001
    Kind.DECIMAL: st.integers(0, 40_000).map(lambda cents: Decimal(cents) / 100),
}


def value(column: Column) -> st.SearchStrategy[Any]:
    if column.words and column.kind is not Kind.OPEN_WORD:
        return st.sampled_from(column.words)
    if column.kind is Kind.COUNT:
        return st.integers(0, column.limit)
    return VALUES[column.kind]


def row(table: Table) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {column.name: value(column) for column in table.columns if column.required},
        optional={c.name: value(c) for c in table.all_columns if not c.required},
    )


def expected(table: Table, given_row: dict[str, object]) -> tuple[object, ...]:
    cells = {column.name: given_row.get(column.name) for column in table.all_columns}
    cells["withdrawn"] = bool(cells["withdrawn"])
    return tuple(
        cell.astimezone(UTC) if isinstance(cell, datetime) else cell for cell in cells.values()
    )


def holds(table: Table, one: dict[str, Any]) -> bool:
    """Whether the row keeps the rules that tie its cells together."""
    for first, last in (("starts_on", "ends_on"), ("from", "to"), ("starts_at", "ends_at"),
                        ("opened_on", "done_on")):  # fmt: skip
        if one.get(first) and one.get(last) and one[last] < one[first]:
            return False
    if table.name == "lessons":
        end, start = one.get("ends_at"), one["starts_at"]
        return bool(end - start <= timedelta(hours=24)) if end else "minutes" in one
    absent = sum(one.get(name) or 0 for name in
                 ("valid_minutes", "invalid_minutes", "unclassified_minutes"))  # fmt: skip
    if table.name == "marks":
        return bool(absent <= one.get("scheduled_minutes", absent))
    if table.name == "school_months":
        few = one.get("pupils_measured", one["pupils"])
        return bool(
            one["absent_minutes"] <= one["acknowledged_minutes"] <= one["scheduled_minutes"]
            and one.get("pupils_at_threshold", 0) <= few <= one["pupils"]
        )
    return table.name != "organisations" or one.get("parent") != one["organisation"]


def in_order(table: Table, one: dict[str, Any]) -> dict[str, Any]:
    """A row with its ends after its starts and its parts within their wholes."""
    kept = dict(one)
    if not holds(table, kept):
        for name in [column.name for column in table.columns if not column.required]:
            kept.pop(name, None)
        if table.name == "lessons":
            kept["minutes"] = 50
        if table.name == "school_months":
            kept |= {"absent_minutes": 1, "acknowledged_minutes": 2, "scheduled_minutes": 3}
    for first, last in (("from", "to"), ("starts_at", "ends_at")):
        if first in kept and last in kept and kept[last] < kept[first]:
            kept[last] = kept[first]
    if table.name == "period_summaries":
        kept["precision"] = "rounded"
    return kept


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.people])
@settings(
    max_examples=200 if LONG else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_what_is_written_is_read_back_equal(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    rows = data.draw(
        st.lists(row(table), min_size=1, max_size=5, unique_by=lambda one: one[table.key[0]])
    )
    rows = [in_order(table, one) for one in rows]
    form: Form = data.draw(st.sampled_from(["csv", "parquet", "zip"]))
    if name == "organisations":
        rows = [{**one, "parent": None} for one in rows]
    with tempfile.TemporaryDirectory() as folder:
        sent = write_delivery({name: rows}, Path(folder) / "sent.zip", form=form)
        delivery = read_delivery(sent, into=Path(folder) / "staged")
        found = staged(delivery.file(name), table)

    assert found == [expected(table, one) for one in rows]


def staged(file: Path | None, table: Table) -> list[tuple[object, ...]]:
    import duckdb

    columns = ", ".join(f'"{column.name}"' for column in table.all_columns)
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        found = con.execute(
            f"SELECT {columns} FROM read_parquet('{file}') ORDER BY line"
        ).fetchall()
    return [
        tuple(cell.astimezone(UTC) if isinstance(cell, datetime) else cell for cell in cells)
        for cells in found
    ]
