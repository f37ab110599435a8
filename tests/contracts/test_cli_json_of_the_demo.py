"""The invented municipality, made from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.contracts.cli_contract import answer, refusal

Read = pytest.CaptureFixture[str]
SMALL = ("--pupils", "300", "--schools", "6", "--school-years", "1")


def test_a_municipality_is_made_and_its_tables_are_counted(tmp_path: Path, capsys: Read) -> None:
    found = answer(capsys, "demo", "demo", tmp_path / "town", *SMALL, "--until", "2024-10-31")

    counts = {row["table"]: row["rows"] for row in found["rows"]}
    assert counts["pupils"] >= 300
    assert counts["marks"] > counts["lessons"] > 300
    assert json.loads(Path(found["manifest"]).read_text(encoding="utf-8"))["seed"] == 1
    assert Path(found["delivery"]).is_dir()


def test_a_size_that_cannot_be_made_is_told(tmp_path: Path, capsys: Read) -> None:
    error = refusal(capsys, "demo", tmp_path / "town", "--pupils", "7")

    assert error["exit_code"] == 2
    assert "300" in error["message"]
    assert not (tmp_path / "town").exists()
