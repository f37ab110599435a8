"""A table given as CSV: straight through the engine when the file is plain, mended when not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine.duck import identifier, literal
from narvaro.errors import Fault
from narvaro.exchange.findings import Findings
from narvaro.exchange.given import GivenFile
from narvaro.exchange.header import Header, read_header
from narvaro.exchange.raw import Raw
from narvaro.exchange.records import LONGEST_RECORD, read_records
from narvaro.exchange.running import Bulk, Runner
from narvaro.exchange.scan import Scan, scan
from narvaro.exchange.storage import is_full

if TYPE_CHECKING:
    from collections.abc import Mapping


def open_csv(given: GivenFile, runner: Runner, findings: Findings) -> Raw | None:
    """Read a CSV file as text; None when the table as a whole cannot be read."""
    seen = scan(given.path)
    given.digest = seen.digest
    header = _header(given, seen, findings)
    if header is None:
        return None
    return _straight(given, header, seen, runner) or _mended(given, header, runner, findings)


def _header(given: GivenFile, seen: Scan, findings: Findings) -> Header | None:
    name = given.table.name
    first = None if seen.is_utf16 else next(read_records(given.path), None)
    if seen.is_utf16:
        findings.refuse([Fault(name, 0, "", "the file is UTF-16", "Save it as UTF-8.")])
    elif first is None:
        remedy = "Leave it out, or write a header row."
        findings.refuse([Fault(name, 0, "", "the file is empty", remedy)])
    elif first.cells is None:
        findings.refuse([Fault(name, first.line, "", first.problem, first.remedy)])
    else:
        return _accepted(read_header(given.table, first.cells), findings)
    return None


def _accepted(header: Header, findings: Findings) -> Header | None:
    findings.refuse(header.faults)
    findings.notices.extend(header.notices)
    return None if header.faults else header


def _straight(given: GivenFile, header: Header, seen: Scan, runner: Runner) -> Raw | None:
    """Let the engine parse the file; None unless every line became exactly one record."""
    import duckdb

    target = runner.work / f"{given.table.name}.raw.parquet"
    if not seen.is_plain:
        return None
    try:
        rows = runner.copy(
            f"SELECT {_known(header)} FROM {_read_csv(given.path, header.width)}",
            target,
            Bulk(given.table.name, seen.lines - 1, end=0.5),
        )
    except duckdb.Error as wrong:
        if is_full(wrong):
            raise
        return None
    if rows != seen.lines - 1:
        return None
    source = (
        f"(SELECT * EXCLUDE file_row_number, file_row_number + 2 AS line"
        f" FROM read_parquet({literal(str(target))}, file_row_number = true))"
    )
    return Raw(source, dict.fromkeys(header.places, "VARCHAR"), rows, seen.is_printable)


def _mended(given: GivenFile, header: Header, runner: Runner, findings: Findings) -> Raw:
    """Read the file record by record; records that are none are faults, the others go on."""
    target = runner.work / f"{given.table.name}.mended.csv"
    rows = _write_whole_records(given, header, target, findings)
    columns = ["line", *header.places]
    source = (
        f"(SELECT {', '.join(f'{_place(n)} AS {identifier(c)}' for n, c in enumerate(columns))}"
        f" FROM {_read_csv(target, len(columns), parallel=False)})"
    )
    source = f"(SELECT * REPLACE (CAST(line AS BIGINT) AS line) FROM {source})"
    return Raw(source, dict.fromkeys(header.places, "VARCHAR"), rows)


def _write_whole_records(given: GivenFile, header: Header, target: Path, findings: Findings) -> int:
    name, places = given.table.name, list(header.places.values())
    kept = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow
        write(["line", *header.places])
        for record in read_records(given.path, width=header.width, skip_header=True):
            findings.rows_read[name] += record.cells is None
            if record.cells is None:
                fault = Fault(name, record.line, "", record.problem, record.remedy)
                findings.leave_out(name, rows=1, reasons={record.problem: 1}, listed=[fault])
            else:
                write([record.line, *(record.cells[place] for place in places)])
                kept += 1
    return kept


def _known(header: Header) -> str:
    return ", ".join(
        f"{_place(place)} AS {identifier(name)}" for name, place in header.places.items()
    )


def _place(number: int) -> str:
    return f"c{number}"


def _read_csv(path: Path, width: int, *, parallel: bool = True) -> str:
    columns: Mapping[str, str] = {_place(number): "VARCHAR" for number in range(width)}
    listed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv({literal(str(path))}, auto_detect = false, header = true, delim = ',',"
        f" quote = '\"', escape = '\"', strict_mode = true, null_padding = false,"
        f" parallel = {str(parallel).lower()}, max_line_size = {4 * LONGEST_RECORD},"
        f" columns = {{{listed}}})"
    )
