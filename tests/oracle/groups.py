"""Pupils counted in bands of absence, by class, grade, sex or school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.oracle.attendance import STOCKHOLM
from tests.oracle.history import History, Row
from tests.oracle.measures import Sums, sums_of
from tests.oracle.versions import standing_rows
from tests.oracle.windows import Window

LIMITS = ("5", "10", "15", "25", "50")


def group_rows(
    history: History, days: Window, known_at: datetime, *, by: str, limits: Sequence[str] = LIMITS
) -> list[dict[str, Any]]:
    """Per group: pupils, pupils with acknowledged minutes, the sums, and how many in each band."""
    groups: dict[str, list[Sums]] = {}
    sums = sums_of(history, days, known_at)
    placed = _placements(history, days, known_at, by=by)
    for (pupil, _), own in sums.items():
        groups.setdefault(placed.get(pupil, ""), []).append(own)
    return [
        {by: group, "pupils": len(members), **_total(members), "bands": _bands(members, limits)}
        for group, members in sorted(groups.items())
    ]


def band(share: Fraction, limits: Sequence[str]) -> int:
    """How many limits (in per cent) the share reaches; a limit opens its band."""
    return sum(share * 100 >= Fraction(limit) for limit in limits)


def _bands(members: list[Sums], limits: Sequence[str]) -> list[int]:
    counts = [0] * (len(limits) + 1)
    for own in members:
        if own.acknowledged:
            counts[band(Fraction(own.absent, own.acknowledged), limits)] += 1
    return counts


def _total(members: list[Sums]) -> dict[str, int]:
    return {
        "pupils_measured": sum(bool(own.acknowledged) for own in members),
        "scheduled_minutes": sum(own.scheduled for own in members),
        "acknowledged_minutes": sum(own.acknowledged for own in members),
        "absent_minutes": sum(own.absent for own in members),
    }


def _placements(history: History, days: Window, known_at: datetime, *, by: str) -> dict[str, str]:
    """By pupil: its group, from the enrolment newest on the last day that can be known of."""
    if by == "sex":
        rows = standing_rows(history, "pupils", known_at)
        return {row["pupil"]: row["sex"] or "unknown" for row in rows}
    day = min(days[1], known_at.astimezone(STOCKHOLM).date())
    newest: dict[str, Row] = {}
    for row in standing_rows(history, "enrolments", known_at):
        if row["starts_on"] > day or (row["ends_on"] or date.max) < days[0]:
            continue
        before = newest.get(row["pupil"])
        if before is None or before["starts_on"] < row["starts_on"]:
            newest[row["pupil"]] = row
    return {pupil: row[by] or "" for pupil, row in newest.items()}
