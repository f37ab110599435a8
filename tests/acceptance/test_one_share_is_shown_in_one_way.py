"""A pupil's share reads the same in the flag's reason, at the terminal, on the page and in the workbook.

500 of 3000 minutes are 16.666… per cent, which rounding and cutting tell apart.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.contracts import small_town
from tests.contracts.cli_contract import answer

from narvaro.cli import main

Read = pytest.CaptureFixture[str]
PROGRAMME = Path(small_town.__file__).with_name("own-programme.toml")
ASKED = ("--programme", PROGRAMME, "--at", "2017-12", "--as-known-at", "2018-01-10")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return small_town.settle(tmp_path)


def test_the_reason_the_terminal_the_page_and_the_workbook_agree(
    ledger: Path, tmp_path: Path, capsys: Read
) -> None:
    rows = answer(capsys, "flag", "flag", *ASKED, "--ledger", ledger)["rows"]
    reasons = {row["reason"]["sv"] for row in rows if row["pupil"] == "often"}
    asked = (*ASKED, "--ledger", ledger)
    assert main(["flag", *map(str, asked)]) == 0
    terminal = capsys.readouterr().out
    into = ("--school", "elementary", "--form", "html", "--form", "xlsx", "--into", tmp_path)
    assert main(["report", *map(str, (*asked, *into))]) == 0
    cells = [
        cell
        for sheet in load_workbook(next(tmp_path.glob("*.xlsx")))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    page = next(tmp_path.glob("*.html")).read_text(encoding="utf-8")

    assert reasons
    assert all("(16,6 %)" in reason for reason in reasons)
    assert "16.6 %" in terminal
    assert "16,6\N{NO-BREAK SPACE}%" in page
    assert 16.6 in cells
    assert 16.7 not in cells
    assert not re.search(r"16[.,]7", terminal + page)
