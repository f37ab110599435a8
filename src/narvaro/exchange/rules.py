"""What must hold inside one row, beyond each of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from narvaro.exchange.cells import value_name
from narvaro.exchange.schema import Table

_ABSENT = ("valid_minutes", "invalid_minutes", "unclassified_minutes")
_BUCKETS = ("present_minutes", *_ABSENT, "other_minutes")


@dataclass(frozen=True, slots=True)
class Rule:
    """`condition` is SQL over typed values, true when the row breaks the rule."""

    column: str
    condition: str
    problem: str
    remedy: str = ""


def total(columns: tuple[str, ...]) -> str:
    """SQL for the sum of columns, an empty one counted as 0."""
    return "(" + " + ".join(f"coalesce({value_name(column)}, 0)" for column in columns) + ")"


def faults_of(table: Table) -> tuple[Rule, ...]:
    """Rules whose breaking is a fault of the row."""
    return (_repeated_header(table), *_order_of_dates(table), *_FAULTS.get(table.name, ()))


def notices_of(table: Table) -> tuple[Rule, ...]:
    """Rules whose breaking is told, and the row kept."""
    return _NOTICES.get(table.name, ())


def _repeated_header(table: Table) -> Rule:
    same = " AND ".join(
        f"lower(trim({value_name(column.name)}::VARCHAR)) = '{column.name}'"
        for column in table.columns
        if column.required and column.sql_type == "VARCHAR" and not column.words
    )
    return Rule(
        table.columns[0].name,
        same,
        "the header row is repeated here",
        "Keep the header on the first line only.",
    )


def _order_of_dates(table: Table) -> tuple[Rule, ...]:
    names = {column.name for column in table.columns}
    return tuple(
        Rule(
            last,
            f"{value_name(last)} < {value_name(first)}",
            f"before {first}",
            "An end cannot come before its start.",
        )
        for first, last in _SPANS
        if first in names and last in names
    )


_SPANS = (("starts_on", "ends_on"), ("from", "to"), ("starts_at", "ends_at"))
_V = value_name
_SCHEDULED = _V("scheduled_minutes")

_FAULTS: Mapping[str, tuple[Rule, ...]] = {
    "lessons": (
        Rule(
            "ends_at",
            f"{_V('ends_at')} IS NULL AND {_V('minutes')} IS NULL"
            f" AND NOT coalesce({_V('withdrawn')}, false)",
            "neither ends_at nor minutes is given",
            "Give one of them: a lesson's end must be known.",
        ),
        Rule(
            "ends_at",
            f"{_V('ends_at')} - {_V('starts_at')} > INTERVAL 24 HOURS",
            "the lesson is longer than 24 hours",
            "Check the dates of its start and end.",
        ),
    ),
    "marks": (
        Rule(
            "scheduled_minutes",
            f"{total(_ABSENT)} > {_SCHEDULED}",
            "absent more than scheduled",
            "valid, invalid and unclassified minutes together are at most scheduled_minutes.",
        ),
    ),
    "period_summaries": (
        Rule(
            "offered_minutes",
            f"{total(_ABSENT)} > {_V('offered_minutes')} AND {_V('precision')} = 'exact'",
            "absent more than offered",
            "Check the three buckets of absence against offered_minutes.",
        ),
        Rule(
            "acknowledged_minutes",
            f"{total(_ABSENT)} > {_V('acknowledged_minutes')} AND {_V('precision')} = 'exact'",
            "absent more than acknowledged",
            "Check the three buckets of absence against acknowledged_minutes.",
        ),
        Rule(
            "acknowledged_minutes",
            f"{_V('acknowledged_minutes')} > {_V('offered_minutes')}"
            f" AND {_V('precision')} = 'exact'",
            "acknowledged more than offered",
            "Check acknowledged_minutes against offered_minutes.",
        ),
    ),
    "case_events": (
        Rule(
            "done_on",
            f"{_V('done_on')} < {_V('opened_on')}",
            "before opened_on",
            "An end cannot come before its start.",
        ),
    ),
    "school_months": (
        Rule(
            "acknowledged_minutes",
            f"{_V('acknowledged_minutes')} > {_SCHEDULED}",
            "acknowledged more than scheduled",
            "Check acknowledged_minutes against scheduled_minutes.",
        ),
        Rule(
            "absent_minutes",
            f"{_V('absent_minutes')} > {_V('acknowledged_minutes')}",
            "absent more than acknowledged",
            "Check absent_minutes against acknowledged_minutes.",
        ),
        Rule(
            "pupils_measured",
            f"{_V('pupils_measured')} > {_V('pupils')}",
            "more than pupils",
            "Check it against pupils.",
        ),
        Rule(
            "pupils_at_threshold",
            f"{_V('pupils_at_threshold')} > coalesce({_V('pupils_measured')}, {_V('pupils')})",
            "more than the pupils measured",
            "Check it against pupils_measured.",
        ),
    ),
}

_NO_MINUTES = " AND ".join(f"{_V(bucket)} IS NULL" for bucket in _BUCKETS)
_KEPT = f"NOT coalesce({_V('withdrawn')}, false)"

_NOTICES: Mapping[str, tuple[Rule, ...]] = {
    "lessons": (
        Rule(
            "minutes",
            f"{_V('minutes')} > date_diff('minute', {_V('starts_at')}, {_V('ends_at')})",
            "more minutes than from start to end; taken as given",
        ),
    ),
    "marks": (
        Rule(
            "acknowledged",
            f"{_V('acknowledged')} = 'yes' AND {_NO_MINUTES} AND {_KEPT}",
            "acknowledged without any minutes; taken as present",
        ),
        Rule(
            "scheduled_minutes",
            f"{_V('present_minutes')} IS NOT NULL AND {total(_ABSENT)} <= {_SCHEDULED}"
            f" AND {total(_BUCKETS)} <> {_SCHEDULED}",
            "present, absent and other minutes do not add up to the scheduled ones",
        ),
        Rule(
            "other_minutes",
            f"{_V('present_minutes')} IS NULL AND {total(_ABSENT)} <= {_SCHEDULED}"
            f" AND {total((*_ABSENT, 'other_minutes'))} > {_SCHEDULED}",
            "absent and other minutes are more than the scheduled ones",
        ),
        Rule(
            "full_minutes",
            f"{_V('full_minutes')} < {_SCHEDULED}",
            "the full timetable is shorter than the adjusted one; taken as given",
        ),
    ),
    "period_summaries": (
        Rule(
            "precision",
            f"{_V('precision')} = 'rounded' AND {total(_ABSENT)} > {_V('offered_minutes')}",
            "rounded: absent more than offered",
        ),
    ),
}
