"""Writes tables of the exchange format: as CSV, as Parquet, or as a zip of CSV files."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from narvaro.engine import connect
from narvaro.engine.duck import identifier, literal
from narvaro.errors import BadRequest
from narvaro.exchange.schema import Kind, Table
from narvaro.exchange.storage import storage_named
from narvaro.exchange.tables import TABLES

Row: TypeAlias = Mapping[str, object]
Rows: TypeAlias = Iterable[Row] | Path | Any  # Any: a relation of the engine, which is not imported
Form = Literal["csv", "parquet", "zip"]


def write_delivery(tables: Mapping[str, Rows], path: Path, *, form: Form = "csv") -> Path:
    """Write tables to the folder `path` (for `zip`: to the file `path`) and return it.

    Each value is rows as mappings, the path of a Parquet file, or a relation of the engine.
    Rows may leave out optional columns. Times must have an offset and are written in UTC;
    an empty cell is None. Raises BadRequest for a table or column the format does not have,
    or a time without offset. What is written reads back the same.
    """
    for name in tables:
        if name not in TABLES:
            raise BadRequest(f"The exchange format has no table {name!r}.")
    with storage_named("Writing the delivery"):
        return _write_zip(tables, path) if form == "zip" else _write_folder(tables, path, form)


def _write_folder(tables: Mapping[str, Rows], path: Path, form: Form) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        _write_table(TABLES[name], rows, path / f"{name}.{form}")
    return path


def _write_zip(tables: Mapping[str, Rows], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        _write_folder(tables, Path(folder), "csv")
        packed = Path(folder) / "packed.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).glob("*.csv")):
                archive.write(file, file.name)
        packed.replace(path)
    return path


def _write_table(table: Table, rows: Rows, target: Path) -> None:
    if isinstance(rows, Path):
        con = connect()
        _write_relation(table, con.read_parquet(str(rows)), target)
        con.close()
    elif hasattr(rows, "write_parquet"):
        _write_relation(table, rows, target)
    elif target.suffix == ".csv":
        _write_rows(table, rows, target)
    else:
        _write_rows_as_parquet(table, rows, target)


def _write_rows(table: Table, rows: Iterable[Row], target: Path) -> None:
    names = [column.name for column in table.all_columns]
    known = frozenset(names)
    with target.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(names)
        for row in rows:
            if not known.issuperset(row):
                _refuse_unknown(table, row)
            write([_cell(row.get(name)) for name in names])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise BadRequest("A time without offset cannot be written.")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _write_rows_as_parquet(table: Table, rows: Iterable[Row], target: Path) -> None:
    """By way of a CSV file, so that both forms hold the same."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        text = Path(folder) / "rows.csv"
        _write_rows(table, rows, text)
        types = ", ".join(f"{literal(c.name)}: {literal(c.sql_type)}" for c in table.all_columns)
        con = connect()
        source = (
            f"read_csv({literal(str(text))}, auto_detect = false, header = true, delim = ',',"
            f" quote = '\"', escape = '\"', columns = {{{types}}}, max_line_size = 10000000)"
        )
        con.execute(f"COPY (FROM {source}) TO {literal(str(target))} (FORMAT parquet)")
        con.close()


def _write_relation(table: Table, relation: Any, target: Path) -> None:
    """Write a relation with (some of) the table's columns; `line` is left away."""
    given = [name for name in relation.columns if name != "line"]
    known = {column.name: column for column in table.all_columns}
    if not known.keys() >= set(given):
        _refuse_unknown(table, given)
    for name, kind in zip(relation.columns, relation.types, strict=True):
        if name in known and known[name].kind is Kind.COUNT and str(kind) in ("DOUBLE", "FLOAT"):
            raise BadRequest(f"{table.name}.{name} holds whole numbers; a {kind} would be rounded.")
    write = _as_text if target.suffix == ".csv" else _as_typed
    columns = ", ".join(
        f"{write(name, known[name].sql_type)} AS {identifier(name)}" for name in given
    )
    chosen = relation.project(columns)
    if target.suffix == ".csv":
        chosen.write_csv(str(target), header=True, sep=",")
    else:
        chosen.write_parquet(str(target))


def _as_text(name: str, sql_type: str) -> str:
    column = identifier(name)
    if sql_type == "TIMESTAMPTZ":
        moment = f"CAST({column} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
        return f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    return column


def _as_typed(name: str, sql_type: str) -> str:
    return f"CAST({identifier(name)} AS {sql_type})"


def _refuse_unknown(table: Table, given: Iterable[str]) -> None:
    known = {column.name for column in table.all_columns}
    unknown = ", ".join(sorted(set(given) - known))
    raise BadRequest(f"The table {table.name} has no column {unknown}.")
