"""The page, the command line and the workbook say the same integers of the same pupils."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.cli import main
from narvaro.demo import generate
from narvaro.pipeline import Door, take_in
from narvaro.pipeline.reports import month_reports
from narvaro.programmes import load
from narvaro.reporting import month_report_xlsx
from narvaro.timetable import Month, end_of_day
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.pupils.models import Enrolment, Pupil

TODAY, MONTH = date(2026, 1, 15), Month.of(2025, 12)
KNOWN_AT = end_of_day(date(2026, 1, 14))
SCHOOL = "almskolan"
Minutes = tuple[int, int]
"""Absent and acknowledged."""


@dataclass(frozen=True)
class Invented:
    """A small invented municipality's ledger, and its programme's file."""

    ledger: Path
    programme: Path


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    """A few hundred pupils of a school year."""
    folder = tmp_path_factory.mktemp("same")
    made = generate(folder, pupils=300, schools=6, school_years=1, first_year=2025, until=TODAY)
    take_in(made.delivery, folder / "ledger", Door(arrived_at=KNOWN_AT))
    programmes = folder / "programmes"
    programmes.mkdir()
    text = (resources.files("narvaro.demo") / "linnasa.toml").read_text("utf-8")
    (programmes / "linnasa.toml").write_text(text, "utf-8")
    return Invented(folder / "ledger", programmes / "linnasa.toml")


def _by_command_line(
    invented: Invented, capsys: pytest.CaptureFixture[str]
) -> Mapping[str, Minutes]:
    words = ["measure", "--ledger", str(invented.ledger), "--window", "rolling-months:3"]
    words += ["--at", str(MONTH), "--as-known-at", KNOWN_AT.isoformat(), "--json"]
    assert main(words) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    return {row["pupil"]: (row["absent_minutes"], row["acknowledged_minutes"]) for row in rows}


def _by_workbook(invented: Invented) -> Mapping[str, Minutes]:
    from python_calamine import CalamineWorkbook

    reports = month_reports(
        invented.ledger, load(invented.programme), month=MONTH, known_at=KNOWN_AT
    )
    report = reports.school(SCHOOL)
    assert report is not None
    book = CalamineWorkbook.from_filelike(BytesIO(month_report_xlsx(report, audience="inside")))
    found: dict[str, Minutes] = {}
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            if _is_of_a_pupil(row):
                found.setdefault(str(row[0]), (_whole(row[2]), _whole(row[3])))
    return found


def _is_of_a_pupil(row: Sequence[Any]) -> bool:
    """A pupil's key, a class, and two whole numbers: the list of the flagged."""
    is_key = len(row) > 3 and re.fullmatch(r"[0-9a-f]{32}", str(row[0])) is not None
    return is_key and all(isinstance(one, float) and one == int(one) for one in row[2:4])


def _whole(cell: Any) -> int:
    return int(cell)


def _by_page(town: Town, keys: list[str]) -> Mapping[str, Minutes]:
    town.unit("almskolan/x", UnitKind.CLASS, under=SCHOOL)
    client = town.browser(Role.PRINCIPAL, SCHOOL)
    return {key: _of_page(town, client.get(_address(town, key)).content.decode()) for key in keys}


def _address(town: Town, key: str) -> str:
    pupil = Pupil.objects.create(authority=town.authority, key=key)
    Enrolment.objects.create(
        pupil=pupil, school_key=SCHOOL, class_key="almskolan/x", from_on=date(2025, 7, 1)
    )
    return f"/elever/{pupil.public_id}/"


def _of_page(_town: Town, said: str) -> Minutes:
    line = re.findall(r"Frånvaro, ([\d\s]+) av ([\d\s]+)</th><td>([\d\s]+?)\s*min", said)[0]
    absent, acknowledged, again = (int(re.sub(r"\D", "", one)) for one in line)
    assert absent == again
    return absent, acknowledged


@pytest.mark.django_db
def test_the_page_the_command_line_and_the_workbook_say_the_same_integers(
    invented: Invented,
    town: Town,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    settings.DEMO, settings.TODAY = True, TODAY
    settings.LEDGER, settings.PROGRAMME_FOLDER = invented.ledger, invented.programme.parent
    settings.DATA_FOLDER = tmp_path
    by_command = _by_command_line(invented, capsys)
    by_workbook = _by_workbook(invented)
    flagged = sorted(by_workbook)[:4]
    measured = [key for key in sorted(by_command) if by_command[key][1] and key not in by_workbook]

    by_page = _by_page(town, [*flagged, *_at_the_school(invented, measured)[:3]])

    assert len(flagged) >= 3
    assert {key: by_workbook[key] for key in flagged} == {key: by_page[key] for key in flagged}
    assert by_page == {key: by_command[key] for key in by_page}


def _at_the_school(invented: Invented, keys: list[str]) -> list[str]:
    reports = month_reports(
        invented.ledger, load(invented.programme), month=MONTH, known_at=KNOWN_AT
    )
    here = {one.pupil for one in reports.facts.by_school[SCHOOL]}
    return [key for key in keys if key in here]
