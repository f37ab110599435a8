"""Reports from the command line: what they say of each school, and the files they write."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

Read = pytest.CaptureFixture[str]
PROGRAMME = Path(__file__).parent / "own-programme.toml"
ASKED = ("report", "--programme", PROGRAMME, "--at", "2017-12", "--as-known-at", "2018-01-20")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def test_every_pupil_in_scope_stands_in_one_band(ledger: Path, capsys: Read) -> None:
    found = answer(capsys, "report", *ASKED, "--ledger", ledger)
    every = answer(capsys, "flag", "flag", *ASKED[1:], "--ledger", ledger)["rows"]
    flags = [row for row in every if row["rule"] == "at-least"]

    assert sum(sum(row["bands"] or []) for row in found["rows"]) == len(flags)
    assert sum(row["flagged"] or 0 for row in found["rows"]) == sum(
        row["outcome"] == "flagged" for row in flags
    )


def test_files_are_written_per_school_and_form(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    asked = (*ASKED, "--form", "html", "--form", "xlsx", "--into", tmp_path / "out")
    found = answer(capsys, "report", *asked, "--ledger", ledger)

    assert len(found["files"]) == 2 * len(found["rows"])
    assert all(Path(file).stat().st_size > 1000 for file in found["files"])


def test_what_leaves_the_school_lists_no_pupil(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    answer(capsys, "report", *ASKED, "--form", "html", "--into", inside, "--ledger", ledger)
    left = (*ASKED, "--form", "html", "--leaves-school", "--into", outside)
    answer(capsys, "report", *left, "--ledger", ledger)

    assert any("often" in path.read_text() for path in inside.iterdir())
    assert not any("often" in path.read_text() for path in outside.iterdir())


def test_a_school_nobody_knows_is_refused(ledger: Path, capsys: Read) -> None:
    asked = (*ASKED, "--school", "nowhere", "--form", "html")
    assert refusal(capsys, *asked, "--ledger", ledger)["kind"] == "not_found"
