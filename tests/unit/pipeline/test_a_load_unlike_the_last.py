"""What is suddenly missing is named by school, and held where it is much."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from narvaro.errors import BadRequest, HeldForConfirmation
from narvaro.exchange import write_delivery
from narvaro.pipeline import Door, TakenIn, take_in

ARRIVED = datetime(2017, 9, 10, tzinfo=UTC)


def load(folder: Path, *, door: Door | None = None, **pupils: int) -> TakenIn:
    """Take in a roster with so many pupils at each school."""
    place = folder / "-".join(f"{school}{count}" for school, count in pupils.items())
    write_delivery(
        {
            "organisations": [
                {"organisation": school, "name": school, "kind": "school_unit"} for school in pupils
            ],
            "enrolments": [
                {"pupil": f"{school}{n}", "school": school, "starts_on": "2017-08-16"}
                for school, count in pupils.items()
                for n in range(count)
            ],
        },
        place,
    )
    return take_in(place, folder / "ledger", door or Door(arrived_at=ARRIVED))


def test_pupils_gone_missing_are_named_by_school(tmp_path: Path) -> None:
    load(tmp_path, a=100, b=100)

    taken = load(tmp_path, a=100, b=96)

    assert taken.unlike == ("4 pupils gone from b (96 against 100)",)


def test_five_gone_and_five_new_are_five_gone(tmp_path: Path) -> None:
    roster(tmp_path / "first", range(100))
    take_in(tmp_path / "first", tmp_path / "ledger", Door(arrived_at=ARRIVED))
    for name, numbers in (("second", range(5, 105)), ("third", range(5, 106))):
        roster(tmp_path / name, numbers)

    second = take_in(tmp_path / "second", tmp_path / "ledger", Door(arrived_at=ARRIVED))
    third = take_in(tmp_path / "third", tmp_path / "ledger", Door(arrived_at=ARRIVED))

    assert second.unlike == ("5 pupils gone from a (100 against 100)",)
    assert third.unlike == ()


def roster(folder: Path, numbers: range) -> None:
    """Write a roster of school `a` with the pupils of these numbers."""
    write_delivery(
        {
            "organisations": [{"organisation": "a", "name": "a", "kind": "school_unit"}],
            "enrolments": [
                {"pupil": f"a{n}", "school": "a", "starts_on": "2017-08-16"} for n in numbers
            ],
        },
        folder,
    )


def test_a_school_with_much_fewer_pupils_holds_the_load(tmp_path: Path) -> None:
    load(tmp_path, a=100, b=100)

    with pytest.raises(HeldForConfirmation, match="12 pupils gone from b"):
        load(tmp_path, a=100, b=88)


def test_a_silent_school_holds_the_load_until_it_is_confirmed(tmp_path: Path) -> None:
    load(tmp_path, a=500, b=20)

    with pytest.raises(HeldForConfirmation, match="no pupils at b against 20"):
        load(tmp_path, a=500)
    taken = load(tmp_path, door=Door(arrived_at=ARRIVED, confirm=True), a=500)

    assert taken.unlike == ("no pupils at b against 20",)
    assert load(tmp_path, a=501).unlike == ()


def test_the_limit_is_passed_only_beyond_it(tmp_path: Path) -> None:
    load(tmp_path, a=100)

    assert load(tmp_path, a=90).unlike == ("10 pupils gone from a (90 against 100)",)


def test_a_limit_is_kept_for_its_source(tmp_path: Path) -> None:
    load(tmp_path, door=Door(arrived_at=ARRIVED, fewer_limit=3), a=100)

    with pytest.raises(HeldForConfirmation, match="96 pupils against 100"):
        load(tmp_path, a=96)
    load(tmp_path, door=Door(source="other", arrived_at=ARRIVED), a=96)


def test_a_limit_of_a_hundred_per_cent_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        load(tmp_path, door=Door(fewer_limit=100), a=1)


def test_a_correction_in_between_is_not_what_the_next_load_is_held_against(tmp_path: Path) -> None:
    load(tmp_path, a=100)
    load(tmp_path, a=3)

    with pytest.raises(HeldForConfirmation, match="80 pupils against 100"):
        load(tmp_path, a=80)
