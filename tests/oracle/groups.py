"""Pupils counted in bands of absence, by class, grade, sex or school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.oracle.attendance import STOCKHOLM
from tests.oracle.history import History, Row
from tests.oracle.measures import Sums, pair, sums_of
from tests.oracle.versions import standing_rows
from tests.oracle.windows import Window

LIMITS = ("5", "10", "15", "25", "50")


def group_rows(
    history: History,
    days: Window,
    known_at: datetime,
    *,
    by: str,
    limits: Sequence[str] = LIMITS,
    floor: str = "80",
) -> list[dict[str, Any]]:
    """Per group: pupils, those whose band can be told, the sums, and how many in each band."""
    groups: dict[tuple[str, str], list[Sums]] = {}
    sums = sums_of(history, days, known_at)
    placed = _placements(history, days, known_at, by=by)
    for (pupil, _), own in sums.items():
        groups.setdefault(placed.get(pupil, ("", "")), []).append(own)
    rows = []
    for (school, group), members in sorted(groups.items()):
        bands = _bands(members, limits, floor)
        place = {by: group, **({"school": school} if by == "class" else {})}
        measured = {"pupils": len(members), "pupils_measured": sum(bands), "bands": bands}
        told = {"cannot_tell": len(members) - sum(bands), **_total(members)}
        rows.append({**place, **measured, **told})
    return rows


def band(share: Fraction, limits: Sequence[str]) -> int:
    """How many limits (in per cent) the share reaches; a limit opens its band."""
    return sum(share * 100 >= Fraction(limit) for limit in limits)


def _bands(members: list[Sums], limits: Sequence[str], floor: str) -> list[int]:
    counts = [0] * (len(limits) + 1)
    for own in members:
        found = _band_of(own, limits, floor)
        if found is not None:
            counts[found] += 1
    return counts


def _band_of(own: Sums, limits: Sequence[str], floor: str) -> int | None:
    """Surely where both bounds lie; else the share's, where enough is acknowledged."""
    if own.straddled or not own.scheduled:
        return None
    missing = own.scheduled - own.acknowledged
    lowest = band(Fraction(own.absent, own.scheduled), limits)
    if lowest == band(Fraction(own.absent + missing, own.scheduled), limits):
        return lowest
    is_enough = Fraction(own.acknowledged, own.scheduled) * 100 >= Fraction(floor)
    if not own.acknowledged or not is_enough:
        return None
    return band(Fraction(own.absent, own.acknowledged), limits)


def _total(members: list[Sums]) -> dict[str, Any]:
    scheduled = sum(own.scheduled for own in members)
    acknowledged = sum(own.acknowledged for own in members)
    absent = sum(own.absent for own in members)
    return {
        "scheduled_minutes": scheduled,
        "acknowledged_minutes": acknowledged,
        "absent_minutes": absent,
        "share": pair(absent, acknowledged),
    }


def _placements(
    history: History, days: Window, known_at: datetime, *, by: str
) -> dict[str, tuple[str, str]]:
    """By pupil: its group (a class with its school), from the enrolment newest on the last day that can be known of."""
    if by == "sex":
        rows = standing_rows(history, "pupils", known_at)
        return {row["pupil"]: ("", row["sex"] or "unknown") for row in rows}
    day = min(days[1], known_at.astimezone(STOCKHOLM).date())
    newest: dict[str, Row] = {}
    for row in standing_rows(history, "enrolments", known_at):
        if row["starts_on"] > day or (row["ends_on"] or date.max) < days[0]:
            continue
        before = newest.get(row["pupil"])
        if before is None or before["starts_on"] < row["starts_on"]:
            newest[row["pupil"]] = row
    return {
        pupil: (row["school"] if by == "class" else "", row[by] or "")
        for pupil, row in newest.items()
    }
