"""A live roster is whole every time: who is gone from it has left, unless it is too many."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.unit.sources.ss12000 import making

from narvaro.errors import HeldForConfirmation
from narvaro.ledger import open_ledger
from narvaro.ledger.standing import standing
from narvaro.measurement import measure
from narvaro.pipeline import Door, TakenIn, take_in_ss12000
from narvaro.timetable import parse_at

SINCE = date(2026, 8, 17)
LESSONS = [making.event(f"e{n}", day=f"2026-09-{n:02}") for n in (1, 8, 15)]


def load(world: making.Spoken, folder: Path, day: int, *, confirm: bool = False) -> TakenIn:
    at = datetime(2026, 9, day, 12, tzinfo=UTC)
    world.now = at
    door = Door(source="roster", arrived_at=at, confirm=confirm)
    return take_in_ss12000(world.open(), folder / "ledger", door, since=SINCE)


def ends(folder: Path, table: str) -> list[Any]:
    """The last days of what stands in a table, in the order of pupils."""
    snapshot = open_ledger(folder / "ledger").snapshot()
    known_at = datetime(2026, 12, 1, tzinfo=UTC)
    return [row["ends_on"] for row in standing(snapshot, table, known_at)]


def scheduled(folder: Path) -> list[int]:
    """Minutes of September, each pupil's, as known at the month's end."""
    snapshot = open_ledger(folder / "ledger").snapshot()
    known_at = datetime(2026, 10, 1, tzinfo=UTC)
    rows = measure(snapshot, window="month", at=parse_at("2026-09"), known_at=known_at)
    return sorted(row.scheduled_minutes for row in rows)


def pupils(count: int, first: int = 0) -> list[Any]:
    return [making.person(f"p{n}") for n in range(first, first + count)]


def big(count: int, first: int = 0) -> dict[str, list[Any]]:
    names = tuple(f"p{n}" for n in range(first, first + count))
    return making.school(
        persons=[*pupils(count, first), making.person("t1", school=None)],
        groups=[making.group(members=names)],
    )


def test_an_enrolment_that_is_gone_ends_the_day_before_it_was_found_out(tmp_path: Path) -> None:
    world = making.Spoken(making.school())
    load(world, tmp_path, 10)
    world.resources["persons"] = [making.person("p1")]

    taken = load(world, tmp_path, 12)

    assert sorted(ends(tmp_path, "enrolments"), key=str) == [date(2026, 9, 11), None]
    assert any("enrolments that the source no longer tells" in str(n) for n in taken.notices)
    assert load(world, tmp_path, 13).is_unchanged


def test_a_membership_that_is_gone_expects_nobody_at_later_lessons(tmp_path: Path) -> None:
    world = making.Spoken(making.school(calendarEvents=LESSONS))
    load(world, tmp_path, 10)
    world.resources["groups"] = [making.group(members=("p1",))]

    load(world, tmp_path, 12)

    assert sorted(ends(tmp_path, "group_memberships"), key=str) == [date(2026, 9, 11), None]
    load(world, tmp_path, 16)
    assert scheduled(tmp_path) == [120, 180]


def test_a_stay_that_is_told_better_is_not_told_twice(tmp_path: Path) -> None:
    world = making.Spoken(making.school())
    load(world, tmp_path, 10)
    earlier = [making.enrolment(startDate="2026-08-10")]
    world.resources["persons"][0] = making.person("p1", enrolments=earlier)

    load(world, tmp_path, 12)

    assert ends(tmp_path, "enrolments") == [None, None]


def test_many_that_are_gone_at_once_hold_the_load(tmp_path: Path) -> None:
    world = making.Spoken(big(100))
    load(world, tmp_path, 10)
    world.resources["groups"] = [making.group(members=tuple(f"p{n}" for n in range(80)))]

    with pytest.raises(HeldForConfirmation, match="20 of the 100 memberships"):
        load(world, tmp_path, 11)
    assert set(ends(tmp_path, "group_memberships")) == {None}
    load(world, tmp_path, 12, confirm=True)

    assert ends(tmp_path, "group_memberships").count(date(2026, 9, 11)) == 20


def test_nothing_is_ended_where_a_person_could_not_be_read(tmp_path: Path) -> None:
    world = making.Spoken(big(200))
    load(world, tmp_path, 10)
    world.resources["persons"] = [*pupils(199), making.person("p199", enrolments="?")]

    taken = load(world, tmp_path, 11)

    assert taken.left_out
    assert set(ends(tmp_path, "enrolments")) == {None}


def test_five_gone_and_five_new_are_seen(tmp_path: Path) -> None:
    world = making.Spoken(big(100))
    load(world, tmp_path, 10)
    world.resources |= big(100, first=5)

    taken = load(world, tmp_path, 11)

    assert taken.unlike == ("5 pupils gone from unit (100 against 100)",)
    assert load(world, tmp_path, 12).unlike == ()


def test_a_membership_that_ended_earlier_than_was_known_takes_its_bare_marks_along(
    tmp_path: Path,
) -> None:
    marks = [making.attendance(f"e{n}", "p1") for n in (1, 8)]
    world = making.Spoken(making.school(calendarEvents=LESSONS[:2], attendances=marks))
    load(world, tmp_path, 10)
    assert scheduled(tmp_path) == [120, 120]
    gone = making.group()
    gone["groupMemberships"][1]["endDate"] = "2026-09-04"
    world.resources["groups"] = [gone]

    load(world, tmp_path, 12)

    assert scheduled(tmp_path) == [60, 120]
