"""Faults inside a delivery and faults against the ledger come together, and none is made up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from narvaro.errors import InputRefused
from narvaro.exchange import write_delivery
from narvaro.pipeline import take_in

SCHOOL = {"organisation": "s", "name": "S", "kind": "school_unit"}
STARTS, ENDS = datetime(2017, 9, 4, 8, tzinfo=UTC), datetime(2017, 9, 4, 9, tzinfo=UTC)
LESSON: dict[str, Any] = {"lesson": "l", "school": "s", "starts_at": STARTS, "ends_at": ENDS}


def refused(folder: Path, **tables: Any) -> InputRefused:
    place = write_delivery({"organisations": [SCHOOL], **tables}, folder / "delivery")
    with pytest.raises(InputRefused) as found:
        take_in(place, folder / "ledger")
    return found.value


def test_an_unknown_lesson_is_told_beside_a_bad_cell(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        lessons=[LESSON | {"minutes": 40}],
        marks=[
            {"lesson": "l", "pupil": "p", "present_minutes": -1},
            {"lesson": "nowhere", "pupil": "p", "present_minutes": 40},
        ],
    )

    assert [(one.table, one.line, one.column) for one in found.faults] == [
        ("marks", 2, "present_minutes"),
        ("marks", 3, "lesson"),
    ]
    assert found.total == 2


def test_an_unknown_school_is_told_beside_a_bad_cell(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        lessons=[
            LESSON | {"minutes": 40, "school": "nowhere"},
            LESSON | {"lesson": "m", "minutes": -1},
        ],
    )

    assert {(one.line, one.column) for one in found.faults} == {(2, "school"), (3, "minutes")}
    assert found.total == 2


def test_marks_of_a_faulty_lesson_are_not_called_unknown(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        lessons=[LESSON | {"minutes": -1}],
        marks=[{"lesson": "l", "pupil": "p", "present_minutes": 40}],
    )

    assert [(one.table, one.column) for one in found.faults] == [("lessons", "minutes")]
