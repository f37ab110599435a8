"""How many a rule would have flagged under many limits at once, by school and grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from narvaro.flags import Combination
from narvaro.flags.flag import Judged
from narvaro.flags.sweep import WindowSums, flagged
from narvaro.programmes import Operator
from narvaro.timetable import Window
from narvaro.web.figures.facts.facts import Facts

TRIED = (
    Window("month"),
    Window("school-days", 20),
    Window("rolling-months", 2),
    Window("rolling-months", 3),
    Window("term"),
    Window("school-year"),
)
LIMITS = tuple(map(Fraction, (10, 15, 20, 25, 30)))
"""Six windows, five limits and two operators: sixty rules, and the one in force among them."""

OPERATORS: tuple[Operator, ...] = (">=", ">")


@dataclass(frozen=True, slots=True)
class SweptCell:
    """One school's pupils of one grade: how many, how many have lessons, and the flags.

    `flags` stand in the order of `limits` under the first operator, then under the second.
    """

    school: str
    grade: str
    pupils: int
    known: int
    flags: tuple[int, ...]


def limits_of(facts: Facts) -> tuple[Fraction, ...]:
    """The limits that are tried, that of the rule in force among them."""
    return tuple(sorted({*LIMITS, facts.rule.limit}))


def windows_of(facts: Facts) -> tuple[Window, ...]:
    """The windows that are tried, that of the rule in force among them."""
    return tuple(dict.fromkeys((*TRIED, facts.rule.window)))


def swept(facts: Facts, window: Window, limits: Sequence[Fraction]) -> tuple[SweptCell, ...]:
    """Every school and grade under every limit and operator; floor and minimum as in the rule.

    The counts are the core's own sweep, so a rule in force gives the count of its month-end run.
    """
    judging = facts.judging(window=window)
    named = "+".join(map(str, limits))
    return facts.opened.shelf.get(
        f"swept|{judging.name}|{facts.month}|{named}",
        lambda: _swept(facts, judging.judged(facts.month), limits),
        lambda plain: tuple(
            SweptCell(row[0], row[1], row[2], row[3], tuple(row[4])) for row in plain
        ),
    )


def _swept(facts: Facts, judged: Sequence[Judged], limits: Sequence[Fraction]) -> list[Any]:
    hits = _hits(facts, judged, limits)
    cells: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(judged):
        cells[(one.place.school or "", one.place.grade or "")].append(number)
    return [
        [
            *place,
            len(rows),
            sum(_is_known(judged[row]) for row in rows),
            [
                sum(row in hits[(operator, limit)] for row in rows)
                for operator in OPERATORS
                for limit in limits
            ],
        ]
        for place, rows in sorted(cells.items())
    ]


def _hits(
    facts: Facts, judged: Sequence[Judged], limits: Sequence[Fraction]
) -> dict[tuple[Operator, Fraction], frozenset[int]]:
    """Operator and limit → the places in `judged` of those who are flagged."""
    rule = facts.rule
    floor, minimum = rule.coverage_floor, rule.minimum_minutes or 0
    tried = [
        Combination(rule.window, operator, limit, floor, minimum)
        for operator in OPERATORS
        for limit in limits
    ]
    return {
        (one.operator, one.limit): frozenset(places.tolist())
        for one, places in flagged(_sums(judged), tried)
    }


def _sums(judged: Sequence[Judged]) -> WindowSums:
    import numpy as np

    rows = [one.absence for one in judged]
    return WindowSums(
        np.array([one.judgement.why != "no_lessons_this_month" for one in judged], dtype=np.bool_),
        np.array([row.scheduled_minutes for row in rows], dtype=np.int64),
        np.array([row.acknowledged_minutes for row in rows], dtype=np.int64),
        np.array([row.absent_minutes for row in rows], dtype=np.int64),
        np.array([row.straddled for row in rows], dtype=np.bool_),
    )


def _is_known(one: Judged) -> bool:
    return one.judgement.why not in ("no_lessons", "no_lessons_this_month")
