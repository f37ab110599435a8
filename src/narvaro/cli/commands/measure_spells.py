"""`narvaro measure --spells`: how often each pupil was absent, and for how long on end."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from narvaro.cli.options import moment_of, snapshot_of
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent

if TYPE_CHECKING:
    from narvaro.measurement import SpellRow


def show(options: Namespace, out: Out) -> None:
    """One row per pupil over all schools."""
    from narvaro.measurement import spells

    snapshot, known_at = snapshot_of(options), moment_of(options)
    rows = spells(snapshot, window=options.window, at=options.at, known_at=known_at)
    out.answer(
        (row.as_record() for row in rows),
        window=options.window.text,
        known_at=known_at,
        batch=snapshot.batch.batch,
    )
    out.table([_for_people(row) for row in rows], COLUMNS, empty="No pupil in that window.")


def _for_people(row: SpellRow) -> dict[str, Any]:
    absence = row.absence
    shares = {name: percent(getattr(absence, name)) for name in ("share", "coverage")}
    return row.as_record() | shares


COLUMNS = (
    Column("pupil", "Pupil"),
    Column("from", "From"),
    Column("to", "To"),
    Column("acknowledged_lessons", "Lessons", is_number=True),
    Column("absent_lessons", "With absence", is_number=True),
    Column("occasions", "Occasions", is_number=True),
    Column("longest_spell_lessons", "Longest, lessons", is_number=True),
    Column("longest_spell_days", "Longest, days", is_number=True),
    Column("share", "Share", is_number=True),
    Column("coverage", "Coverage", is_number=True),
)
