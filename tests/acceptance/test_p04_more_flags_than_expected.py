"""P4: far more pupils were flagged than expected.

A limit can be tried on real figures, with the hours it takes, before it is switched on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.town import asked, told

PUPILS = 14
NOVEMBER = ("whatif", "--from", "2017-11")


def class_with_every_share() -> str:
    """Pupil n is absent n * 10 of 300 minutes every day: 0 %, 3.3 %, 6.7 % … 43.3 %."""
    rows = [f"p{n} | L | 2017-11-01 | 20 | 300 | {n * 10}" for n in range(PUPILS)]
    return "\n".join(["pupil | lesson | on | days | minutes | absent", *rows])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told(tmp_path, attendance=class_with_every_share())


def flags_by_limit(rows: list[dict[str, Any]]) -> dict[int, int]:
    return {percent(row): row["flags"] for row in rows if row["window"] == "month"}


def percent(row: dict[str, Any]) -> int:
    return int(row["limit"]["numerator"] * 100 // row["limit"]["denominator"])


def test_sixty_rules_are_tried_at_once(ledger: Path) -> None:
    assert len(asked(ledger, *NOVEMBER)) == 60


def test_the_limit_says_how_many_pupils_it_gives(ledger: Path) -> None:
    rows = asked(ledger, *NOVEMBER, "--limits", "10,15,20,25")

    assert flags_by_limit(rows) == {10: 11, 15: 9, 20: 8, 25: 6}


def test_more_than_is_not_at_least(ledger: Path) -> None:
    rows = asked(ledger, *NOVEMBER, "--limits", "10,15,20,25", "--operator", ">")

    assert flags_by_limit(rows) == {10: 10, 15: 9, 20: 7, 25: 6}


def test_the_hours_follow_from_the_minutes_a_flag_takes(ledger: Path) -> None:
    rows = asked(ledger, *NOVEMBER, "--limits", "10", "--minutes-per-flag", "90")
    hours = next(row["hours"] for row in rows if row["window"] == "month")

    assert hours["numerator"] * 2 == 11 * 3 * hours["denominator"]


def test_a_rule_that_exists_gives_exactly_the_flags_of_its_month_end(ledger: Path) -> None:
    flagged = asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11")
    tried = asked(ledger, *NOVEMBER, "--programme", "boras-2016")
    of_the_rule = [
        row["flags"]
        for row in tried
        if (row["window"], row["operator"], percent(row)) == ("rolling-months:3", ">=", 15)
    ]

    assert of_the_rule
    assert set(of_the_rule) == {sum(row["outcome"] == "flagged" for row in flagged)}
