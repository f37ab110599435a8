from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.programmes.law import read_law
from narvaro.programmes.law.reference import write_reference
from narvaro.programmes.law.schema import LAW_TABLES, LAW_TOP

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "law.md"
EXPLAINED = PAGE.parents[1] / "law" / "how-the-law-is-kept.md"


def test_the_page_is_fresh() -> None:
    wanted = "python -m narvaro.programmes.law.reference > docs/reference/law.md"
    assert PAGE.read_text("utf-8") == write_reference(), f"Run: {wanted}"


@pytest.mark.parametrize(
    "key", [key.name for table in (LAW_TOP, *LAW_TABLES) for key in table.keys]
)
def test_every_key_is_documented(key: str) -> None:
    assert f"| `{key}` |" in PAGE.read_text("utf-8")


def test_what_is_not_verified_is_marked_as_often_as_it_occurs() -> None:
    law = read_law()
    unverified = [duty for duty in law.duties if not duty.verified]
    unverified_days = [day for day in law.dates if not day.verified]
    marks = PAGE.read_text("utf-8").count("**Not verified**")
    assert marks == len(unverified) + len(unverified_days) > 0


def test_the_explanation_says_that_a_concern_report_waits_for_nobody() -> None:
    assert "**A concern report is never gated.**" in EXPLAINED.read_text("utf-8")
