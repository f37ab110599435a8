"""Whatever is told, in whatever order: the product's answers are what plain Python says they are.

Twenty histories share a ledger, their keys apart: a question is asked of all of them at once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from tests.oracle.flags import flag_rows, flags_in_school_year
from tests.oracle.history import Delivery
from tests.oracle.measures import measure_rows
from tests.properties.histories import COUNT, moments, months, stacked, write
from tests.spec.adapter import programme_toml
from tests.spec.cases import programme, rule

from narvaro.flags import flag
from narvaro.ledger import Snapshot, open_ledger
from narvaro.ledger.verifying import differences
from narvaro.measurement import measure
from narvaro.pipeline import Door, take_in
from narvaro.programmes import load
from narvaro.timetable import parse_at

TOGETHER = 20
WINDOWS = ("month", "rolling-months:3", "school-days:5", "term", "week", "school-year")
By = Literal["pupil", "school"]
BOTH: tuple[By, By] = ("pupil", "school")
PROGRAMMES = (
    programme(rule("15", "rolling-months:3"), rule("25", "month", ">", floor="60")),
    programme(rule("10", "term"), rule("12.5", "week"), grades=["1", "3"]),
    programme(rule("5", "school-year", upper="25"), ages=[9, 13]),
    programme(rule("8", "month", minimum_minutes=100, floor="50"), id="trial"),
    programme(rule("20", "rolling-months:2", ">"), id="trial", grades=["3", "8"]),
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Stack:
    """Histories, the ledger that took them in, and questions worth asking."""

    first: int
    history: list[Delivery]
    snapshot: Snapshot
    folder: Path

    def asks(self, count: int) -> list[tuple[datetime, str, random.Random]]:
        """Times up to which things are known, and months to ask at."""
        rng = random.Random(self.first)
        known = moments(self.history, rng, count)
        return [(moment, rng.choice(months(self.history)), rng) for moment in known]


@pytest.fixture(scope="module", params=range(0, COUNT, TOGETHER))
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    first = request.param
    history = stacked(range(first, first + TOGETHER))
    folder = tmp_path_factory.mktemp("stack")
    return Stack(first, history, taken_in(history, folder), folder)


def test_measures_agree_with_plain_python(stack: Stack) -> None:
    for known_at, at, rng in stack.asks(12):
        window, by = rng.choice(WINDOWS), rng.choice(BOTH)
        rows = measure(stack.snapshot, window=window, at=parse_at(at), by=by, known_at=known_at)
        expected = measure_rows(stack.history, window, known_at, at=at, by=by)
        ours = [row.as_record() for row in rows]
        assert unlike(ours, expected) == [], (window, by, at, known_at)


def test_flags_agree_with_plain_python(stack: Stack) -> None:
    for known_at, at, rng in stack.asks(5):
        asked = rng.choice(PROGRAMMES)
        answered, expected = (
            flagged(stack, asked, at, known_at),
            counted(stack, asked, at, known_at),
        )
        ours, theirs = (
            [without_choice_of_school(stack, row) for row in rows] for rows in (answered, expected)
        )
        assert unlike(ours, theirs) == [], (asked, at, known_at)


def test_what_is_kept_batch_by_batch_equals_a_rebuild(stack: Stack) -> None:
    assert set(differences(stack.snapshot, zone="Europe/Stockholm").values()) == {0}


def without_choice_of_school(stack: Stack, row: Row) -> Row:
    """Of a pupil enrolled at two schools on one day either may be named."""
    schools = {
        enrolment["school"]
        for one in stack.history
        for enrolment in one.tables.get("enrolments", ())
        if enrolment["pupil"] == row["pupil"]
    }
    return {**row, "school": "", "arm": None} if len(schools) > 1 else row


def counted(stack: Stack, asked: dict[str, Any], at: str, known_at: datetime) -> list[Row]:
    counts = flags_in_school_year(stack.history, asked, at, known_at)
    rows = flag_rows(stack.history, asked, at, known_at)
    return [{**row, "flags_this_school_year": counts.get(row["pupil"], 0)} for row in rows]


def flagged(stack: Stack, asked: dict[str, Any], at: str, known_at: datetime) -> list[Row]:
    path = stack.folder / "programme.toml"
    path.write_text(programme_toml(asked), encoding="utf-8")
    flags = flag(stack.snapshot, load(path), at=parse_at(at), known_at=known_at)
    return [one.as_record() for one in flags]


def taken_in(history: Sequence[Delivery], folder: Path) -> Snapshot:
    ledger = folder / "ledger"
    for delivery, place in zip(history, write(history, folder), strict=True):
        door = Door("files", pupil_keys="as-given", arrived_at=delivery.arrived_at, confirm=True)
        take_in(place, ledger, door)
    return open_ledger(ledger).snapshot()


def unlike(answered: list[Row], expected: list[Row]) -> list[object]:
    """Where the two differ, by pupil, school and rule: a row too many, or cells as a pair."""
    ours, theirs = ({_key(row): row for row in rows} for rows in (answered, expected))
    found: list[object] = [("too many", key) for key in sorted(set(ours) - set(theirs))]
    found += [("missing", key) for key in sorted(set(theirs) - set(ours))]
    for key in sorted(set(ours) & set(theirs)):
        cells = {
            name: (ours[key][name], value)
            for name, value in theirs[key].items()
            if ours[key][name] != value
        }
        found += [(key, cells)] if cells else []
    return found


def _key(row: Row) -> tuple[str, str, str]:
    return row["pupil"], row.get("school") or "", row.get("rule", "")
