"""From minutes and a rule to an outcome: pure, exact, and honest about what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from narvaro.measurement import AbsenceRow
from narvaro.programmes import Rule

Outcome = Literal["flagged", "not_flagged", "cannot_tell"]
Certainty = Literal["certain", "likely", "approximate"]
Why = Literal[
    "",
    "no_lessons",
    "no_lessons_this_month",
    "straddled",
    "too_few_minutes",
    "too_little_acknowledged",
]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An outcome with its certainty; `why` says why it cannot be told."""

    outcome: Outcome
    certainty: Certainty | None = None
    why: Why = ""


def judge(row: AbsenceRow, rule: Rule, *, lessons_this_month: bool) -> Judgement:
    """Hold a pupil's window against a rule.

    If the rule is met whatever the unacknowledged lessons held, the flag is certain; if it is not
    met whatever they held, its absence is. Between, at a coverage of at least the rule's floor,
    the share of the acknowledged minutes decides, and is likely. Below it nothing can be told.
    Source: docs/explanation/flags.md.
    """
    untellable = _untellable(row, rule, lessons_this_month=lessons_this_month)
    if untellable:
        return Judgement("cannot_tell", None, untellable)
    missing = row.scheduled_minutes - row.acknowledged_minutes
    bounds = (row.absent_minutes, row.absent_minutes + missing, row.scheduled_minutes)
    if rule.is_met_throughout(*bounds):
        return _decided("flagged", "certain", row)
    if rule.is_missed_throughout(*bounds):
        return _decided("not_flagged", "certain", row)
    if not _reaches_floor(row, rule):
        return Judgement("cannot_tell", None, "too_little_acknowledged")
    met = rule.is_met(row.absent_minutes, row.acknowledged_minutes)
    return _decided("flagged" if met else "not_flagged", "likely", row)


def _untellable(row: AbsenceRow, rule: Rule, *, lessons_this_month: bool) -> Why:
    if row.straddled:
        return "straddled"
    if not row.scheduled_minutes:
        return "no_lessons"
    if not lessons_this_month:
        return "no_lessons_this_month"
    if rule.minimum_minutes and row.scheduled_minutes < rule.minimum_minutes:
        return "too_few_minutes"
    return ""


def _reaches_floor(row: AbsenceRow, rule: Rule) -> bool:
    floor = rule.coverage_floor
    enough = (
        row.acknowledged_minutes * 100 * floor.denominator
        >= floor.numerator * row.scheduled_minutes
    )
    return row.acknowledged_minutes > 0 and enough


def _decided(outcome: Outcome, certainty: Certainty, row: AbsenceRow) -> Judgement:
    return Judgement(outcome, "approximate" if row.is_rounded else certainty)
