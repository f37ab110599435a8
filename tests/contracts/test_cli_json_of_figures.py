"""The figures a program reads, against what can be counted on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.contracts.cli_contract import answer

Read = pytest.CaptureFixture[str]
Row = Mapping[str, Any]
WINDOW = ("--window", "rolling-months:3", "--at", "2017-12")
BEFORE, AFTER = "2018-01-10", "2018-01-15T13:00:00+01:00"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_town.settle(tmp_path_factory.mktemp("town"))


def measured(read: Read, ledger: Path, *words: str) -> dict[str, Row]:
    found = answer(read, "measure", "measure", *(words or WINDOW), "--ledger", ledger)
    return {row["pupil"]: row for row in found["rows"]}


def test_every_pupil_has_the_very_minutes(ledger: Path, capsys: Read) -> None:
    rows = measured(capsys, ledger, *WINDOW, "--as-known-at", BEFORE)

    assert list(rows) == list(small_town.PUPILS)
    assert {pupil: row["absent_minutes"] for pupil, row in rows.items()} == {
        "often": 500,
        "at-the-limit": 450,
        "seldom": 100,
        "moved": 300,
        "idle": 0,
    }
    assert rows["often"]["valid_minutes"] == 400
    assert rows["often"]["invalid_minutes"] == 100
    assert rows["seldom"]["unclassified_minutes"] == 100
    assert rows["seldom"]["other_minutes"] == 100
    assert all("school" not in row for row in rows.values())
    assert {(row["from"], row["to"]) for row in rows.values()} == {("2017-10-01", "2017-12-31")}


def test_a_share_is_the_pair_of_its_minutes(ledger: Path, capsys: Read) -> None:
    rows = measured(capsys, ledger, *WINDOW, "--as-known-at", BEFORE)

    assert rows["at-the-limit"]["share"] == {"numerator": 450, "denominator": 3000}
    assert rows["moved"]["share"] == {"numerator": 300, "denominator": 2900}
    assert rows["moved"]["low"] == {"numerator": 300, "denominator": 3000}
    assert rows["moved"]["high"] == {"numerator": 400, "denominator": 3000}
    assert rows["moved"]["coverage"] == {"numerator": 2900, "denominator": 3000}


def test_a_pupil_without_lessons_has_zeros_and_nulls(ledger: Path, capsys: Read) -> None:
    row = measured(capsys, ledger)["idle"]

    assert [row[name] for name in ("scheduled_minutes", "acknowledged_minutes")] == [0, 0]
    assert [row[name] for name in ("share", "low", "high", "coverage")] == [None] * 4


def test_by_school_a_pupil_who_moved_has_one_row_each(ledger: Path, capsys: Read) -> None:
    words = ("measure", *WINDOW, "--by", "school", "--ledger", str(ledger))
    rows = [r for r in answer(capsys, "measure", *words)["rows"] if r["pupil"] == "moved"]

    assert [
        (r["school"], r["scheduled_minutes"], r["acknowledged_minutes"], r["absent_minutes"])
        for r in rows
    ] == [("elementary", 2000, 2000, 200), ("other", 1000, 900, 100)]


@pytest.mark.parametrize(
    ("known_at", "absent"),
    [("2018-01-14", 500), (AFTER, 400), ("2018-01-15", 400), ("2018-01-15T11:59:59Z", 500)],
)
def test_a_correction_counts_from_the_moment_it_became_known(
    ledger: Path, capsys: Read, known_at: str, absent: int
) -> None:
    rows = measured(capsys, ledger, *WINDOW, "--as-known-at", known_at)

    assert rows["often"]["absent_minutes"] == absent


def test_a_delivery_is_a_batch_with_its_source_and_counts(ledger: Path, capsys: Read) -> None:
    batches = answer(capsys, "ledger-batches", "ledger", "batches", "--ledger", ledger)["rows"]
    status = answer(capsys, "ledger-status", "ledger", "status", "--ledger", ledger)

    assert [(b["batch"], b["kind"], b["source"]) for b in batches[1:]] == [
        (1, "delivery", "files"),
        (2, "delivery", "files"),
    ]
    assert batches[1]["counts"]["marks"] == 30 * 3 + 20 + 9
    assert [(row["source"], row["deliveries"]) for row in status["rows"]] == [("files", 2)]


def test_the_stored_sums_are_verified(ledger: Path, capsys: Read) -> None:
    found = answer(capsys, "ledger-verify", "ledger", "verify", "--ledger", ledger)

    assert found["is_whole"]
    assert len(found["rows"]) > 3


def test_people_read_a_share_that_is_cut(ledger: Path, capsys: Read) -> None:
    from narvaro.cli import main

    assert main(["measure", *WINDOW, "--as-known-at", BEFORE, "--ledger", str(ledger)]) == 0

    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "16.6 %" in lines["often"]
    assert lines["idle"].rstrip().endswith("–")
