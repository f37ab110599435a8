"""Whether each school's months can be used, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.cli.commands.quality.asked import Asked
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent

if TYPE_CHECKING:
    from narvaro.quality import Verdict


def show(asked: Asked, out: Out) -> None:
    from narvaro.quality import months_of, verdicts

    months = months_of(asked.snapshot, asked.window, at=asked.at, known_at=asked.known_at)
    rows = verdicts(asked.snapshot, months=months, known_at=asked.known_at, target=asked.target)
    out.answer((row.as_record() for row in rows), **asked.beside())
    out.table([_for_people(row) for row in rows], COLUMNS, empty="No school in that window.")


def _for_people(row: Verdict) -> dict[str, Any]:
    return row.as_record() | {
        "time": percent(row.counts.by_time, row.target),
        "low": percent(row.absence.low),
        "high": percent(row.absence.high),
        "reason": row.reason["en"],
    }


COLUMNS = (
    Column("school", "School"),
    Column("month", "Month"),
    Column("usable", "Usable"),
    Column("time", "Time acknowledged", is_number=True),
    Column("low", "Absent at best", is_number=True),
    Column("high", "At worst", is_number=True),
    Column("reason", "Why"),
)
