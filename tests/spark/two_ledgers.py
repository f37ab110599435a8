"""Two small ledgers between which no SQL file is without an answer: a town, and a seeded history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.contracts.small_town import CORRECTED, MINUTES, a_lesson, settle
from tests.properties.histories import months, seeded, write

from narvaro.exchange import write_delivery
from narvaro.ledger import Snapshot, open_ledger
from narvaro.pipeline import Door, take_in

AFTER = datetime(2018, 2, 1, 12, tzinfo=UTC)
SEED = 4  # a history in which pupils move, lessons are moved and cancelled, and marks come late


@dataclass(frozen=True)
class Asked:
    """A ledger, with months and times worth asking about."""

    snapshot: Snapshot
    months: Sequence[str]
    moments: Sequence[datetime]


def town(folder: Path) -> Asked:
    """The small town, and a third delivery that contradicts itself."""
    ledger = settle(folder)
    door = Door(pupil_keys="as-given", arrived_at=AFTER, confirm=True)
    take_in(_deliver_contradictions(folder / "contradictions"), ledger, door)
    moments = (AFTER + timedelta(days=30), CORRECTED - timedelta(days=1))
    return Asked(open_ledger(ledger).snapshot(), ("2017-12",), moments)


def _deliver_contradictions(folder: Path) -> Path:
    """A lesson beside another, a mark whose minutes do not add up, a month with lessons summed."""
    lesson = a_lesson("elementary", "7A", date(2017, 12, 4))
    half = timedelta(minutes=MINUTES // 2)
    beside = {
        **lesson,
        "lesson": "beside",
        "starts_at": lesson["starts_at"] + half,
        "ends_at": lesson["ends_at"] + half,
    }
    summary = {"pupil": "often", "school": "elementary", "precision": "exact"}
    return write_delivery(
        {
            "lessons": [beside],
            "marks": [
                {"lesson": "beside", "pupil": "often", "present_minutes": 40, "valid_minutes": 20}
            ],
            "period_summaries": [
                {
                    **summary,
                    "from": date(2017, 11, 1),
                    "to": date(2017, 11, 30),
                    "offered_minutes": 1000,
                    "acknowledged_minutes": 1000,
                    "valid_minutes": 100,
                }
            ],
        },
        folder,
    )


def history(folder: Path) -> Asked:
    """A history that changes, asked when all is known and in the midst of it."""
    told = seeded(SEED)
    for delivery, place in zip(told, write(told, folder), strict=True):
        door = Door(source=delivery.source, pupil_keys="as-given", arrived_at=delivery.arrived_at)
        take_in(place, folder / "ledger", door)
    snapshot = open_ledger(folder / "ledger").snapshot()
    newest = snapshot.batch.newest_recorded_at
    return Asked(
        snapshot, months(told)[-2:], (newest + timedelta(days=400), newest - timedelta(days=20))
    )
