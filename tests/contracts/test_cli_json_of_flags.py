"""Flags and their explanations, against what can be counted on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main

Read = pytest.CaptureFixture[str]
Row = Mapping[str, Any]
PROGRAMME = Path(__file__).parent / "own-programme.toml"
ASKED = ("--programme", str(PROGRAMME), "--at", "2017-12")
BEFORE, AFTER = "2018-01-10", "2018-01-20"
MINUTES = (
    "scheduled_minutes",
    "acknowledged_minutes",
    "valid_minutes",
    "invalid_minutes",
    "unclassified_minutes",
    "other_minutes",
    "absent_minutes",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_town.settle(tmp_path_factory.mktemp("town"))


def flags(read: Read, ledger: Path, known_at: str) -> dict[tuple[str, str], Row]:
    words = ("flag", *ASKED, "--as-known-at", known_at, "--ledger", ledger)
    rows = answer(read, "flag", *words)["rows"]
    return {(row["pupil"], row["rule"]): row for row in rows}


def test_every_pupil_and_rule_is_a_row_whatever_the_outcome(ledger: Path, capsys: Read) -> None:
    rows = flags(capsys, ledger, BEFORE)

    assert {of: row["outcome"] for of, row in rows.items()} == {
        ("at-the-limit", "at-least"): "flagged",
        ("at-the-limit", "more-than"): "not_flagged",
        ("idle", "at-least"): "cannot_tell",
        ("idle", "more-than"): "cannot_tell",
        ("moved", "at-least"): "not_flagged",
        ("moved", "more-than"): "not_flagged",
        ("often", "at-least"): "flagged",
        ("often", "more-than"): "flagged",
        ("seldom", "at-least"): "not_flagged",
        ("seldom", "more-than"): "not_flagged",
    }
    assert rows["often", "at-least"]["certainty"] == "certain"
    assert rows["idle", "at-least"]["why"] == "no_lessons"
    assert (rows["moved", "at-least"]["school"], rows["moved", "at-least"]["class"]) == (
        "other",
        "7B",
    )


def test_a_correction_takes_the_flag_away_from_its_moment(ledger: Path, capsys: Read) -> None:
    before, after = (flags(capsys, ledger, at) for at in (BEFORE, AFTER))

    changed = [of for of in before if before[of]["outcome"] != after[of]["outcome"]]
    assert changed == [("often", "at-least"), ("often", "more-than")]


def test_a_counter_reached_is_told(ledger: Path, capsys: Read) -> None:
    row = flags(capsys, ledger, BEFORE)["often", "at-least"]

    assert row["flags_this_school_year"] == 3
    assert row["counters"] == {"second": {"count": 3, "limit": 2, "reached": True}}


def test_the_lessons_behind_a_flag_add_up_to_it(ledger: Path, capsys: Read) -> None:
    words = ("explain", "--pupil", "often", *ASKED, "--as-known-at", BEFORE, "--ledger", ledger)

    found = answer(capsys, "explain", *words)

    for flag in found["flags"]:
        lessons = [row for row in found["rows"] if row["rule"] == flag["rule"]]
        assert len(lessons) == 30
        assert flag["adds_up"]
        assert {name: sum(row[name] for row in lessons) for name in MINUTES} == {
            name: flag[name] for name in MINUTES
        }


def test_one_rule_can_be_explained_alone(ledger: Path, capsys: Read) -> None:
    words = ("explain", "--pupil", "often", *ASKED, "--ledger", ledger)

    found = answer(capsys, "explain", *words, "--rule", "more-than")
    error = refusal(capsys, *words, "--rule", "moon")

    assert {row["rule"] for row in found["rows"]} == {"more-than"}
    assert error["exit_code"] == 2
    assert "at-least" in error["remedy"]


def test_a_pupil_who_is_not_there_is_told_without_the_key(ledger: Path, capsys: Read) -> None:
    error = refusal(capsys, "explain", "--pupil", "19990101-secret", *ASKED, "--ledger", ledger)

    assert error["exit_code"] == 5
    assert "secret" not in str(error)


def test_a_date_outside_the_programme_is_refused_unless_it_is_asked_for(
    ledger: Path, capsys: Read
) -> None:
    words = ("flag", "--programme", PROGRAMME, "--at", "2018-12", "--ledger", ledger)

    error = refusal(capsys, *words)
    found = answer(capsys, "flag", *words, "--outside-dates")

    assert error["exit_code"] == 2
    assert "--outside-dates" in error["remedy"]
    assert {row["outcome"] for row in found["rows"]} == {"cannot_tell"}


def test_people_read_who_is_flagged_and_how_many_are_not(ledger: Path, capsys: Read) -> None:
    place = ("--ledger", str(ledger), "--as-known-at", BEFORE)
    assert main(["flag", *ASKED, *place]) == 0
    told = capsys.readouterr().out
    assert main(["explain", "--pupil", "often", *ASKED, *place]) == 0
    explained = capsys.readouterr().out

    assert "5 pupils in scope" in told
    assert "seldom" not in told
    assert "16.6 %" in told
    assert "At least" not in explained
    sums = [line.split() for line in explained.splitlines() if line.startswith("Sum")]
    assert sums[0][-7:] == ["3000", "3000", "400", "100", "0", "0", "500"]
