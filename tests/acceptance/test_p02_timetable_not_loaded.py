"""P2: the timetable was not finished, and registration began in February.

"No timetable" is a state, not 0 % absence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.town import asked, by_pupil, by_school, told

AUTUMN_AND_SPRING = """
    pupil   | school | on         | days | minutes | absent
    on time | Ready  | 2017-11-01 | 20   | 300     | 30
    on time | Ready  | 2017-12-01 | 10   | 300     | 30
    on time | Ready  | 2018-02-01 | 15   | 300     | 30
    waiting | Late   | 2018-02-01 | 15   | 300     | 60
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told(tmp_path, attendance=AUTUMN_AND_SPRING)


def test_without_a_timetable_there_is_no_share_and_no_bound(ledger: Path) -> None:
    waiting = by_pupil(asked(ledger, "measure", "--window", "month", "--at", "2017-11"))["waiting"]

    assert waiting["scheduled_minutes"] == 0
    assert [waiting[name] for name in ("share", "low", "high", "coverage")] == [None] * 4


def test_without_a_timetable_the_outcome_is_cannot_tell(ledger: Path) -> None:
    rows = asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11")

    assert by_pupil(rows)["waiting"]["outcome"] == "cannot_tell"
    assert by_pupil(rows)["waiting"]["why"] == "no_lessons"
    assert by_pupil(rows)["on time"]["outcome"] == "not_flagged"


def test_the_first_spring_window_names_the_months_without_lessons(ledger: Path) -> None:
    rows = asked(ledger, "flag", "--programme", "boras-2018", "--at", "2018-02")
    waiting = [row for row in rows if row["pupil"] == "waiting"]

    assert {row["rule"]: row["incomplete_months"] for row in waiting} == {
        "three-months": ["2017-12", "2018-01"],
        "calendar-month": [],
    }
    assert {row["rule"]: row["outcome"] for row in waiting} == {
        "three-months": "flagged",
        "calendar-month": "not_flagged",
    }


def test_a_school_without_a_timetable_has_that_as_its_state(ledger: Path) -> None:
    def late(at: str) -> dict[str, Any]:
        return by_school(asked(ledger, "quality", "--show", "status", "--at", at))["Late"]

    assert late("2017-11")["status"] == "timetable_not_loaded"
    assert late("2017-11")["acknowledged_by_time"] is None
    assert late("2018-02")["first_lesson"] == "2018-02-01"


def test_a_month_without_a_timetable_is_not_usable_and_says_why(ledger: Path) -> None:
    schools = by_school(asked(ledger, "quality", "--show", "verdicts", "--at", "2017-11"))

    assert (schools["Late"]["usable"], schools["Late"]["why"]) == (False, "no_lessons")
    assert "schemat är inte inläst" in schools["Late"]["reason"]["sv"]
    assert schools["Ready"]["usable"]


def test_a_timetable_told_of_in_february_does_not_change_what_was_known_before(
    tmp_path: Path,
) -> None:
    ledger = told(
        tmp_path,
        enrolments="""
            pupil   | school | class | grade | starts_on
            waiting | Late   | 1a    | 1     | 2017-08-16
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | recorded_at
            L      | Late   | 1a    | 2017-11-01 08:00 | 60      | 2018-02-01 12:00
        """,
    )
    question = ("measure", "--window", "month", "--at", "2017-11")

    before = by_pupil(asked(ledger, *question, as_known_at="2018-01-31"))["waiting"]
    after = by_pupil(asked(ledger, *question, as_known_at="2018-02-01"))["waiting"]

    assert (before["scheduled_minutes"], before["coverage"]) == (0, None)
    assert after["coverage"] == {"numerator": 0, "denominator": 60}
    assert after["share"] is None
