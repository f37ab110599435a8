"""A load against the same source's last comparable one: what is suddenly missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.engine import connect
from narvaro.engine.duck import literal

if TYPE_CHECKING:
    from narvaro.exchange import Delivery
    from narvaro.ledger import Ledger

SMALLEST_COMPARED = 50
"""Loads with fewer pupils or lessons are corrections, not comparable loads (an assumption)."""


@dataclass(frozen=True, slots=True)
class LoadLimit:
    """How much smaller a load may be before it is held, in per cent; the default is 10.

    A load with less than half of the last one's pupils, or of its lessons a day, is taken as a
    correction and not compared.
    """

    percent: int = 10


def compare(
    ledger: Ledger, delivery: Delivery, *, source: str, limit: LoadLimit
) -> tuple[tuple[str, ...], bool]:
    """Say how a load is unlike the source's last comparable one, and whether to hold it."""
    now = sizes(delivery)
    last = _last_sizes(ledger, source)
    unlike = []
    for name, words in _WORDS.items():
        before, found = last.get(name, 0), now.get(name, 0)
        if before < SMALLEST_COMPARED or not before > found * 100 // (100 - limit.percent):
            continue
        if found * 2 < before:
            continue
        unlike.append(f"{found} {words} against {before}")
    return tuple(unlike), bool(unlike)


_WORDS: Mapping[str, str] = {
    "told_pupils": "pupils",
    "told_schools": "schools",
    "told_lessons_a_day": "lessons a day",
}


def sizes(delivery: Delivery) -> dict[str, int]:
    """Count a delivery's pupils and schools with enrolments, and its lessons a school day."""
    con = connect()
    found: dict[str, int] = {}
    enrolments, lessons = delivery.file("enrolments"), delivery.file("lessons")
    if enrolments:
        row = con.execute(
            "SELECT count(DISTINCT pupil), count(DISTINCT school) FROM read_parquet("
            + literal(str(enrolments))
            + ")"
        ).fetchall()[0]
        found |= {"told_pupils": row[0], "told_schools": row[1]}
    if lessons:
        row = con.execute(
            "SELECT count(DISTINCT lesson) // greatest(count(DISTINCT starts_at::DATE), 1) "
            "FROM read_parquet(" + literal(str(lessons)) + ")"
        ).fetchall()[0]
        found["told_lessons_a_day"] = row[0]
    return found


def _last_sizes(ledger: Ledger, source: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in ledger.batches():
        if batch.source == source and batch.kind == "delivery":
            found |= {name: batch.counts[name] for name in _WORDS if name in batch.counts}
    return found
