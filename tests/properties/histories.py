"""Small invented histories, drawn from a seed or by Hypothesis, with every awkward turn in them.

Two or three schools, three to eight pupils and one to four deliveries; later deliveries correct,
move, cancel, withdraw, repeat and date rows back. The same code serves both ways of drawing:
Hypothesis hands it a random source that it can shrink.
"""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from tests.oracle.attendance import STOCKHOLM
from tests.oracle.history import COLUMNS, Delivery, Row
from tests.properties.telling import Told
from tests.properties.world import World

KEYS = {"pupil", "lesson", "school", "group", "organisation"}
COUNT = 3000 if os.environ.get("NARVARO_LONG") == "1" else 200


def seeded(seed: int) -> list[Delivery]:
    return invent(random.Random(seed))


def histories() -> st.SearchStrategy[list[Delivery]]:
    return st.randoms(use_true_random=False).map(invent)


def months(history: Sequence[Delivery]) -> list[str]:
    """The months in which lessons were held or moved, in order."""
    starts = {row["starts_at"] for one in history for row in one.tables.get("lessons", ())}
    return sorted({f"{start.astimezone(STOCKHOLM):%Y-%m}" for start in starts})


def moments(history: Sequence[Delivery], rng: random.Random, count: int) -> list[datetime]:
    """Times worth asking about: just before, at and after what a delivery says of itself."""
    told = [row["recorded_at"] for one in history for rows in one.tables.values() for row in rows]
    known = [one.arrived_at for one in history] + [moment for moment in told if moment]
    steps = [timedelta(seconds=-1), timedelta(), timedelta(hours=1)]
    last = max(known) + timedelta(days=400)
    return [last] + [rng.choice(known) + rng.choice(steps) for _ in range(count - 1)]


def stacked(seeds: Sequence[int]) -> list[Delivery]:
    """Many histories told in the same deliveries, their keys apart: `h7.p1` is p1 of seed 7.

    One ledger then answers for all of them; a history still comes in one to four of the deliveries.
    """
    arrivals = _arrivals(random.Random(seeds[0]), 4)
    tables: list[dict[str, list[Row]]] = [{} for _ in arrivals]
    for seed in seeds:
        rng = random.Random(seed)
        own = sorted(rng.sample(arrivals, rng.randint(1, len(arrivals))))
        for delivery in invent(rng, own):
            together = tables[arrivals.index(delivery.arrived_at)]
            for table, rows in delivery.tables.items():
                together.setdefault(table, []).extend(_apart(row, f"h{seed}.") for row in rows)
    return [Delivery(at, rows) for at, rows in zip(arrivals, tables, strict=True) if rows]


def _apart(row: Mapping[str, Any], prefix: str) -> Row:
    return {
        column: f"{prefix}{value}" if column in KEYS and value else value
        for column, value in row.items()
    }


def invent(rng: random.Random, arrivals: Sequence[datetime] = ()) -> list[Delivery]:
    """A history whose every delivery passes the door's checks."""
    arrivals = arrivals or _arrivals(rng, rng.randint(1, 4))
    world = World(rng)
    told = Told(rng, arrivals)
    for table, rows in world.tables().items():
        for row in rows:
            told.first(table, row)
    told.correct()
    return [Delivery(arrival, tables) for arrival, tables in told.deliveries()]


def _arrivals(rng: random.Random, count: int) -> list[datetime]:
    arrival = datetime(2017, 9, 1, 4, tzinfo=UTC) + timedelta(days=rng.randint(0, 200))
    found = []
    for _ in range(count):
        found.append(arrival)
        arrival += timedelta(days=rng.randint(1, 80), minutes=rng.randint(0, 600))
    return found


def write(history: Sequence[Delivery], folder: Path) -> list[Path]:
    """Each delivery as a folder of CSV files in the exchange format, in order."""
    folders = []
    for number, delivery in enumerate(history, start=1):
        place = folder / f"delivery-{number}"
        place.mkdir(parents=True)
        for table, rows in delivery.tables.items():
            _write_table(place / f"{table}.csv", table, rows)
        folders.append(place)
    return folders


def _write_table(path: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = [*COLUMNS[table].split(), "recorded_at", "withdrawn"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([[_text(row.get(column)) for column in columns] for row in rows])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
