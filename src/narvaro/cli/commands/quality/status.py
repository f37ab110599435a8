"""How far each school has come in a term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.cli.commands.quality.asked import Asked
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from narvaro.quality import TermStatus


def show(asked: Asked, out: Out) -> None:
    from narvaro.quality import school_term_status

    if asked.at is None:
        raise BadRequest("A term needs a day.", remedy="Add --at 2017-12 or --at 2017-12-15.")
    rows = school_term_status(
        asked.snapshot, at=asked.at, known_at=asked.known_at, target=asked.target
    )
    out.answer((row.as_record() for row in rows), **asked.beside())
    out.table([_for_people(row) for row in rows], COLUMNS, empty="No school in that term.")


def _for_people(row: TermStatus) -> dict[str, Any]:
    status = row.status.replace("_", " ")
    return row.as_record() | {"status": status, "reason": row.reason["en"]}


COLUMNS = (
    Column("school", "School"),
    Column("from", "From"),
    Column("to", "To"),
    Column("status", "Status"),
    Column("reason", "Why"),
)
