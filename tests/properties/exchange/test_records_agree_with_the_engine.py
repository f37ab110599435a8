"""Both readers of CSV mean the same: the engine's, for plain files, and the careful one."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narvaro.exchange.records import read_records

LONG = os.environ.get("NARVARO_LONG") == "1"
often = settings(
    max_examples=5_000 if LONG else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
CELL = st.text(st.sampled_from(list("ab1, \"\n'åß🙂;")), max_size=8)
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8)


@often
@given(TABLE, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_whatever_is_written_as_csv_is_read_back_with_its_lines(
    table: list[list[str]], ends: str, quoting: int
) -> None:
    out = io.StringIO(newline="")
    starts, line = [], 1
    for row in table:
        one = io.StringIO(newline="")
        csv.writer(one, lineterminator=ends, quoting=quoting).writerow(row)  # type: ignore[arg-type]
        starts.append(line)
        line += one.getvalue().count("\n")
        out.write(one.getvalue())

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_bytes(out.getvalue().encode())
        found = list(read_records(file, width=3))

    assert [record.cells for record in found] == table
    assert [record.line for record in found] == starts


@often
@given(st.lists(st.lists(st.text(st.sampled_from(list("ab1 'åß")), max_size=6), min_size=2,
                         max_size=2), min_size=1, max_size=6))  # fmt: skip
def test_a_plain_file_is_read_alike_by_both(table: list[list[str]]) -> None:
    import duckdb

    from narvaro.exchange import TABLES
    from narvaro.exchange.csv_file import open_csv
    from narvaro.exchange.findings import Findings
    from narvaro.exchange.given import GivenFile
    from narvaro.exchange.running import Runner

    lines = "".join(f"{lesson},{pupil}\n" for lesson, pupil in table)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        file = Path(folder) / "marks.csv"
        file.write_text("lesson,pupil\n" + lines, encoding="utf-8")
        given_file = GivenFile(TABLES["marks"], file, "csv")
        raw = open_csv(given_file, Runner(con, Path(folder)), Findings())
        assert raw is not None
        fast = con.execute(f"SELECT line, lesson, pupil FROM {raw.source} ORDER BY line").fetchall()
        careful = [
            (record.line, *(cell or None for cell in record.cells or ()))
            for record in read_records(file, skip_header=True)
        ]

    assert fast == careful
