"""What the tables of the manual do not already say of registration."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from narvaro.errors import BadRequest
from narvaro.exchange import read_delivery, write_delivery
from narvaro.ledger import Alias, How, Snapshot, open_or_make
from narvaro.measurement import groups, measure, spells
from narvaro.quality import contradictions, registration
from narvaro.timetable import Period

ZONE = ZoneInfo("Europe/Stockholm")
SEPTEMBER = Period(date(2017, 9, 1), date(2017, 9, 30))
WINDOW = str(SEPTEMBER)


def told(folder: Path, aliases: tuple[Alias, ...] = (), **tables: list[dict[str, object]]) -> None:
    """Add a delivery to the folder's ledger; lessons begin at eight unless they say otherwise."""
    number = len(list(folder.glob("told-*")))
    path = write_delivery(tables, folder / f"told-{number}")
    arrived_at = datetime(2018, 7, 1 + number, tzinfo=ZONE)
    staged = read_delivery(path, into=folder / f"staged-{number}", arrived_at=arrived_at)
    how = How(arrived_at=arrived_at, keys_as_given=True, aliases=aliases)
    open_or_make(folder / "ledger").ingest(staged, how)


def snapshot(folder: Path) -> Snapshot:
    return open_or_make(folder / "ledger").snapshot()


def enrolment(pupil: str, grade: str = "1", class_: str = "1a") -> dict[str, object]:
    starts_on = date(2017, 8, 1)
    place: dict[str, object] = {"pupil": pupil, "school": "s", "starts_on": starts_on}
    return place | {"grade": grade, "class": class_}


def lesson(key: str, day: int, hour: int = 8, **more: object) -> dict[str, object]:
    starts_at = datetime(2017, 9, day, hour, tzinfo=ZONE)
    row: dict[str, object] = {"lesson": key, "school": "s", "starts_at": starts_at, "minutes": 60}
    return row | {"acknowledged": "yes"} | more


SCHOOL: list[dict[str, object]] = [{"organisation": "s", "name": "S", "kind": "school_unit"}]


def test_preschool_children_lack_no_timetable(tmp_path: Path) -> None:
    told(
        tmp_path,
        organisations=SCHOOL,
        enrolments=[enrolment("a"), enrolment("b"), enrolment("c", grade="preschool")],
        lessons=[lesson("L", 4)],
        marks=[{"lesson": "L", "pupil": "a"}],
    )

    (row,) = registration(snapshot(tmp_path), window=SEPTEMBER)

    assert (row.pupils, row.pupils_without_timetable) == (2, 1)


def test_a_way_that_there_is_not_is_refused(tmp_path: Path) -> None:
    told(tmp_path, organisations=SCHOOL)

    with pytest.raises(BadRequest):
        registration(snapshot(tmp_path), window=SEPTEMBER, by="day")  # type: ignore[arg-type]
    with pytest.raises(BadRequest):
        groups(snapshot(tmp_path), window=WINDOW, by="moon")  # type: ignore[arg-type]


def test_two_keys_of_one_pupil_are_one_pupil_in_every_list(tmp_path: Path) -> None:
    """A temporary number became a real one between two lessons, the second during the first."""
    told(
        tmp_path,
        (Alias("temporary", "number", "alias-1"),),
        organisations=SCHOOL,
        enrolments=[enrolment("temporary")],
        lessons=[lesson("first", 4), lesson("second", 4, 8)],
        marks=[{"lesson": "first", "pupil": "temporary", "valid_minutes": 60}],
    )
    told(
        tmp_path,
        (Alias("real", "number", "alias-1"),),
        marks=[{"lesson": "second", "pupil": "real", "valid_minutes": 60}],
    )
    found = snapshot(tmp_path)

    (row,) = spells(found, window=WINDOW)
    assert row.spells is not None
    assert (row.spells.occasions, row.spells.longest_lessons) == (1, 2)
    assert [one.kind for one in contradictions(found, window=SEPTEMBER)] == ["two_lessons_at_once"]
    assert [one.pupils for one in groups(found, window=WINDOW, by="class")] == [1]
    assert len(measure(found, window=WINDOW)) == 1
