"""A ledger is found by any path that leads to it, and every change works from there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.contracts.small_town import PUPILS, settle

from narvaro.ledger import open_ledger
from narvaro.ledger.standing import numbers_of


def files_that_hold(folder: Path, key: str) -> list[str]:
    """Every file under a folder that holds a key: tables unpacked row by row, the rest as bytes."""
    found = []
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            rows = duckdb.execute("SELECT r::VARCHAR FROM read_parquet(?) AS r", [str(path)])
            texts = [row[0] for row in rows.fetchall()]
        else:
            texts = [path.read_bytes().decode("utf-8", "replace")] if path.is_file() else []
        if any(key in text for text in texts):
            found.append(path.name)
    return found


@pytest.mark.parametrize("kind", ["relative", "symlink"])
def test_a_pupil_is_disposed_of_by_any_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    folder = settle(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "ledger"
    link.symlink_to(folder)
    link.with_name("ledger.key").symlink_to(folder.with_name("ledger.key"))
    monkeypatch.chdir(tmp_path)
    ledger = open_ledger(Path("ledger") if kind == "relative" else link)

    ledger.dispose(["seldom"], rule="a test")

    assert set(numbers_of(ledger.snapshot(), PUPILS)) == set(PUPILS) - {"seldom"}
    assert files_that_hold(folder, "seldom") == []
    assert files_that_hold(folder, "often") != []
