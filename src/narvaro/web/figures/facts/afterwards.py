"""Pupils flagged together at a month end: what each was absent before it, and afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from narvaro.timetable import Month, SchoolYear
from narvaro.web.figures.facts.facts import Facts
from narvaro.web.figures.facts.judging import Judging

MONTHS_BEFORE = 3
"""How far back a line begins: absence had risen before the flag as it falls after it."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A pupil flagged at a month end, the school then, and absent and acknowledged minutes by month.

    The minutes are of the rule's window up to each month's end; a month of which nothing can be
    told is not there.
    """

    pupil: str
    school: str
    minutes: Mapping[Month, tuple[int, int]]


def months_around(facts: Facts, month: Month) -> tuple[Month, ...]:
    """The months of a line about a flag: three before it, and on to the facts' month or the summer."""
    last = min(facts.month, Month.holding(SchoolYear.holding(month.last_day).period.to_on))
    first = max(month.plus(-MONTHS_BEFORE), min(facts.months, default=month))
    return tuple(Month(number) for number in range(first.number, last.number + 1))


def flagged_together(facts: Facts, judging: Judging, month: Month) -> Sequence[Flagged]:
    """Everybody on the list of a rule at a month end but those left out, kept by batch."""
    months = [one for one in months_around(facts, month) if one in facts.months]
    known = Judging(judging.opened, judging.programme, judging.rule, judging.known_at)
    name = f"together|{known.name}|{month}|{'+'.join(map(str, months))}"
    every = facts.opened.shelf.get(name, lambda: _made(known, month, months), _read)
    return [one for one in every if one.pupil not in judging.left_out]


def _made(judging: Judging, month: Month, months: Sequence[Month]) -> list[Any]:
    flagged, where = sorted(judging.flagged(month)), judging.where(month)
    minutes = {one: judging.minutes(one) for one in months}
    return [
        [
            pupil,
            where[pupil],
            [[one.number, *known[pupil]] for one, known in minutes.items() if pupil in known],
        ]
        for pupil in flagged
    ]


def _read(plain: Sequence[Any]) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(pupil, school, {Month(number): (absent, known) for number, absent, known in told})
        for pupil, school, told in plain
    )
