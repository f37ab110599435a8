"""What must hold of the oracle in every history, whatever its numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.oracle.history import Delivery
from tests.oracle.measures import measure_rows
from tests.oracle.versions import standing_rows
from tests.properties.histories import COUNT, histories, moments, months, seeded, write

Answer = list[dict[str, object]]


def answers(history: list[Delivery], seed: int) -> Callable[[list[Delivery]], list[Answer]]:
    """The same questions, to be put to this history and to another."""
    asked = moments(history, random.Random(seed), 3)
    month = months(history)[-1]

    def ask(other: list[Delivery]) -> list[Answer]:
        return [measure_rows(other, "rolling-months:3", moment, at=month) for moment in asked]

    return ask


@pytest.mark.parametrize("seed", range(20))
def test_a_seed_always_tells_the_same_history(seed: int) -> None:
    assert seeded(seed) == seeded(seed)


def test_the_histories_hold_what_they_promise() -> None:
    rows = [
        (number, table, row)
        for seed in range(COUNT)
        for number, one in enumerate(seeded(seed))
        for table, told in one.tables.items()
        for row in told
    ]

    assert any(number == 3 for number, _, _ in rows), "four deliveries"
    assert any(row["withdrawn"] for _, _, row in rows), "withdrawals"
    assert any(number and table == "lessons" for number, table, _ in rows), "late timetables"
    assert any(row.get("cancelled") for _, _, row in rows), "cancellations"
    assert {row["recorded_at"] is None for _, table, row in rows if table == "marks"} == {
        True,
        False,
    }


@settings(max_examples=COUNT, deadline=None)
@given(history=histories())
def test_sending_a_dated_delivery_again_changes_nothing(history: list[Delivery]) -> None:
    ask = answers(history, 1)
    last = history[-1]
    again = Delivery(last.arrived_at + timedelta(days=1), last.tables)

    assert ask([*history, again]) == ask(history)


@settings(max_examples=COUNT, deadline=None)
@given(history=histories())
def test_marks_told_later_do_not_change_what_was_known(history: list[Delivery]) -> None:
    *before, last = history
    dated = [row["recorded_at"] for row in last.tables.get("marks", ()) if row["recorded_at"]]
    known = min([last.arrived_at, *dated]) - timedelta(seconds=1)

    assert standing_rows(history, "marks", known) == standing_rows(before, "marks", known)


@settings(max_examples=COUNT, deadline=None)
@given(history=histories())
def test_parts_of_a_row_never_contradict_each_other(history: list[Delivery]) -> None:
    for rows in answers(history, 2)(history):
        for row in rows:
            assert 0 <= row["absent_minutes"] <= row["acknowledged_minutes"]  # type: ignore[operator]
            assert row["acknowledged_minutes"] <= row["scheduled_minutes"]  # type: ignore[operator]
            assert (row["share"] is None) == (row["acknowledged_minutes"] == 0)


def test_a_history_is_written_as_one_folder_per_delivery(tmp_path: Path) -> None:
    history = seeded(7)

    folders = write(history, tmp_path)

    assert len(folders) == len(history)
    header = (folders[0] / "lessons.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("lesson,school,starts_at,ends_at,minutes")
