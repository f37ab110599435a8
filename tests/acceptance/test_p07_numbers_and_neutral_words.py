"""P7: gut feeling; "oroande frånvaro" was read differently at each school.

The same numbers give the same outcome everywhere, said in numbers and in neutral words, and the
lessons behind them add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.town import asked, by_pupil, printed, told

from narvaro.cli.command import Command
from narvaro.cli.commands import COMMANDS

TWO_SCHOOLS = """
    pupil  | school | on         | days | minutes | invalid
    at the | One    | 2017-11-01 | 20   | 300     | 45
    same   | Other  | 2017-11-01 | 20   | 300     | 45
    below  | Other  | 2017-11-01 | 19   | 300     | 45
    below  | Other  | 2017-11-28 | 1    | 300     | 44
"""
JUDGEMENTS = (
    "oroande",
    "hemmasittare",
    "problematisk",
    "skolk",
    "alarm",
    "worrying",
    "concerning",
    "truan",
    "problematic",
)
NOVEMBER = ("--programme", "boras-2016", "--at", "2017-11")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told(tmp_path, attendance=TWO_SCHOOLS)


@pytest.fixture
def rows(ledger: Path) -> dict[str, dict[str, Any]]:
    return by_pupil(asked(ledger, "flag", *NOVEMBER))


def test_the_same_minutes_give_the_same_outcome_at_every_school(
    rows: dict[str, dict[str, Any]],
) -> None:
    outcomes = {pupil: (row["outcome"], row["certainty"]) for pupil, row in rows.items()}

    assert outcomes == {
        "at the": ("flagged", "certain"),
        "same": ("flagged", "certain"),
        "below": ("not_flagged", "certain"),
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_reason_is_said_in_numbers(rows: dict[str, dict[str, Any]], language: str) -> None:
    digits = "".join(sign for sign in rows["same"]["reason"][language] if not sign.isspace())

    assert "900" in digits
    assert "6000" in digits
    assert "15" in digits


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_reason_judges_nobody(rows: dict[str, dict[str, Any]], language: str) -> None:
    for row in rows.values():
        assert not judged(row["reason"][language])


@pytest.mark.parametrize("command", ["flag", "explain", "measure"])
def test_what_is_printed_judges_nobody(ledger: Path, command: str) -> None:
    question = {
        "flag": ["flag", *NOVEMBER, "--all"],
        "explain": ["explain", "--pupil", "same", *NOVEMBER],
        "measure": ["measure", "--window", "month", "--at", "2017-11"],
    }[command]

    code, said = printed(*question, "--ledger", ledger, "--as-known-at", "2018-09-01")

    assert code == 0
    assert not judged(said)


def test_no_help_page_judges_anybody() -> None:
    assert not [words for words in every_command() if judged(printed(*words, "--help")[1])]


def every_command() -> Iterator[list[str]]:
    for command in COMMANDS:
        yield [command.name]
        if not isinstance(command, Command):
            yield from ([command.name, one.name] for one in command.commands)


def test_the_lessons_behind_a_flag_add_up_to_it(
    ledger: Path, rows: dict[str, dict[str, Any]]
) -> None:
    lessons = asked(ledger, "explain", "--pupil", "below", *NOVEMBER)

    for kind in ("scheduled_minutes", "acknowledged_minutes", "absent_minutes"):
        assert sum(lesson[kind] for lesson in lessons) == rows["below"][kind]


def judged(text: str) -> list[str]:
    return [word for word in JUDGEMENTS if word in text.lower()]
