"""Rows of the engine become arrays: added up, joined pupils in one column."""

from __future__ import annotations

import numpy as np

from narvaro.measurement.months.minutes import spread
from narvaro.timetable import Month

ROWS = (
    (7, 202409, 2, 100, 80, 30),
    (7, 202410, 1, 50, 50, 0),
    (3, 202410, 4, 200, 150, 20),
    (7, 202409, -1, -50, -30, -10),
    (9, 202411, 1, 60, 60, 60),
)
COLUMNS = [np.array(column, dtype=np.int64) for column in zip(*ROWS, strict=True)]
AUTUMN = Month.of(2024, 9)


def test_rows_of_the_same_pupil_and_month_add_up() -> None:
    found = spread(COLUMNS, {}, AUTUMN, 3)

    assert found.pupils.tolist() == [3, 7, 9]
    assert found.lessons.tolist() == [[0, 1, 0], [4, 1, 0], [0, 0, 1]]
    assert found.scheduled.tolist() == [[0, 50, 0], [200, 50, 0], [0, 0, 60]]
    assert found.acknowledged.tolist() == [[0, 50, 0], [150, 50, 0], [0, 0, 60]]
    assert found.absent.tolist() == [[0, 20, 0], [20, 0, 0], [0, 0, 60]]


def test_joined_pupils_are_one() -> None:
    found = spread(COLUMNS, {9: 1, 3: 7}, AUTUMN, 3)

    assert found.pupils.tolist() == [1, 7]
    assert found.scheduled.tolist() == [[0, 50], [0, 250], [60, 0]]


def test_nothing_told_is_no_pupils() -> None:
    nothing = [np.zeros(0, dtype=np.int64) for _ in range(6)]

    assert spread(nothing, {}, AUTUMN, 2).scheduled.shape == (2, 0)
