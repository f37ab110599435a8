"""A programme as one value: its dates, its scope on a day, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from narvaro.errors import BadRequest
from narvaro.programmes.adaptation import Adaptation
from narvaro.programmes.model import (
    Arm,
    Cadence,
    Collaboration,
    Counter,
    Form,
    InForce,
    Places,
    Registration,
    Rule,
    Scope,
    Source,
    Sourced,
    Tier,
)
from narvaro.programmes.roles import Text
from narvaro.programmes.steps import Prompt, Reminder, Routine, Silence, Step
from narvaro.timetable import (
    At,
    Period,
    SchoolYear,
    born_when_aged,
    grades_in_year_of_schooling,
    year_of_schooling,
)


class Assumption(NamedTuple):
    """Something no source states, and the table of the programme that rests on it."""

    place: str
    text: Text


class Participation(NamedTuple):
    """One row of the `participations` table; `ends_on` is the last day, None while it lasts."""

    programme: str
    school: str
    role: Arm
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A working model: dated, sourced, versioned. `fingerprint` is the SHA-256 of its file.

    `adapted_by` is the local adaptation that was laid on it; None for the common version.
    """

    id: str
    version: int
    name: Text
    about: Text | None
    sources: tuple[Source, ...]
    in_force: InForce
    scope: Scope
    registration: Registration
    collaboration: Collaboration
    rules: tuple[Rule, ...]
    counters: tuple[Counter, ...]
    steps: tuple[Step, ...]
    routine: Routine
    silence: tuple[Silence, ...]
    reminders: tuple[Reminder, ...]
    prompts: tuple[Prompt, ...]
    forms: tuple[Form, ...]
    tiers: tuple[Tier, ...]
    cadence: tuple[Cadence, ...]
    places: tuple[Places, ...]
    fingerprint: str
    adapted_by: Adaptation | None = None

    def rule(self, rule_id: str) -> Rule:
        """Raises BadRequest when the programme has no such rule."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        known = ", ".join(rule.id for rule in self.rules) or "none"
        raise BadRequest(f"{self.id} has no such rule.", remedy=f"Its rules are: {known}.")

    def step(self, step_id: str) -> Step:
        """Raises BadRequest when the programme has no such step."""
        for step in self.steps:
            if step.id == step_id:
                return step
        known = ", ".join(step.id for step in self.steps) or "none"
        raise BadRequest(f"{self.id} has no such step.", remedy=f"Its steps are: {known}.")

    def prompts_of(self, step_id: str) -> tuple[Prompt, ...]:
        """What to think of in a step, in the order of the file."""
        return tuple(p for p in self.prompts if not p.steps or step_id in p.steps)

    def reminders_of(self, step_id: str) -> tuple[Reminder, ...]:
        """When somebody is reminded of a step's deadline, and who."""
        return tuple(r for r in self.reminders if not r.steps or step_id in r.steps)

    @property
    def duties(self) -> tuple[str, ...]:
        """The ids of the duties in law that its steps meet, each once, in the order of the steps."""
        return tuple(dict.fromkeys(duty for step in self.steps for duty in step.duties))

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What no source states, in the order of the file; every page that uses it shows it."""
        return tuple(
            Assumption(place, part.assumption_text)
            for place, part in self._parts()
            if part.assumption_text is not None
        )

    def require_in_force(self, at: At | date, *, outside_dates: bool = False) -> None:
        """Raises BadRequest when the day lies outside the programme, unless that is asked for."""
        day = at.day if isinstance(at, At) else at
        if outside_dates or self.in_force.holds(day):
            return
        begins, ends = self.in_force.from_on or "the beginning", self.in_force.to_on or "further on"
        raise BadRequest(
            f"{self.id} is not in force on {day}; it holds from {begins} to {ends}.",
            remedy="Choose a day within it, another programme, or add --outside-dates.",
        )

    def grades_in_scope(self, on: date) -> tuple[str, ...] | None:
        """The grades in scope on a day; None means all but preschool, and unknown grades too.

        After the ten-year school began (2028/29) a grade stands for another year of schooling;
        the programme means the years its grades stood for when it began.
        """
        if not self.scope.grades:
            return None
        written = SchoolYear.holding(self.in_force.from_on or on)
        years = {year_of_schooling(grade, written) for grade in self.scope.grades}
        asked = SchoolYear.holding(on)
        return tuple(
            grade for year in sorted(years) for grade in grades_in_year_of_schooling(year, asked)
        )

    def has_grade(self, grade: str | None, on: date) -> bool:
        """Whether a grade is in scope on a day. Preschool is voluntary: only if it is named."""
        grades = self.grades_in_scope(on)
        return grade != "preschool" if grades is None else grade in grades

    def birth_dates_in_scope(self, on: date) -> Period | None:
        """The birth dates whose age is in scope on a day, or None when every age is."""
        ages = self.scope.ages
        return born_when_aged(ages.from_age, ages.to_age, on=on) if ages else None

    def schools_taking_part(
        self, participations: Iterable[Participation], on: date
    ) -> dict[str, Arm] | None:
        """School -> its arm on a day, or None when all schools take part.

        All do when no participation, of any date, names the programme.
        """
        if self.scope.schools == "all":
            return None
        named = [row for row in participations if row.programme in self.scope.participations]
        if not named:
            return None
        current = [row for row in named if row.starts_on <= on <= (row.ends_on or on)]
        return {row.school: row.role for row in sorted(current, key=lambda row: row.starts_on)}

    def schools_at_the_start(
        self, participations: Iterable[Participation]
    ) -> dict[str, Arm] | None:
        """School -> its arm the day the first participation began; None when all take part."""
        rows = list(participations)
        first = min(
            (row.starts_on for row in rows if row.programme in self.scope.participations),
            default=None,
        )
        return None if first is None else self.schools_taking_part(rows, first)

    def _parts(self) -> Iterable[tuple[str, Sourced]]:
        yield "in_force", self.in_force
        yield "scope", self.scope
        yield "registration", self.registration
        yield "collaboration", self.collaboration
        yield from ((f"rules.{rule.id}", rule) for rule in self.rules)
        yield from ((f"counters.{counter.id}", counter) for counter in self.counters)
        yield from ((f"steps.{step.id}", step) for step in self.steps)
        yield "routine", self.routine
        yield from ((f"silence.{rung.role}", rung) for rung in self.silence)
        yield from ((f"reminders.{r.role}", r) for r in self.reminders)
        yield from ((f"prompts.{prompt.id}", prompt) for prompt in self.prompts)
        yield from ((f"forms.{form.id}", form) for form in self.forms)
        yield from ((f"tiers.{tier.id}", tier) for tier in self.tiers)
        yield from ((f"cadence.{cadence.id}", cadence) for cadence in self.cadence)
        yield from ((f"places.{places.id}", places) for places in self.places)
