"""Other rules tried on what has happened; and everything told, handed back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

Read = pytest.CaptureFixture[str]
PROGRAMME = Path(__file__).parent / "own-programme.toml"
LATER = ("--as-known-at", "2018-01-20")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def test_the_rule_that_exists_gives_the_count_of_its_flags(ledger: Path, capsys: Read) -> None:
    flags = answer(
        capsys, "flag", "flag", "--programme", PROGRAMME, "--at", "2017-12", *LATER,
        "--ledger", ledger,
    )  # fmt: skip
    tried = answer(
        capsys, "whatif", "whatif", "--programme", PROGRAMME, "--from", "2017-12", *LATER,
        "--windows", "month", "--limits", "1,99", "--ledger", ledger,
    )  # fmt: skip

    own = tried["rows"][0]
    counted = [row for row in flags["rows"] if row["rule"] == "at-least"]
    assert own["flags"] == sum(row["outcome"] == "flagged" for row in counted)
    assert own["pupils"] == len(counted)
    assert own["hours"] == {"numerator": own["flags"] * 60, "denominator": 60}


def test_counts_split_by_school_add_up_to_the_whole(ledger: Path, capsys: Read) -> None:
    asked = ("whatif", "--from", "2017-11", "--to", "2017-12", "--limits", "10", "--ledger", ledger)
    whole = answer(capsys, "whatif", *asked)["rows"]
    split = answer(capsys, "whatif", *asked, "--by", "school")["rows"]

    assert sum(row["flags"] for row in whole) == sum(row["flags"] for row in split)
    assert {row["at"] for row in whole} == {"2017-11", "2017-12"}


def test_limits_that_are_no_numbers_are_refused(ledger: Path, capsys: Read) -> None:
    found = refusal(capsys, "whatif", "--from", "2017-12", "--limits", "x", "--ledger", ledger)
    assert "limits" in found["message"]


def test_what_is_exported_gives_the_same_figures_at_every_time(
    ledger: Path, tmp_path: Path, capsys: Read
) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    answer(capsys, "export", "export", out, "--ledger", ledger)
    answer(capsys, "import", "import", out, "--pupil-keys", "as-given", "--ledger", again)

    for known_at in ("2017-11-15", "2018-01-10", "2018-01-20"):
        asked = ("measure", "--window", "rolling-months:3", "--at", "2017-12")
        moment = ("--as-known-at", known_at)
        before = answer(capsys, "measure", *asked, *moment, "--ledger", ledger)
        after = answer(capsys, "measure", *asked, *moment, "--ledger", again)
        assert before["rows"] == after["rows"], known_at


def test_an_export_never_overwrites(ledger: Path, tmp_path: Path, capsys: Read) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").write_text("mine")
    found = refusal(capsys, "export", tmp_path / "there", "--ledger", ledger)
    assert "there already" in found["message"]
