"""The answers of the oracle to the questions of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tests.oracle.flags import flag_rows, flags_in_school_year
from tests.oracle.groups import group_rows
from tests.oracle.history import Delivery, read_moment
from tests.oracle.lessons import lesson_quality_rows
from tests.oracle.measures import asked_window, measure_rows
from tests.oracle.registration import as_pairs, contradiction_rows, registration_rows
from tests.oracle.spells import SPELLS, spell_rows
from tests.oracle.verdicts import status_rows, verdict_rows
from tests.oracle.versions import BEGINNING, standing_rows
from tests.oracle.windows import is_school_day, window
from tests.spec.cases import Ask, Flags, FollowUps, Measure, Quality

Rows = list[dict[str, Any]]


def answer(ask: Ask, history: Sequence[Delivery]) -> Rows:
    """Rows with the columns that the product's own answers have."""
    match ask:
        case Measure():
            return _measure(ask, history)
        case Flags():
            return _flags(ask, history)
        case Quality():
            return _quality(ask, history)
        case FollowUps():
            return _follow_ups(ask, history)


def _measure(ask: Measure, history: Sequence[Delivery]) -> Rows:
    known_at = read_moment(ask.as_known_at)
    days = asked_window(history, ask.window, known_at, at=ask.at)
    if ask.group:
        return group_rows(history, days, known_at, by=ask.group, limits=("5", "15", "25"))
    rows = measure_rows(history, ask.window, known_at, at=ask.at, by=ask.by)
    if ask.spells:
        found = spell_rows(history, days, known_at)
        rows = [{**row, **found.get(row["pupil"], dict.fromkeys(SPELLS))} for row in rows]
    return rows


def _quality(ask: Quality, history: Sequence[Delivery]) -> Rows:
    known_at = read_moment(ask.as_known_at)
    days = window("month", ask.at)
    if ask.show == "verdicts":
        return verdict_rows(history, ask.at, known_at)
    if ask.show == "status":
        return status_rows(history, ask.at, known_at)
    if ask.show == "contradictions":
        return contradiction_rows(history, days, known_at)
    if ask.by == "month":
        rows = lesson_quality_rows(history, known_at)
        return [row for row in rows if row["month"] == ask.at]
    found = registration_rows(history, days, known_at, by=ask.by)
    return [{"school": at[0], ask.by: at[1], **as_pairs(row)} for at, row in found.items()]


def _flags(ask: Flags, history: Sequence[Delivery]) -> Rows:
    known_at = read_moment(ask.as_known_at)
    rows = flag_rows(history, ask.programme, ask.at, known_at)
    if "flags_this_school_year" in ask.expected:
        counts = flags_in_school_year(history, ask.programme, ask.at, known_at)
        rows = [{**row, "flags_this_school_year": counts.get(row["pupil"], 0)} for row in rows]
    return rows


def _follow_ups(ask: FollowUps, history: Sequence[Delivery]) -> Rows:
    calendar = standing_rows(history, "calendar", BEGINNING)
    rows = []
    for number in range(1, ask.count + 1):
        planned = date.fromisoformat(ask.start) + timedelta(days=ask.every_days * number)
        held = planned
        while not is_school_day(held, calendar):
            held += timedelta(days=1)
        rows.append({"planned": planned.isoformat(), "held": held.isoformat()})
    return rows
