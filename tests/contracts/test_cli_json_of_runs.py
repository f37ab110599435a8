"""Month-end runs: the same facts the same version, corrected facts a new one that says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main

Read = pytest.CaptureFixture[str]
PROGRAMME = Path(__file__).parent / "own-programme.toml"
ASKED = ("run", "--programme", str(PROGRAMME), "--at", "2017-12")
BEFORE, AFTER = ("--as-known-at", "2018-01-10"), ("--as-known-at", "2018-01-20")
RUN = "town/town/2017-12"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def test_the_same_facts_are_the_same_version(ledger: Path, capsys: Read) -> None:
    first = answer(capsys, "run", *ASKED, *BEFORE, "--ledger", ledger)
    again = answer(capsys, "run", *ASKED, *BEFORE, "--ledger", ledger)

    assert (first["run"], first["version"], first["is_new"]) == (RUN, 1, True)
    assert (again["version"], again["is_new"]) == (1, False)
    assert again["rows"] == first["rows"]
    assert first["receipt"]["outcomes"]["at-least/flagged"] == 2


def test_a_correction_is_a_new_version_that_names_its_pupil_alone(
    ledger: Path, capsys: Read
) -> None:
    first = answer(capsys, "run", *ASKED, *BEFORE, "--ledger", ledger)
    second = answer(capsys, "run", *ASKED, *AFTER, "--ledger", ledger)
    read = answer(capsys, "run", "run", "--read", RUN, "--version", "1", "--ledger", ledger)

    assert second["version"] == 2
    assert {(one["kind"], one["pupil"]) for one in second["differences"]} == {
        ("withdrawn", "often")
    }
    assert "500 → 400" in second["differences"][0]["why"]["sv"]
    assert read["rows"] == first["rows"]


def test_the_rows_of_a_run_are_those_of_the_flags(ledger: Path, capsys: Read) -> None:
    run = answer(capsys, "run", *ASKED, *BEFORE, "--ledger", ledger)
    flags = answer(capsys, "flag", "flag", *ASKED[1:], *BEFORE, "--ledger", ledger)

    assert run["rows"] == flags["rows"]


def test_kept_runs_are_listed(ledger: Path, capsys: Read) -> None:
    words = ("run", "--list", "--ledger", ledger)
    assert answer(capsys, "run-list", *words)["rows"] == []
    answer(capsys, "run", *ASKED, *BEFORE, "--ledger", ledger)
    answer(capsys, "run", *ASKED, *AFTER, "--ledger", ledger)

    rows = answer(capsys, "run-list", *words)["rows"]

    assert [(row["run"], row["version"]) for row in rows] == [(RUN, 1), (RUN, 2)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("run",), 2),
        (("run", "--read", "moon"), 5),
        ((*ASKED, "--authority", "moon"), 2),
    ],
)
def test_a_run_that_cannot_be_made_or_read_is_told(
    ledger: Path, capsys: Read, words: tuple[str, ...], code: int
) -> None:
    assert refusal(capsys, *words, "--ledger", ledger)["exit_code"] == code


def test_people_read_what_changed_and_why(ledger: Path, capsys: Read) -> None:
    place = ("--ledger", str(ledger))
    assert main([*ASKED, *BEFORE, *place]) == 0
    assert main([*ASKED, *AFTER, *place]) == 0

    told = capsys.readouterr().out
    assert f"Run {RUN}, version 2 (new)." in told
    assert "withdrawn  often" in told
