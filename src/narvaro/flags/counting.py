"""How often a pupil has been flagged in a school year, and which counters that reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from narvaro.flags.outcome import Outcome
from narvaro.programmes import Counter, Programme
from narvaro.timetable import Month, SchoolYear

Told = tuple[int, Month, str, Outcome]
"""A pupil's number, the month end, the rule and the outcome."""


@dataclass(frozen=True, slots=True)
class FlagCount:
    """Month ends with at least one flag so far this school year, and the counters reached.

    `counters` holds (counter id, count, whether its limit is reached) of every counter.
    """

    flags: int = 0
    counters: tuple[tuple[str, dict[str, int | bool]], ...] = ()


def count_flags(
    programme: Programme, told: Iterable[Told], *, school_year: SchoolYear
) -> dict[int, FlagCount]:
    """Count each pupil's flags in a school year (1 July to 30 June).

    A pupil counts once per month end, by any of a counter's rules; counted by episodes,
    month ends in a row are one, and only a month end without a flag ends it.
    Source: requirements A-R-46; the default of any rule is the programme's own choice.
    """
    by_pupil: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        if school_year.period.holds(one[1].first_day):
            by_pupil[one[0]].append(one)
    return {pupil: _count(programme, history) for pupil, history in by_pupil.items()}


def _count(programme: Programme, history: Sequence[Told]) -> FlagCount:
    flagged = {month for _, month, _, outcome in history if outcome == "flagged"}
    counters = tuple((one.id, _reached(one, history)) for one in programme.counters)
    return FlagCount(len(flagged), counters)


def _reached(counter: Counter, history: Sequence[Told]) -> dict[str, int | bool]:
    outcomes: defaultdict[Month, set[Outcome]] = defaultdict(set)
    for _, month, rule, outcome in history:
        if not counter.rules or rule in counter.rules:
            outcomes[month].add(outcome)
    count = _episodes(outcomes) if counter.counts == "episodes" else _month_ends(outcomes)
    return {"count": count, "limit": counter.limit, "reached": count >= counter.limit}


def _month_ends(outcomes: dict[Month, set[Outcome]]) -> int:
    return sum("flagged" in found for found in outcomes.values())


def _episodes(outcomes: dict[Month, set[Outcome]]) -> int:
    count, within = 0, False
    for month in sorted(outcomes):
        found = outcomes[month]
        if "flagged" in found:
            count, within = count + (not within), True
        elif found == {"not_flagged"}:
            within = False
    return count
