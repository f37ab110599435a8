"""Two readings of few who are taken on (A-R-73): how many are, and how absence went afterwards.

A low share may mean that few needed more, or that need was not seen. Later absence of those
closed beside those taken on helps to tell the two apart, and proves neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from narvaro.shares import Share, share_of
from narvaro.timetable import Month
from narvaro.web.cases.flow.fidelity import Common, chains
from narvaro.web.cases.flow.rows import CaseRow, place_on

CLOSED, TAKEN_ON = "close", "next"
FEWEST = 5
"""Fewer pupils than this tell nothing, and are not shown."""
MONTHS_AFTER = 3


@dataclass(frozen=True, slots=True)
class Minutes:
    """Absent and acknowledged minutes of a pupil over three months."""

    absent: int
    acknowledged: int


MinutesOf = Callable[[str, str, Month], Minutes | None]
"""Pupil, school and the last of three months → minutes; None when nothing can be told."""


@dataclass(frozen=True, slots=True)
class Later:
    """Pupils of one group: absence in the three months to the decision's month, and the three after.

    Only pupils of whom both can be told. A share is None when they are too few.
    """

    pupils: int
    told: int
    before: Share | None
    after: Share | None

    @property
    def is_told(self) -> bool:
        """They are enough for something to be told."""
        return self.after is not None


@dataclass(frozen=True, slots=True)
class StepEnds:
    """How a step ended: decided in all, taken on, closed; and later absence of the two."""

    step: str
    decided: int
    taken_on: int
    closed: int
    later_taken_on: Later
    later_closed: Later


@dataclass(slots=True)
class _Ends:
    decided: int = 0
    groups: dict[str, list[tuple[str, str, Month]]] = field(
        default_factory=lambda: {TAKEN_ON: [], CLOSED: []}
    )


def step_ends(
    cases: Iterable[CaseRow],
    common: Common,
    minutes_of: MinutesOf,
    *,
    first: date,
    last: date,
    over_by: Month,
) -> list[StepEnds]:
    """Steps decided from a day to a day, in the routine's order.

    `over_by` is the last month that is over: later absence can be told of decisions three months
    before it. A pupil stands once in a group of a step.
    """
    found: defaultdict[str, _Ends] = defaultdict(_Ends)
    order: dict[str, int] = {}
    for case in cases:
        steps = [one.id for one in common[case.routine].steps]
        order |= {step: place for place, step in enumerate(steps) if step not in order}
        for chain in chains(case.steps):
            step, day = chain.first.step, chain.done_on
            if day is None or not first <= day <= last or step not in order:
                continue
            ends = found[step]
            ends.decided += 1
            group = ends.groups.get(chain.last.decision)
            if group is not None:
                group.append((case.pupil, place_on(case.placed, day), Month.holding(day)))
    return [
        StepEnds(
            step,
            ends.decided,
            len(ends.groups[TAKEN_ON]),
            len(ends.groups[CLOSED]),
            later(ends.groups[TAKEN_ON], minutes_of, over_by),
            later(ends.groups[CLOSED], minutes_of, over_by),
        )
        for step, ends in sorted(found.items(), key=lambda pair: order[pair[0]])
    ]


def later(group: Iterable[tuple[str, str, Month]], minutes_of: MinutesOf, over_by: Month) -> Later:
    """Absence of a group's pupils before and after, as one share each of all their minutes."""
    pupils = {pupil: (school, month) for pupil, school, month in group}
    told = []
    for pupil, (school, month) in pupils.items():
        if month.plus(MONTHS_AFTER) > over_by:
            continue
        before = minutes_of(pupil, school, month)
        after = minutes_of(pupil, school, month.plus(MONTHS_AFTER))
        if before is not None and after is not None:
            told.append((before, after))
    if len(told) < FEWEST:
        return Later(len(pupils), len(told), None, None)
    return Later(
        len(pupils),
        len(told),
        _share(before for before, _after in told),
        _share(after for _before, after in told),
    )


def _share(minutes: Iterable[Minutes]) -> Share | None:
    every = list(minutes)
    return share_of(sum(one.absent for one in every), sum(one.acknowledged for one in every))
