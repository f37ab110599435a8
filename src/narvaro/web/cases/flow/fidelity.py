"""Steps done in time of steps due, by the common version's clock (A-R-32).

What a school does otherwise changes when its own step is due, not when it counts as done in time
here: schools that made the routine stricter or looser are measured alike. A step that only the
school has is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from narvaro.errors import BadRequest
from narvaro.programmes import Programme, Step, due_on
from narvaro.timetable import Calendar, Month
from narvaro.web.cases.flow.rows import CaseRow, StepRow, place_on

PASSED_ON, CONTINUED = ("escalate", "return"), "continue"
"""Handed upwards and handed back: the same piece of work goes on."""
Common = Mapping[str, Programme]
"""The digest of a routine → the common version."""


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step whose last day has passed. `key` is the step that stands last of those handed upwards."""

    case: str
    key: str
    pupil: str
    school: str
    step: str
    due_on: date
    done_on: date | None

    @property
    def is_in_time(self) -> bool:
        """Somebody decided it by its last day."""
        return self.done_on is not None and self.done_on <= self.due_on

    @property
    def month(self) -> Month:
        """The month it was due in."""
        return Month.holding(self.due_on)


@dataclass(frozen=True, slots=True)
class Chain:
    """A step and those that continued it when it was handed upwards: one piece of work.

    `agreed_on` is the day that the step before it was continued to; it is the last day then.
    """

    first: StepRow
    last: StepRow
    agreed_on: date | None

    @property
    def done_on(self) -> date | None:
        """When it was decided otherwise than by handing it upwards."""
        return None if self.last.decision in PASSED_ON else self.last.decided_on


def chains(steps: Iterable[StepRow]) -> list[Chain]:
    """The pieces of work of a case, in the order they began."""
    found: list[list[StepRow]] = []
    agreed: list[date | None] = []
    open_at: dict[str, int] = {}
    until: dict[str, date | None] = {}
    for step in steps:
        if step.step in open_at:
            found[open_at.pop(step.step)].append(step)
            place = next(n for n, one in enumerate(found) if one[-1] is step)
        else:
            place = len(found)
            found.append([step])
            agreed.append(until.pop(step.step, None))
        if step.decision in PASSED_ON:
            open_at[step.step] = place
        if step.decision == CONTINUED:
            until[step.step] = step.until
    return [Chain(one[0], one[-1], day) for one, day in zip(found, agreed, strict=True)]


def due_steps(
    cases: Iterable[CaseRow],
    common: Common,
    calendar_of: Callable[[str], Calendar],
    *,
    today: date,
) -> Iterator[DueStep]:
    """Every step that was due before a day.

    A step that nobody decided before its case was closed fell away when its last day had not
    come, and was late when it had. A step is due at the school where the case lay on its last day.
    """
    clocks: dict[tuple[str, str, date, str], date | None] = {}
    for case in cases:
        known = {one.id: one for one in common[case.routine].steps}
        for chain in chains(case.steps):
            step = known.get(chain.first.step)
            if step is None:
                continue
            began = chain.first.began_on
            school = place_on(case.placed, began)
            name = (case.routine, step.id, began, school)
            if name not in clocks:
                clocks[name] = last_day(step, began, calendar_of(school))
            due = chain.agreed_on or clocks[name]
            if due is None or due >= today or _fell_away(case, chain, due):
                continue
            yield DueStep(
                case.key,
                chain.last.key,
                case.pupil,
                place_on(case.placed, due),
                step.id,
                due,
                chain.done_on,
            )


def last_day(step: Step, began_on: date, calendar: Calendar) -> date | None:
    """The last day of a step by the common version; None where the calendar ends too early."""
    try:
        return due_on(step, began_on, calendar)
    except BadRequest:
        return None


def _fell_away(case: CaseRow, chain: Chain, due: date) -> bool:
    return chain.done_on is None and case.closed_on is not None and case.closed_on <= due
