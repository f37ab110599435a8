"""P3: not all data were in correctly at all measuring periods.

Every figure carries its coverage, and what is covered too little is told apart from "not flagged".
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.town import asked, by_pupil, by_school, told

HALF_REGISTERED = """
    pupil   | school  | on         | days | minutes | absent | acknowledged
    careful | Careful | 2017-11-01 | 20   | 300     | 30     | yes
    patchy  | Patchy  | 2017-11-01 | 8    | 300     | 40     | yes
    patchy  | Patchy  | 2017-11-13 | 12   | 300     |        | no
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told(tmp_path, attendance=HALF_REGISTERED)


def test_every_figure_of_a_school_and_month_carries_its_coverage(ledger: Path) -> None:
    rows = asked(ledger, "measure", "--window", "month", "--at", "2017-11", "--by", "school")

    assert {row["school"]: row["coverage"] for row in rows} == {
        "Careful": {"numerator": 6000, "denominator": 6000},
        "Patchy": {"numerator": 2400, "denominator": 6000},
    }


def test_lessons_that_nobody_acknowledged_are_neither_presence_nor_absence(ledger: Path) -> None:
    patchy = by_pupil(asked(ledger, "measure", "--window", "month", "--at", "2017-11"))["patchy"]

    assert patchy["share"] == {"numerator": 320, "denominator": 2400}
    assert patchy["low"] == {"numerator": 320, "denominator": 6000}
    assert patchy["high"] == {"numerator": 320 + 3600, "denominator": 6000}


def test_too_little_acknowledged_is_a_third_outcome(ledger: Path) -> None:
    rows = by_pupil(asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11"))

    assert rows["careful"]["outcome"] == "not_flagged"
    assert rows["careful"]["certainty"] == "certain"
    assert rows["patchy"]["outcome"] == "cannot_tell"
    assert rows["patchy"]["why"] == "too_little_acknowledged"


def test_a_month_with_too_little_acknowledged_is_marked_unusable_with_its_range(
    ledger: Path,
) -> None:
    schools = by_school(asked(ledger, "quality", "--show", "verdicts", "--at", "2017-11"))
    patchy = schools["Patchy"]

    assert schools["Careful"]["usable"]
    assert (patchy["usable"], patchy["why"]) == (False, "too_little_acknowledged")
    assert patchy["acknowledged_by_lessons"] == {"numerator": 8, "denominator": 20}
    assert (patchy["low"]["numerator"], patchy["high"]["numerator"]) == (320, 3920)


def test_a_later_acknowledgement_makes_the_month_usable_from_then_on(tmp_path: Path) -> None:
    ledger = told(
        tmp_path,
        attendance="""
            pupil  | school | on         | days | minutes | absent | acknowledged | recorded
            patchy | Patchy | 2017-11-01 | 20   | 300     |        | no           | 2017-11-30 08:00
            patchy | Patchy | 2017-11-01 | 20   | 300     | 30     | yes          | 2017-12-08 08:00
        """,
    )
    question = ("flag", "--programme", "boras-2016", "--at", "2017-11")

    before = by_pupil(asked(ledger, *question, as_known_at="2017-12-07"))["patchy"]
    after = by_pupil(asked(ledger, *question, as_known_at="2017-12-08"))["patchy"]

    assert (before["outcome"], before["share"]) == ("cannot_tell", None)
    assert (after["outcome"], after["share"]["numerator"]) == ("not_flagged", 600)
