"""A delivery is read whole, typed, and the same from every form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from narvaro.errors import InputRefused
from narvaro.exchange import TABLES, check_delivery, read_delivery, write_delivery
from narvaro.exchange.writing import Form

SMALL: dict[str, list[dict[str, object]]] = {
    "organisations": [
        {"organisation": "s1", "name": 'The "old", school\nby the lake', "kind": "school_unit"}
    ],
    "pupils": [{"pupil": "p1", "birth_date": date(2012, 2, 3), "sex": "female"}],
    "lessons": [
        {
            "lesson": "l1",
            "school": "s1",
            "starts_at": datetime(2026, 3, 2, 8, tzinfo=UTC),
            "minutes": 50,
            "cancelled": False,
        }
    ],
    "marks": [
        {"lesson": "l1", "pupil": "p1", "valid_minutes": 20, "acknowledged": "yes"},
        {"lesson": "l1", "pupil": "p2", "present_minutes": 50, "acknowledged": "yes"},
    ],
}


def rows_of(file: Path | None, columns: str) -> list[tuple[Any, ...]]:
    import duckdb

    assert file is not None
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    return con.execute(f"SELECT {columns} FROM read_parquet('{file}') ORDER BY line").fetchall()


@pytest.mark.parametrize("form", ["csv", "parquet", "zip"])
def test_what_is_written_reads_back_the_same(tmp_path: Path, form: Form) -> None:
    sent = write_delivery(SMALL, tmp_path / "sent.zip", form=form)

    delivery = read_delivery(sent, into=tmp_path / "staged")

    assert delivery.counts == {"organisations": 1, "pupils": 1, "lessons": 1, "marks": 2}
    assert rows_of(delivery.file("organisations"), "name") == [('The "old", school\nby the lake',)]
    assert rows_of(delivery.file("pupils"), "pupil, birth_date, sex, protection") == [
        ("p1", date(2012, 2, 3), "female", None)
    ]
    assert rows_of(delivery.file("lessons"), "starts_at, minutes, cancelled, withdrawn, line") == [
        (datetime(2026, 3, 2, 8, tzinfo=UTC), 50, False, False, 2)
    ]
    assert rows_of(delivery.file("marks"), "valid_minutes, present_minutes, line") == [
        (20, None, 2),
        (None, 50, 3),
    ]


def test_a_staged_file_has_exactly_the_columns_of_its_table(tmp_path: Path) -> None:
    import duckdb

    sent = write_delivery(SMALL, tmp_path / "sent")
    delivery = read_delivery(sent, into=tmp_path / "staged")

    for name in delivery.counts:
        described = f"DESCRIBE FROM read_parquet('{delivery.file(name)}')"
        found = duckdb.execute(described).fetchall()
        types = {row[0]: row[1].replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ") for row in found}
        assert types == dict(TABLES[name].sql_types)


def test_a_fault_refuses_the_whole_delivery_and_leaves_nothing_staged(tmp_path: Path) -> None:
    sent = write_delivery(SMALL, tmp_path / "sent")
    (sent / "marks.csv").write_text("lesson,pupil,valid_minutes\nl1,p1,5.6\n,p2,x\n")

    checked = check_delivery(sent, into=tmp_path / "staged")

    assert checked.delivery is None
    assert [(fault.line, fault.column) for fault in checked.faults] == [
        (2, "valid_minutes"),
        (3, "lesson"),
        (3, "valid_minutes"),
    ]
    assert list((tmp_path / "staged").iterdir()) == []
    with pytest.raises(InputRefused):
        read_delivery(sent, into=tmp_path / "staged")


def test_a_folder_used_again_holds_the_new_delivery_alone(tmp_path: Path) -> None:
    staged = tmp_path / "staged"
    read_delivery(write_delivery(SMALL, tmp_path / "first"), into=staged)

    pupils = {"pupils": SMALL["pupils"]}
    read_delivery(write_delivery(pupils, tmp_path / "second"), into=staged)

    assert [file.name for file in staged.iterdir()] == ["pupils.parquet"]
