"""What the month-end runs said of a pupil: kept in the ledger, never worked out again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from narvaro.shares import Share, share_of
from narvaro.timetable import Month
from narvaro.web.figures.facts import Facts


@dataclass(frozen=True, slots=True)
class FlagOfRun:
    """One pupil and rule in the newest version of one month-end run."""

    programme: str
    rule: str
    month: Month
    version: int
    known_at: datetime
    outcome: str
    certainty: str | None
    share: Share | None
    reason_sv: str
    reason_en: str


def flags_of_runs(facts: Facts, number: int) -> tuple[FlagOfRun, ...]:
    """The newest version of each run that was known by then, the oldest month first."""
    snapshot = facts.opened.snapshot
    with facts.opened.shelf.making:
        rows = snapshot.engine.query(
            'SELECT flags.run, flags.version, flags."row", runs.known_at FROM flags '
            "INNER JOIN runs ON runs.run = flags.run AND runs.version = flags.version "
            "WHERE flags.pupil = $pupil AND runs.known_at <= $known_at ORDER BY flags.version",
            tables=snapshot.tables("flags", "runs"),
            parameters={"pupil": number, "known_at": facts.known_at},
        )
    newest: dict[tuple[str, str], FlagOfRun] = {}
    for run, version, row, known_at in rows:
        one = _flag(json.loads(row), version, known_at)
        newest[(run, one.rule)] = one
    return tuple(sorted(newest.values(), key=lambda one: (one.month, one.rule)))


def _flag(row: dict[str, Any], version: int, known_at: datetime) -> FlagOfRun:
    year, month = row["at"].split("-")
    return FlagOfRun(
        row["programme"],
        row["rule"],
        Month.of(int(year), int(month)),
        version,
        known_at,
        row["outcome"],
        row["certainty"],
        share_of(row["absent_minutes"], row["acknowledged_minutes"]),
        row["reason"]["sv"],
        row["reason"]["en"],
    )
