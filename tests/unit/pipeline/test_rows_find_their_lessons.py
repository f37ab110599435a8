"""Rows of one system, lessons of another: which row finds which lesson, and why some find none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.unit.pipeline.roster import import_marks, import_roster

from narvaro.errors import InputRefused
from narvaro.ledger import open_ledger
from narvaro.measurement import measure
from narvaro.pipeline import TakenIn
from narvaro.timetable import parse_at

DAY = "2017-09-04"
GOOD = f"anna,a,,,{DAY},08:00,10"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled")
    import_roster(folder)
    return folder


@pytest.fixture
def ledger(settled: Path, tmp_path: Path) -> Path:
    """The roster's ledger, each test its own."""
    shutil.copytree(settled, tmp_path, dirs_exist_ok=True)
    return tmp_path / "ledger"


def told(taken: TakenIn) -> dict[str, tuple[int, ...]]:
    return {one.reason: one.lines for one in taken.left_out}


def minutes(ledger: Path, pupil: str) -> tuple[int, int, int]:
    opened = open_ledger(ledger)
    key = opened.key_maker().key(opened.authority_of("roster"), "pupil:roster", pupil)
    rows: list[Any] = list(measure(opened.snapshot(), window="week", at=parse_at("2017-09-08")))
    (row,) = (row for row in rows if row.pupil == key)
    return row.scheduled_minutes, row.acknowledged_minutes, row.absent_minutes


def test_a_row_finds_the_lesson_of_the_pupils_group(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, GOOD)

    assert taken.left_out == ()
    assert minutes(ledger, "anna") == (120, 40, 10)


def test_a_member_without_a_row_is_expected_and_was_there(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, GOOD)

    assert minutes(ledger, "bo") == (160, 40, 0)
    assert any("members of these lessons have no row" in str(one) for one in taken.notices)


def test_a_school_is_found_by_its_name_too(ledger: Path, tmp_path: Path) -> None:
    import_marks(tmp_path, ledger, f"anna,school A,,,{DAY},10:00,5")

    assert minutes(ledger, "anna") == (120, 40, 5)


def test_of_two_lessons_at_once_the_named_group_decides(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, f"bo,a,bi,,{DAY},09:00,7", GOOD)

    assert taken.left_out == ()
    assert minutes(ledger, "bo") == (160, 80, 7)


def test_of_two_lessons_at_once_nobody_guesses(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, f"bo,a,,,{DAY},09:00,7", GOOD)

    assert told(taken) == {"more than one lesson could be meant": (2,)}


def test_a_group_the_roster_knows_must_be_the_lessons(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, f"anna,a,mu,,{DAY},08:00,7", GOOD.replace("08", "10"))

    assert told(taken) == {
        "the lessons that start then are of another group, class or subject": (2,)
    }


def test_a_group_the_roster_does_not_know_says_nothing(ledger: Path, tmp_path: Path) -> None:
    assert import_marks(tmp_path, ledger, f"anna,a,MATTE 1,,{DAY},08:00,7").left_out == ()


def test_a_pupil_without_membership_counts_where_the_row_names_the_group(
    ledger: Path, tmp_path: Path
) -> None:
    taken = import_marks(tmp_path, ledger, f"cia,a,ma,,{DAY},08:00,7")

    assert minutes(ledger, "cia") == (80, 40, 7)
    assert any("not a member" in str(one) and "line 2" in str(one) for one in taken.notices)


def test_a_pupil_without_membership_is_set_aside_where_nothing_tells_the_lesson(
    ledger: Path, tmp_path: Path
) -> None:
    taken = import_marks(tmp_path, ledger, f"cia,a,,,{DAY},08:00,7", GOOD)

    assert told(taken) == {"the pupil is in no group or class with a lesson then": (2,)}
    assert minutes(ledger, "cia") == (40, 0, 0)


def test_rows_that_cannot_be_are_set_aside_with_their_lines(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(
        tmp_path,
        ledger,
        GOOD,
        f"anna,a,,,{DAY},10:00,41",
        f"bo,a,,,{DAY},08:00,5",
        f"bo,a,ma,,{DAY},08:00,6",
        f"eva,a,,,{DAY},08:00,1",
        f"anna,c,,,{DAY},08:00,1",
        f"anna,a,,,{DAY},11:00,1",
    )

    assert told(taken) == {
        "the roster knows no school by that name, code or key": (7,),
        "the pupil is not in the roster": (6,),
        "the roster has no lesson at the school that starts then": (8,),
        "more minutes than the lesson has": (3,),
        "another row says something else of the same pupil and lesson": (4, 5),
    }
    assert minutes(ledger, "anna") == (120, 40, 10)


def test_a_row_that_says_the_same_again_is_counted_once(ledger: Path, tmp_path: Path) -> None:
    taken = import_marks(tmp_path, ledger, GOOD, GOOD.replace("a,,,", "a,ma,,"))

    assert minutes(ledger, "anna") == (120, 40, 10)
    assert taken.left_out == ()
    assert any("says what another says" in str(one) for one in taken.notices)


def test_when_no_row_finds_a_lesson_nothing_is_taken_in(ledger: Path, tmp_path: Path) -> None:
    before = open_ledger(ledger).batches()

    with pytest.raises(InputRefused) as refused:
        import_marks(tmp_path, ledger, f"anna,a,,,{DAY},07:00,1", f"eva,a,,,{DAY},08:00,1")

    assert [(fault.line, fault.problem) for fault in refused.value.faults] == [
        (2, "the roster has no lesson at the school that starts then"),
        (3, "the pupil is not in the roster"),
    ]
    assert "eva" not in str([str(fault) for fault in refused.value.faults])
    assert open_ledger(ledger).batches() == before


def test_a_later_file_does_not_take_away_what_was_registered(ledger: Path, tmp_path: Path) -> None:
    import_marks(tmp_path, ledger, GOOD)
    import_marks(tmp_path, ledger, f"bo,a,,,{DAY},08:00,15")

    assert minutes(ledger, "anna") == (120, 40, 10)
    assert minutes(ledger, "bo") == (160, 40, 15)
