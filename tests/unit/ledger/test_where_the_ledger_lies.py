"""A ledger is found by any path that leads to it, and every change works from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts.small_town import PUPILS, settle

from narvaro.ledger import open_ledger
from narvaro.ledger.standing import numbers_of


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
    assert not [p for p in folder.rglob("*") if p.is_file() and b"seldom" in p.read_bytes()]
