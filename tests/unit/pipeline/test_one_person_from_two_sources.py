"""A pupil known by a number in a file and by an id on a server is one pupil, in either order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.unit.sources.ss12000 import making

from narvaro.ledger import open_ledger
from narvaro.ledger.standing import enrolments, joins
from narvaro.measurement import measure
from narvaro.pipeline import Door, TakenIn, take_in_file, take_in_ss12000
from narvaro.sources.files import profile_from_text
from narvaro.sources.ss12000 import open_folder
from narvaro.timetable import parse_at

TEMPORARY = "20130508-TF01"
CIVIC = "20130508-0000"  # the check digit is wrong: nobody's number
ROWS = """
profile = "rows"
schema = 1
shape = "lessons"
file = { delimiter = ",", encoding = "utf-8" }
columns.pupil = { header = "pupil", identifier = "civic" }
columns.school = { header = "school" }
columns.group = { header = "group" }
columns.date = { header = "date" }
columns.starts = { header = "starts", form = "HH:mm" }
columns.minutes = { header = "minutes" }
columns.invalid_minutes = { header = "absent" }
acknowledgement.row_means = "yes"
"""
FIRST, SECOND = (datetime(2026, 9, day, tzinfo=UTC) for day in (10, 11))


def import_roster(folder: Path, at: datetime, number: str | None) -> TakenIn:
    more: dict[str, Any] = {"civicNo": {"value": number, "nationality": "SE"}} if number else {}
    pupil = making.person("p1", **more)
    pages = making.recorded(
        folder / f"pages-{at.day}", making.school(persons=[pupil, making.person("p2")])
    )
    return take_in_ss12000(
        open_folder(pages), folder / "ledger", Door(source="roster", arrived_at=at)
    )


def import_rows(folder: Path, at: datetime, number: str) -> TakenIn:
    path = folder / "rows.csv"
    row = f"{number},unit,X,2026-09-02,08:00,60,20"
    path.write_text(f"pupil,school,group,date,starts,minutes,absent\n{row}\n", encoding="utf-8")
    door = Door(source="rows", arrived_at=at)
    return take_in_file(path, profile_from_text(ROWS), folder / "ledger", door)


def absent(folder: Path) -> dict[str, int]:
    snapshot = open_ledger(folder / "ledger").snapshot()
    rows: list[Any] = list(measure(snapshot, window="month", at=parse_at("2026-09")))
    return {row.pupil: row.absent_minutes for row in rows}


def key_of(folder: Path, kind: str, value: str) -> str:
    ledger = open_ledger(folder / "ledger")
    return ledger.key_maker().key(ledger.authority_of("roster"), kind, value)


@pytest.mark.parametrize("number", [TEMPORARY, CIVIC])
def test_the_number_in_a_file_is_the_pupil_of_the_roster(number: str, tmp_path: Path) -> None:
    import_roster(tmp_path, FIRST, number)
    import_rows(tmp_path, SECOND, number)

    found = absent(tmp_path)

    assert len(found) == 2
    assert found[key_of(tmp_path, "pupil:roster", "p1")] == 20


def test_a_file_that_came_first_is_joined_when_the_roster_comes(tmp_path: Path) -> None:
    import_rows(tmp_path, FIRST, CIVIC)
    import_roster(tmp_path, SECOND, CIVIC)

    found = absent(tmp_path)

    assert len(found) == 2
    assert found[key_of(tmp_path, "civic", CIVIC.replace("-", ""))] == 20


def test_a_number_that_the_roster_learns_late_joins_the_two(tmp_path: Path) -> None:
    import_roster(tmp_path, FIRST, None)
    import_rows(tmp_path, FIRST, CIVIC)
    assert len(joins(open_ledger(tmp_path / "ledger").snapshot())) == 0

    import_roster(tmp_path, SECOND, CIVIC)

    snapshot = open_ledger(tmp_path / "ledger").snapshot()
    assert len(joins(snapshot)) == 1
    assert len({one.pupil for one in enrolments(snapshot, SECOND)}) == 2
    assert absent(tmp_path)[key_of(tmp_path, "pupil:roster", "p1")] == 20


def test_the_same_id_at_two_sources_is_not_one_person(tmp_path: Path) -> None:
    for source in ("one", "two"):
        pages = making.recorded(tmp_path / source, making.school())
        take_in_ss12000(open_folder(pages), tmp_path / "ledger", Door(source=source))

    snapshot = open_ledger(tmp_path / "ledger").snapshot()
    assert len({one.pupil for one in enrolments(snapshot, datetime.now(UTC))}) == 4


def test_what_is_remembered_of_a_source_holds_no_identifier(tmp_path: Path) -> None:
    import_roster(tmp_path, FIRST, CIVIC)
    import_rows(tmp_path, SECOND, CIVIC)

    for path in (tmp_path / "ledger" / "sources").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert "p1" not in text
        assert CIVIC not in text
        assert json.loads(text)["version"] == 1
