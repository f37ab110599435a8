"""How often a pupil was absent, and for how long on end: beside how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from narvaro.engine import Rows, sql_beside
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import joins
from narvaro.measurement.absence import AbsenceRow, Question, answer
from narvaro.timetable import At, Period, Window, parse_window


class Spells(NamedTuple):
    """A pupil's acknowledged lessons, those with absence, their series, and the longest ones."""

    acknowledged_lessons: int
    absent_lessons: int
    occasions: int
    longest_lessons: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One pupil's absence over a window, and the series of lessons it came in.

    An occasion is an unbroken series of lessons with absence (any minute of it), in the order of
    the pupil's acknowledged lessons at all schools. The longest spell in lessons and the longest in
    school days (days with a lesson of the series) may be two different ones. `spells` is None where
    no lesson was acknowledged, or where minutes came as period summaries: then nobody can tell.
    Source: docs/explanation/how-absence-is-counted.md.
    """

    absence: AbsenceRow
    spells: Spells | None

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        found = self.spells
        return self.absence.as_record() | {
            "absent_lessons": found.absent_lessons if found else None,
            "occasions": found.occasions if found else None,
            "longest_spell_lessons": found.longest_lessons if found else None,
            "longest_spell_days": found.longest_days if found else None,
        }


def spells(
    snapshot: Snapshot,
    *,
    window: Window | str,
    at: At | None = None,
    known_at: datetime | None = None,
) -> list[SpellRow]:
    """Count every pupil's occasions of absence over a window, and the longest spells.

    Returns one row per pupil over all schools, ordered by pupil key, as `measure` does. `known_at`
    defaults to now. Raises BadRequest for a window that cannot be asked.
    """
    asked = parse_window(window) if isinstance(window, str) else window
    question = Question(snapshot, asked, at, known_at or datetime.now(UTC))
    rows = answer(question)
    found = {
        period: _over(question, period)
        for period in {Period(row.from_on, row.to_on) for row in rows}
    }
    return [SpellRow(row, _told(row, found[Period(row.from_on, row.to_on)])) for row in rows]


def _told(row: AbsenceRow, found: Mapping[int, Spells]) -> Spells | None:
    if row.from_summaries or row.straddled:
        return None
    return found.get(row.number)


def _over(question: Question, period: Period) -> Mapping[int, Spells]:
    """The spells of every pupil number over a period."""
    same = joins(question.snapshot)
    rows = question.snapshot.engine.query(
        sql_beside(__file__, "spells.sql"),
        tables=question.snapshot.tables("rows"),
        rows={"same_pupils": Rows({"number": "BIGINT", "pupil": "BIGINT"}, list(same.items()))},
        parameters={
            "from_month": period.from_on.year * 100 + period.from_on.month,
            "to_month": period.to_on.year * 100 + period.to_on.month,
            "from_on": period.from_on,
            "to_on": period.to_on,
            "known_at": question.known_at,
        },
    )
    return {row[0]: Spells(*(int(value) for value in row[1:])) for row in rows}
