"""A table given as Parquet: the same columns, in types that can hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from narvaro.engine.duck import identifier, literal
from narvaro.errors import Fault
from narvaro.exchange.findings import Findings
from narvaro.exchange.given import GivenFile
from narvaro.exchange.header import HEADER_LINE, Header, read_header
from narvaro.exchange.raw import Raw
from narvaro.exchange.running import Runner
from narvaro.exchange.schema import Kind

_WHOLE = frozenset(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
)
_ACCEPTED: Mapping[Kind, frozenset[str]] = {
    Kind.BOOLEAN: frozenset({"BOOLEAN"}),
    Kind.DATE: frozenset({"DATE"}),
    Kind.TIME: frozenset({"TIMESTAMP WITH TIME ZONE"}),
    Kind.COUNT: _WHOLE,
    Kind.DECIMAL: _WHOLE | {"DECIMAL"},
}
_WITHOUT_OFFSET = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


def open_parquet(
    given: GivenFile, runner: Runner, findings: Findings, *, zone: str | None
) -> Raw | None:
    """Open a Parquet file as it is; None when the table as a whole cannot be read."""
    import duckdb

    with given.path.open("rb") as file:
        given.digest = hashlib.file_digest(file, "sha256").hexdigest()
    source = f"read_parquet({literal(str(given.path))}, file_row_number = true)"
    try:
        columns = dict(row[:2] for row in runner.rows(f"DESCRIBE FROM {source}"))
        rows = int(runner.rows(f"SELECT count(*) FROM {source}")[0][0])
    except duckdb.Error:
        findings.refuse([unreadable(given)])
        return None
    columns.pop("file_row_number", None)
    header = read_header(given.table, list(columns))
    faults = (*header.faults, *_wrong_types(given, header, list(columns.values()), zone))
    findings.refuse(faults)
    findings.notices.extend(header.notices)
    return None if faults else _raw(source, header, columns, rows)


def unreadable(given: GivenFile) -> Fault:
    """The fault of a file whose form itself is broken."""
    return Fault(
        given.table.name,
        0,
        "",
        f"the {given.form} file is damaged, or is something else",
        "Export it again.",
    )


def _raw(source: str, header: Header, columns: Mapping[str, str], rows: int) -> Raw:
    names, types = list(columns), list(columns.values())
    taken = ", ".join(
        f"{identifier(names[place])} AS {identifier(column)}"
        for column, place in header.places.items()
    )
    return Raw(
        f"(SELECT {taken}, file_row_number + 2 AS line FROM {source})",
        {column: _plain(types[place]) for column, place in header.places.items()},
        rows,
    )


def _plain(sql_type: str) -> str:
    """A type without its precision; every timestamp without offset counts as TIMESTAMP."""
    bare = sql_type.partition("(")[0]
    return "TIMESTAMP" if bare in _WITHOUT_OFFSET else bare


def _wrong_types(
    given: GivenFile, header: Header, types: list[str], zone: str | None
) -> list[Fault]:
    faults = []
    for name, place in header.places.items():
        column = given.table.column(name)
        sql_type = _plain(types[place])
        if sql_type == "VARCHAR" or sql_type in _ACCEPTED.get(column.kind, ()):
            continue
        if column.kind is Kind.TIME and sql_type == "TIMESTAMP":
            if zone is None:
                faults.append(_without_offset(given, name))
            continue
        faults.append(
            Fault(
                given.table.name,
                HEADER_LINE,
                name,
                f"the column's type is {sql_type}, which cannot hold a {column.kind.value}",
                f"Write it as {column.sql_type}, or as text.",
            )
        )
    return faults


def _without_offset(given: GivenFile, column: str) -> Fault:
    return Fault(
        given.table.name,
        HEADER_LINE,
        column,
        "times without offset",
        "Write the column as a time in UTC, or say which zone the source uses.",
    )
