"""P5: staff did not treat sickness and granted leave as absence with consequences.

Total absence drives the rule; valid and invalid are shown and never used to take minutes away.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.town import asked, by_pupil, printed, told
from tests.spec.adapter import programme_toml
from tests.spec.cases import programme, rule

SAME_ABSENCE = """
    pupil     | on         | days | minutes | valid | invalid | unclassified | other
    sick      | 2017-11-01 | 20   | 300     | 60    |         |              |
    skipping  | 2017-11-01 | 20   | 300     |       | 60      |              |
    not said  | 2017-11-01 | 20   | 300     |       |         | 60           |
    all three | 2017-11-01 | 20   | 300     | 20    | 20      | 20           |
    on a trip | 2017-11-01 | 20   | 300     |       |         |              | 60
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return told(tmp_path, attendance=SAME_ABSENCE)


def test_the_same_minutes_away_give_the_same_outcome_whatever_the_reason(ledger: Path) -> None:
    rows = by_pupil(asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11"))

    assert {pupil: row["outcome"] for pupil, row in rows.items()} == {
        "sick": "flagged",
        "skipping": "flagged",
        "not said": "flagged",
        "all three": "flagged",
        "on a trip": "not_flagged",
    }


def test_the_kinds_of_absence_are_shown_beside_their_sum(ledger: Path) -> None:
    rows = by_pupil(asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11"))
    kinds = ("valid_minutes", "invalid_minutes", "unclassified_minutes", "absent_minutes")

    assert [rows["sick"][kind] for kind in kinds] == [1200, 0, 0, 1200]
    assert [rows["all three"][kind] for kind in kinds] == [400, 400, 400, 1200]


def test_granted_leave_counts_and_is_shown_as_a_part_of_valid_absence(tmp_path: Path) -> None:
    ledger = told(
        tmp_path,
        lessons="""
            lesson | school | starts_at        | minutes | acknowledged
            L      | School | 2017-11-01 08:00 | 300     | yes
        """,
        marks="""
            lesson | pupil | valid_minutes | reason
            L      | away  | 300           | leave
        """,
    )
    away = by_pupil(asked(ledger, "flag", "--programme", "boras-2016", "--at", "2017-11"))["away"]

    assert away["outcome"] == "flagged"
    assert (away["valid_minutes"], away["leave_minutes"]) == (300, 300)


def test_a_rule_that_counts_only_invalid_absence_is_refused_with_the_reason(tmp_path: Path) -> None:
    only_invalid = rule("15", "month", measure="invalid-absence")
    path = tmp_path / "only-invalid.toml"
    path.write_text(programme_toml(programme(only_invalid)), encoding="utf-8")

    code, said = printed("programme", "check", path)

    assert code == 3
    assert "sickness" in said.lower() or "valid" in said.lower()
