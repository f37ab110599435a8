"""What the ledger says of sources and schools for the pages; kept until the next batch or day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

SILENT_AFTER = 3
"""School days without anything acknowledged before a school counts as silent (an assumption)."""

_LAST_DAYS = """
SELECT school, max(date) FROM (
    SELECT school, date FROM lesson_day WHERE date <= $today GROUP BY school, date
    HAVING sum(acknowledged_lessons) > 0
) AS days GROUP BY school
"""


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A source as the ledger knows it: its last batch by a moment, and how many."""

    name: str
    last_at: datetime
    batches: int
    gained: int


@dataclass(frozen=True, slots=True)
class SchoolFact:
    """A school and the last day anything was acknowledged there; None: nothing ever was."""

    key: str
    name: str
    last_on: date | None
    silent_days: int

    @property
    def is_silent(self) -> bool:
        """Too many school days without anything."""
        return self.silent_days >= SILENT_AFTER


def sources_in_ledger(now: datetime) -> dict[str, SourceFact]:
    """Every source that has told the ledger something by a moment."""
    return dict(_sources(settings.LEDGER, newest_batch(), now.replace(second=0, microsecond=0)))


def schools(today: date, now: datetime) -> tuple[SchoolFact, ...]:
    """Every school of the ledger, those that are silent first."""
    return _schools(
        settings.LEDGER, newest_batch(), today, now.replace(minute=0, second=0, microsecond=0)
    )


def newest_batch() -> int:
    """The number of the newest batch; -1 without a ledger. Cheap: the log's file names only."""
    log = Path(settings.LEDGER) / "batches" / "_delta_log"
    return max((int(one.stem) for one in log.glob("*.json") if one.stem.isdigit()), default=-1)


@lru_cache(maxsize=16)
def _sources(ledger: Path, newest: int, now: datetime) -> tuple[tuple[str, SourceFact], ...]:
    from narvaro.ledger import open_ledger

    if newest < 0:
        return ()
    found: dict[str, SourceFact] = {}
    until = now + timedelta(minutes=1)
    for batch in open_ledger(ledger).batches():
        if batch.kind != "delivery" or batch.arrived_at >= until:
            continue
        before = found.get(batch.source)
        gained = sum(batch.counts.get(name, 0) for name in ("lessons", "marks", "enrolments"))
        found[batch.source] = SourceFact(
            batch.source, batch.arrived_at, 1 + (before.batches if before else 0), gained
        )
    return tuple(found.items())


@lru_cache(maxsize=8)
def _schools(ledger: Path, newest: int, today: date, now: datetime) -> tuple[SchoolFact, ...]:
    from narvaro.ledger import open_ledger
    from narvaro.ledger.standing import calendars, key_of, standing

    if newest < 0:
        return ()
    snapshot = open_ledger(ledger).snapshot()
    rows = snapshot.engine.query(
        _LAST_DAYS, tables=snapshot.tables("lesson_day"), parameters={"today": today}
    )
    keys = key_of(snapshot, "school")
    last = {keys[number]: day for number, day in rows if number in keys}
    known = calendars(snapshot, now)
    found = [
        _school(row, last.get(row["organisation"]), known, today)
        for row in standing(snapshot, "organisations", now)
        if row["kind"] == "school_unit" and (row["ends_on"] is None or row["ends_on"] >= today)
    ]
    return tuple(sorted(found, key=lambda one: (-one.silent_days, one.name)))


def _school(row: dict[str, Any], last: date | None, known: Any, today: date) -> SchoolFact:
    from narvaro.timetable import Calendar

    days = known.of(row["organisation"]) if known is not None else Calendar()
    since = last or today - timedelta(days=60)
    between = (since + timedelta(days=on) for on in range(1, min((today - since).days, 120)))
    silent = sum(1 for day in between if days.is_school_day(day))
    return SchoolFact(row["organisation"], row["name"] or row["organisation"], last, silent)
