"""A ledger with nothing in it answers in the very form of a full one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contracts.cli_contract import SCHEMAS, answer, refusal, schema

from narvaro.ledger import open_or_make

Read = pytest.CaptureFixture[str]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return open_or_make(tmp_path / "ledger").folder


@pytest.mark.parametrize("name", sorted(path.stem for path in SCHEMAS.glob("*.json")))
def test_every_schema_is_a_schema(name: str) -> None:
    validator = schema(name)

    validator.check_schema(validator.schema)


def test_nobody_is_measured(ledger: Path, capsys: Read) -> None:
    words = ("measure", "--window", "month", "--at", "2017-12", "--ledger", ledger)

    assert answer(capsys, "measure", *words)["rows"] == []


def test_the_making_of_a_ledger_is_its_first_batch(ledger: Path, capsys: Read) -> None:
    rows = answer(capsys, "ledger-batches", "ledger", "batches", "--ledger", ledger)["rows"]

    assert [(row["batch"], row["kind"], row["rows"]) for row in rows] == [(0, "made", 0)]


@pytest.mark.parametrize("words", [("ledger", "batches"), ("measure", "--window", "month")])
def test_a_ledger_that_is_not_there_is_told(
    tmp_path: Path, capsys: Read, words: tuple[str, ...]
) -> None:
    error = refusal(capsys, *words, "--ledger", tmp_path / "nowhere")

    assert (error["kind"], error["exit_code"]) == ("not_found", 5)


def test_the_environment_names_the_ledger(
    ledger: Path, capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARVARO_LEDGER", str(ledger))

    assert answer(capsys, "ledger-batches", "ledger", "batches")["rows"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("measure", "--window", "fortnight"), "That is not a window."),
        (("measure", "--window", "month", "--at", "2017-13"), "can be asked about"),
        (("measure", "--window", "month", "--as-known-at", "2017-12-01T08:00"), "no offset"),
        (("measure",), "--window"),
        (("measure", "--window", "month", "--by", "moon"), "'pupil', 'school'"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_with_its_remedy(
    ledger: Path, capsys: Read, words: tuple[str, ...], said: str
) -> None:
    error = refusal(capsys, *words, "--ledger", ledger)

    assert error["exit_code"] == 2
    assert said in error["message"]
    assert error["remedy"]


def test_an_empty_ledger_is_whole_compact_and_silent(ledger: Path, capsys: Read) -> None:
    status = answer(capsys, "ledger-status", "ledger", "status", "--ledger", ledger)
    verified = answer(capsys, "ledger-verify", "ledger", "verify", "--ledger", ledger)
    compacted = answer(capsys, "ledger-compact", "ledger", "compact", "--ledger", ledger)

    assert (status["rows"], status["newest_recorded_at"]) == ([], None)
    assert verified["is_whole"]
    assert compacted["rows"] == []


def test_nobody_is_disposed_of_without_confirmation(
    ledger: Path, tmp_path: Path, capsys: Read
) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text("one-key\n\none-key\nanother-key\n", encoding="utf-8")
    words = ("ledger", "dispose", "--pupils", keys, "--rule", "a rule", "--ledger", ledger)

    held = refusal(capsys, *words)
    unknown = refusal(capsys, *words, "--confirm")

    assert held["exit_code"] == 4
    assert held["message"].startswith("2 pupils would be removed")
    assert unknown["exit_code"] == 5
    assert "one-key" not in str(unknown)
