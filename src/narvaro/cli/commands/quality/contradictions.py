"""Registrations that cannot all be true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from narvaro.cli.commands.quality.asked import Asked
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.quality import Contradiction


def show(asked: Asked, out: Out) -> None:
    from narvaro.quality import contradictions

    rows = contradictions(asked.snapshot, window=asked.window, at=asked.at, known_at=asked.known_at)
    out.answer((row.as_record() for row in rows), **asked.beside())
    out.table([_for_people(row) for row in rows], COLUMNS, empty="Nothing contradicts itself.")


def _for_people(row: Contradiction) -> dict[str, Any]:
    record = row.as_record()
    return record | {"reason": record["reason"]["en"]}


COLUMNS = (
    Column("school", "School"),
    Column("date", "Date"),
    Column("pupil", "Pupil"),
    Column("lesson", "Lesson"),
    Column("other_lesson", "Other lesson"),
    Column("minutes", "Minutes", is_number=True),
    Column("reason", "What"),
)
