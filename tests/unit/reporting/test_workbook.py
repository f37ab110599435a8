"""The workbook read back: numbers are numbers, texts are texts, nothing is a formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.support import reports

from narvaro.reporting import leaving_school, month_report_xlsx
from narvaro.reporting.content import Text


def opened(data: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def table(rows: list[list[Any]], heading: str) -> list[list[Any]]:
    start = next(n for n, row in enumerate(rows) if row[0] == heading)
    return rows[start + 1 :]


def inside() -> dict[str, list[list[Any]]]:
    return opened(month_report_xlsx(reports.school_report(), audience="inside"))


def test_there_is_a_sheet_for_each_table() -> None:
    assert list(inside()) == [
        "Om rapporten",
        "Kvitterat",
        "Fördelning",
        "Utveckling",
        "In och ut",
        "Listan",
        "Stadium och kön",
        "Så räknas det",
    ]


def test_numbers_are_numbers_and_shares_stay_on_their_side_of_the_limit() -> None:
    row = next(row for row in table(inside()["Listan"], "Elev") if row[0] == "9C-11")
    first = table(inside()["Utveckling"], "Månad")[0]

    assert row[2:5] == [2597, 17310, 15.002]
    assert first == [datetime(2025, 10, 1), 39, 406, 9.6, 88.1]  # noqa: DTZ001


def test_a_share_just_below_the_limit_is_not_written_as_the_limit() -> None:
    report = reports.school_report()
    low = replace(report.flagged[0], absent_minutes=14_996, acknowledged_minutes=100_000)
    sheets = opened(month_report_xlsx(replace(report, flagged=(low,)), audience="inside"))

    assert table(sheets["Listan"], "Elev")[0][4] == 14.9


@pytest.mark.parametrize("hostile", ["=1+1", "+46", "-2", "@SUM(A1)", "http://x", "007", "a\x00b"])
def test_a_key_that_looks_like_a_formula_or_a_number_is_text(hostile: str) -> None:
    report = reports.school_report()
    row = replace(report.flagged[0], pupil=hostile, group=hostile, reason=Text(hostile, hostile))
    data = month_report_xlsx(replace(report, flagged=(row,)), audience="inside")
    cells = [c for row in load_workbook(BytesIO(data))["Listan"].iter_rows() for c in row]

    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    shown = hostile.replace("\x00", "\ufffd")
    assert [cell.value for cell in cells].count(shown) == 3


def test_what_leaves_has_no_pupils_and_says_what_is_not_shown() -> None:
    report = leaving_school(reports.school_report()).report
    sheets = opened(month_report_xlsx(report, audience="leaves_school", small_limit=5))
    stages = table(sheets["Stadium och kön"], "Stadium")

    assert "Listan" not in sheets
    assert ["7–9", "Kön saknas", "visas inte", "visas inte", None] in stages
    assert table(sheets["In och ut"], "Riktning") == [["in", "visas inte"], ["ut", "visas inte"]]
    assert any("färre än 5 elever" in str(row[0]) for row in sheets["Stadium och kön"])


def test_the_same_report_is_the_same_file() -> None:
    report = reports.school_report()

    assert month_report_xlsx(report, audience="inside") == month_report_xlsx(
        report, audience="inside"
    )
