"""The approved pages. A difference is a decision: look at it, then write the new page down with

NARVARO_APPROVE=1 pytest tests/golden/reporting
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support import reports

from narvaro.reporting import (
    leaving_school,
    month_report_page,
    overview_page,
    pupil_page,
    school_page,
)

HERE = Path(__file__).parent
PAGES: dict[str, Callable[[], str]] = {
    "overview.sv.html": lambda: overview_page(reports.overview()),
    "school.sv.html": lambda: school_page(reports.school_report()),
    "school.en.html": lambda: school_page(reports.school_report(), "en"),
    "pupil.sv.html": lambda: pupil_page(reports.pupil()),
    "leaves-school.sv.html": lambda: month_report_page(
        leaving_school(reports.school_report()).report, audience="leaves_school"
    ),
}


def readable(page: str) -> str:
    """One element a line, without the inlined sheet, so that a difference can be read."""
    page = re.sub(r"<style>.*?</style>", "<style>…</style>", page, flags=re.DOTALL)
    return re.sub(r"(</(?:p|td|th|li|h\d|svg|section|tr|thead|a|text|rect)>)", r"\1\n", page)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_one_that_was_approved(name: str) -> None:
    page, approved = readable(PAGES[name]()), HERE / name
    if os.environ.get("NARVARO_APPROVE") == "1":
        approved.write_text(page, encoding="utf-8")

    assert page == approved.read_text(encoding="utf-8")
