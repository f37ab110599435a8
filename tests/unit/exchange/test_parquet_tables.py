"""Tables given as Parquet: types that fit are taken, others are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narvaro.exchange import Checked, check_delivery

Rows = Callable[..., list[tuple[Any, ...]]]


def parquet(tmp_path: Path, table: str, select: str) -> Path:
    import duckdb

    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"COPY ({select}) TO '{tmp_path / table}.parquet' (FORMAT parquet)")
    return tmp_path / f"{table}.parquet"


def check(file: Path, **how: Any) -> Checked:
    return check_delivery(file, into=file.parent / "staged", **how)


@pytest.mark.parametrize(
    "minutes", ["5::TINYINT", "5::SMALLINT", "5::BIGINT", "5::UBIGINT", "'5'", "' 5'"]
)
def test_whole_numbers_are_taken_in_any_width_or_as_text(
    tmp_path: Path, rows: Rows, minutes: str
) -> None:
    select = f"SELECT 'l1' AS lesson, 'p1' AS \"Pupil\", {minutes} AS valid_minutes"

    assert check(parquet(tmp_path, "marks", select)).faults == ()
    assert rows("marks", "pupil, valid_minutes, line") == [("p1", 5, 2)]


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("valid_minutes", "5.0::DOUBLE", "the column's type is DOUBLE, which cannot hold a whole"),
        ("valid_minutes", "5.0::DECIMAL(4,1)", "the column's type is DECIMAL, which cannot hold"),
        ("valid_minutes", "true", "the column's type is BOOLEAN, which cannot hold"),
        ("pupil", "1", "the column's type is INTEGER, which cannot hold a key"),
        ("pupil", "'p'::BLOB", "the column's type is BLOB, which cannot hold a key"),
        ("pupil", "['p']", "the column's type is VARCHAR[], which cannot hold a key"),
        ("pupil", "{'a': 'p'}", "the column's type is STRUCT, which cannot hold a key"),
        ("recorded_at", "TIMESTAMP '2026-03-02 08:00'", "times without offset"),
        ("recorded_at", "DATE '2026-03-02'", "the column's type is DATE, which cannot hold a time"),
        ("acknowledged", "1", "the column's type is INTEGER, which cannot hold a word"),
        ("withdrawn", "1", "the column's type is INTEGER, which cannot hold a true or false"),
    ],
)
def test_a_column_of_a_wrong_type_is_refused(
    tmp_path: Path, column: str, value: str, problem: str
) -> None:
    cells = {"lesson": "'l1'", "pupil": "'p1'"} | {column: value}
    select = "SELECT " + ", ".join(f"{cell} AS {name}" for name, cell in cells.items())

    (fault,) = check(parquet(tmp_path, "marks", select)).faults
    assert (fault.line, fault.column) == (1, column)
    assert fault.problem.startswith(problem)


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("valid_minutes", "-5", "negative"),
        ("valid_minutes", "1441", "greater than 1,440"),
        ("valid_minutes", "99999999999", "greater than 1,440"),
        ("pupil", "''", "empty"),
        ("pupil", "NULL::VARCHAR", "empty"),
        ("pupil", "'a' || chr(0)", "holds a control character"),
        ("recorded_at", "TIMESTAMPTZ '1914-03-02 08:00Z'", "outside 1990 to 2100"),
        ("recorded_at", "'infinity'::TIMESTAMPTZ", "outside 1990 to 2100"),
        ("acknowledged", "'maybe'", "not one of the words of this column"),
    ],
)
def test_a_bad_value_is_told_by_its_row(
    tmp_path: Path, column: str, value: str, problem: str
) -> None:
    good, bad = {"lesson": "'l1'", "pupil": "'p1'"}, {"lesson": "'l2'", "pupil": "'p2'"}
    select = " UNION ALL BY NAME SELECT ".join(
        ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
        for cells in (good, bad | {column: value})
    )

    (fault,) = check(parquet(tmp_path, "marks", f"SELECT {select}")).faults
    assert (fault.line, fault.column, fault.problem) == (3, column, problem)


def test_times_without_offset_are_read_in_the_zone_that_is_given(
    tmp_path: Path, rows: Rows
) -> None:
    select = "SELECT 'l1' AS lesson, 'p1' AS pupil, TIMESTAMP_NS '2026-07-01 00:30' AS recorded_at"

    checked = check(parquet(tmp_path, "marks", select), zone="Europe/Stockholm")

    assert checked.faults == ()
    assert rows("marks", "recorded_at::VARCHAR") == [("2026-06-30 22:30:00+00",)]


@pytest.mark.parametrize("contents", [b"", b"PAR1", b"lesson,pupil\nl1,p1\n", b"PAR1" * 100])
def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path, contents: bytes) -> None:
    file = tmp_path / "marks.parquet"
    file.write_bytes(contents)

    (fault,) = check(file).faults
    assert fault.problem == "the parquet file is damaged, or is something else"


@pytest.mark.parametrize("place", [4, 40, 200, 700])
def test_a_parquet_file_with_a_torn_page_is_refused_or_read(tmp_path: Path, place: int) -> None:
    select = "SELECT 'l' || i AS lesson, md5(i::VARCHAR) AS pupil FROM range(100) t(i)"
    file = parquet(tmp_path, "marks", select)
    raw = bytearray(file.read_bytes())
    raw[place : place + 40] = b"\xff" * 40
    file.write_bytes(raw)

    checked = check(file)
    assert (checked.delivery is None) == bool(checked.faults)


def test_a_missing_column_of_a_parquet_file_is_told(tmp_path: Path) -> None:
    (fault,) = check(parquet(tmp_path, "marks", "SELECT 'l1' AS lesson")).faults

    assert (fault.column, fault.problem) == ("pupil", "the column is missing")
