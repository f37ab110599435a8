"""What quality, groups and spells say of a history is what plain Python says of it.

Ten histories share a ledger, their keys apart: a question is asked of all of them at once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.oracle import registration as oracle
from tests.oracle.groups import group_rows
from tests.oracle.history import Delivery
from tests.oracle.lessons import lesson_quality_rows
from tests.oracle.spells import spell_rows
from tests.oracle.verdicts import status_rows, verdict_rows
from tests.oracle.windows import window
from tests.properties.histories import COUNT, moments, months, stacked, write

from narvaro.ledger import Snapshot, open_ledger
from narvaro.measurement import groups, spells
from narvaro.measurement.groups import By as GroupedBy
from narvaro.pipeline import Door, take_in
from narvaro.quality import contradictions, registration, school_term_status, verdicts
from narvaro.quality.registration import WAYS, Registration
from narvaro.timetable import parse_at

FIRST_SEED, TOGETHER = 5000, 10
LIMITS = ("5", "15", "25")
MINUTES = ("scheduled_minutes", "acknowledged_minutes", "absent_minutes")
NAMES = (
    "lessons",
    "lesson_minutes",
    "acknowledged_lessons",
    "acknowledged_lesson_minutes",
    "timed_lessons",
    "delay_minutes",
    "same_day_lessons",
    "lessons_without_pupils",
    "lessons_without_teacher",
)
Asked = tuple[int, Sequence[Delivery], Snapshot, datetime, str]


@pytest.fixture(scope="module", params=range(FIRST_SEED, FIRST_SEED + COUNT // 5, TOGETHER))
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """A few histories taken in, with moments and months worth asking about."""
    seed = request.param
    history, rng = stacked(range(seed, seed + TOGETHER)), random.Random(seed)
    snapshot = taken_in(history, tmp_path_factory.mktemp("histories"))
    return [
        (seed + number, history, snapshot, moment, rng.choice(months(history)))
        for number, moment in enumerate(moments(history, rng, 8))
    ]


def taken_in(history: Sequence[Delivery], folder: Path) -> Snapshot:
    for delivery, place in zip(history, write(history, folder), strict=True):
        door = Door("files", pupil_keys="as-given", arrived_at=delivery.arrived_at, confirm=True)
        take_in(place, folder / "ledger", door)
    return open_ledger(folder / "ledger").snapshot()


def test_lessons_by_school_and_month_are_those_of_the_oracle(asked: list[Asked]) -> None:
    for seed, history, snapshot, moment, _ in asked:
        rows = registration(snapshot, window="2017-07-01..2019-06-30", known_at=moment, by="month")
        found = [row.as_record() for row in rows if row.counts.lessons]
        expected = lesson_quality_rows(history, moment)

        columns = list(expected[0]) if expected else []
        assert [{name: row[name] for name in columns} for row in found] == expected, seed


@pytest.mark.parametrize("by", WAYS)
def test_registration_is_that_of_the_oracle(asked: list[Asked], by: Any) -> None:
    for seed, history, snapshot, moment, at in asked:
        rows = registration(
            snapshot, window="rolling-months:2", at=parse_at(at), known_at=moment, by=by
        )
        days = window("rolling-months:2", at)
        expected = oracle.registration_rows(history, days, moment, by=by)

        assert {(row.school, place(row)): counted(row) for row in rows if row.counts.lessons} == (
            expected
        ), (seed, at, moment)


def place(row: Registration) -> str:
    record = row.as_record()
    return record.get(row.by) or "" if row.by != "school" else ""


def counted(row: Registration) -> dict[str, Any]:
    median = Fraction(*row.median_delay) if row.median_delay else None
    return {name: getattr(row.counts, name) for name in NAMES} | {"median": median}


def test_verdicts_are_those_of_the_oracle(asked: list[Asked]) -> None:
    for seed, history, snapshot, moment, at in asked:
        target = random.Random(seed).choice(["50", "80", "95"])
        month = parse_at(at).month
        rows = verdicts(snapshot, months=[month], known_at=moment, target=Fraction(target))
        expected = verdict_rows(history, at, moment, target=target)

        columns = list(expected[0]) if expected else []
        assert [{name: row.as_record()[name] for name in columns} for row in rows] == expected, (
            seed,
            at,
            moment,
        )


def test_the_status_of_a_term_is_that_of_the_oracle(asked: list[Asked]) -> None:
    for seed, history, snapshot, moment, at in asked:
        rows = school_term_status(snapshot, at=parse_at(at), known_at=moment)
        expected = status_rows(history, at, moment)

        columns = list(expected[0]) if expected else []
        assert [{name: row.as_record()[name] for name in columns} for row in rows] == expected, seed


def test_contradictions_are_those_of_the_oracle(asked: list[Asked]) -> None:
    for seed, history, snapshot, moment, at in asked:
        found = {
            (row.kind, row.pupil, *sorted((row.lesson, row.other_lesson or "")), row.minutes)
            for row in contradictions(snapshot, window="month", at=parse_at(at), known_at=moment)
        }
        expected = oracle.contradictions(history, window("month", at), moment)

        assert found == {
            (kind, pupil, *sorted(two), minutes) for kind, pupil, *two, minutes in expected
        }, seed


@pytest.mark.parametrize("by", [way for way in get_args(GroupedBy) if way != "municipality"])
def test_groups_are_those_of_the_oracle(asked: list[Asked], by: Any) -> None:
    for seed, history, snapshot, moment, at in asked:
        floor = random.Random(seed).choice(["0", "50", "80"])
        rows = groups(
            snapshot,
            window="rolling-months:3",
            at=parse_at(at),
            by=by,
            known_at=moment,
            limits=[Fraction(limit) for limit in LIMITS],
            floor=Fraction(floor),
        )
        days = window("rolling-months:3", at)
        expected = group_rows(history, days, moment, by=by, limits=LIMITS, floor=floor)

        found = [as_oracle(row.as_record(), by) for row in rows]
        assert found == in_order(expected, by), (seed, at, moment)


def as_oracle(record: dict[str, Any], by: str) -> dict[str, Any]:
    names = ("pupils", "pupils_measured", "cannot_tell", "share", *MINUTES)
    place = {name: record[name] or "" for name in (by, "school") if name in record}
    numbers = {name: record[name] for name in names}
    return {**place, **numbers, "bands": [band["pupils"] for band in record["bands"]]}


def in_order(rows: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row.get("school", "") if by == "class" else "", row[by]))


def test_spells_are_those_of_the_oracle(asked: list[Asked]) -> None:
    for seed, history, snapshot, moment, at in asked:
        rows = spells(snapshot, window="term", at=parse_at(at), known_at=moment)
        expected = spell_rows(history, window("term", at), moment)
        own = ("absent_lessons", "occasions", "longest_spell_lessons", "longest_spell_days")
        told = [row.as_record() for row in rows if row.spells]
        summed = {row.absence.pupil for row in rows if row.absence.from_summaries}
        straddled = {row.absence.pupil for row in rows if row.absence.straddled}

        assert {row["pupil"]: {name: row[name] for name in own} for row in told} == {
            pupil: row for pupil, row in expected.items() if pupil not in summed | straddled
        }, (seed, at, moment)
