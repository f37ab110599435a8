"""Every page asks for keys, and for one pupil of many: neither may read a whole table again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from narvaro.engine import connect
from narvaro.exchange import read_delivery, write_delivery
from narvaro.ledger import How, Snapshot, open_or_make
from narvaro.ledger.standing import key_of, numbers_of
from narvaro.ledger.store import ROWS_IN_A_GROUP, write_files
from narvaro.ledger.tables import TABLES


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    told = {
        "organisations": [{"organisation": "s", "name": "S", "kind": "school_unit"}],
        "pupils": [{"pupil": key, "sex": "unknown"} for key in ("anna", "bo")],
        "enrolments": [
            {"pupil": key, "school": "s", "starts_on": date(2017, 8, 1)} for key in ("anna", "bo")
        ],
    }
    path = write_delivery(told, tmp_path / "told")
    at = datetime(2018, 7, 1, tzinfo=UTC)
    staged = read_delivery(path, into=tmp_path / "staged", arrived_at=at)
    ledger = open_or_make(tmp_path / "ledger")
    ledger.ingest(staged, How(arrived_at=at, keys_as_given=True))
    return ledger.snapshot()


def test_keys_are_read_once_for_a_batch(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dict(key_of(snapshot))

    def never(*_words: Any, **_more: Any) -> None:
        pytest.fail("the keys were read again")

    monkeypatch.setattr(snapshot.engine, "query", never)

    assert dict(key_of(snapshot)) == first
    assert numbers_of(snapshot, ["bo", "nobody"]) == {
        "bo": next(number for number, key in first.items() if key == "bo")
    }


def test_nobody_can_change_the_keys_of_the_others(snapshot: Snapshot) -> None:
    with pytest.raises(TypeError):
        key_of(snapshot)[0] = "another"  # type: ignore[index]


@pytest.mark.parametrize("name", sorted(ROWS_IN_A_GROUP))
def test_a_table_of_long_texts_is_written_in_groups_that_can_be_passed_over(
    tmp_path: Path, name: str
) -> None:
    size = ROWS_IN_A_GROUP[name]
    columns = ", ".join(f'NULL AS "{column}"' for column in TABLES[name].columns)
    place = dict.fromkeys(TABLES[name].partitions, 1)
    given = ", ".join(f'{number} AS "{one}"' for one, number in place.items())
    query = f"SELECT * {f'REPLACE ({given})' if given else ''} FROM (SELECT {columns}), range({3 * size})"

    (written,) = write_files(
        connect(), query.replace("SELECT *", "SELECT * EXCLUDE (range)"), tmp_path, TABLES[name]
    )

    groups = duckdb.execute(
        "SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata(?)",
        [str(tmp_path / written.path)],
    ).fetchall()
    assert len(groups) >= 3
    assert max(rows for _group, rows in groups) <= size
