"""Programmes on the command line: the shipped ones, and a municipality's own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from tests.contracts.cli_contract import answer, refusal

from narvaro.cli import main
from narvaro.programmes import programme_ids

Read = pytest.CaptureFixture[str]


def test_every_shipped_programme_is_listed_and_sound(capsys: Read) -> None:
    listed = answer(capsys, "programme-list", "programme", "list")["rows"]
    checked = answer(capsys, "programme-check", "programme", "check")["rows"]

    assert [row["programme"] for row in listed] == list(programme_ids())
    assert [row["programme"] for row in checked] == list(programme_ids())


@pytest.mark.parametrize("programme", programme_ids())
def test_every_shipped_programme_is_shown(programme: str, capsys: Read) -> None:
    found = answer(capsys, "programme-show", "programme", "show", programme)
    code = main(["programme", "show", programme])

    told = capsys.readouterr().out
    assert code == 0
    assert found["programme"] == programme
    assert all(rule["words"]["en"] in told for rule in found["rows"])
    assert all(assumption["text"]["en"] in told for assumption in found["assumptions"])
    assert found["rows"] or "Rules: none" in told


def test_limits_are_exact_decimal_text(capsys: Read) -> None:
    rules = answer(capsys, "programme-show", "programme", "show", "boras-2018")["rows"]

    assert [(rule["rule"], rule["operator"], rule["limit"]) for rule in rules] == [
        ("three-months", ">=", "15"),
        ("calendar-month", ">=", "25"),
    ]


def test_a_faulty_programme_is_refused_with_every_fault(tmp_path: Path, capsys: Read) -> None:
    shipped = resources.files("narvaro.programmes") / "library" / "boras-2018.toml"
    own = tmp_path / "own.toml"
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text.replace("limit = 15", "limit = 150") + "\n[moon]\n", encoding="utf-8")

    error = refusal(capsys, "programme", "check", own)

    assert (error["kind"], error["exit_code"]) == ("input_refused", 3)
    assert error["fault_count"] == 2
    assert all(fault["line"] and fault["remedy"] for fault in error["faults"])


def test_an_unknown_programme_names_those_there_are(capsys: Read) -> None:
    error = refusal(capsys, "programme", "show", "moon")

    assert error["exit_code"] == 2
    assert "boras-2018" in error["remedy"]
