"""Frozen values for the pages of projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from narvaro.web.accounts.models import is_on
from narvaro.web.projects.models import (
    Answer,
    Fact,
    Goal,
    Part,
    Phase,
    Project,
    Reading,
    Step,
)
from narvaro.web.ui.sorting import sort_key


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, its newest value, and how it has moved."""

    goal: Goal
    newest: Reading | None
    before: Reading | None
    is_reached: bool | None

    @property
    def change(self) -> Decimal | None:
        """The newest value less the one before."""
        if self.newest is None or self.before is None:
            return None
        return self.newest.value - self.before.value


@dataclass(frozen=True, slots=True)
class PartOfProject:
    """A part of the programme with its phases under way and its goals."""

    part: str
    name: str
    phases: Sequence[Phase]
    goals: Sequence[GoalRow]


@dataclass(frozen=True, slots=True)
class Place:
    """A school or a municipality: how it stands on the day, and each dated step."""

    name: str
    arm: str
    state: Answer
    steps: Sequence[Step]

    @property
    def is_in(self) -> bool:
        """Takes part on the day."""
        return self.state in (Answer.JOINED, Answer.LIVE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What several sources say of one thing."""

    name: str
    facts: Sequence[Fact]

    @property
    def differ(self) -> bool:
        """The sources do not say the same."""
        return len({one.statement.strip().casefold() for one in self.facts}) > 1


def parts_of(project: Project, day: date) -> list[PartOfProject]:
    """Every part, in the programme's order, as known on the day."""
    phases = list(project.phases.all())
    goals = list(project.goals.prefetch_related("readings"))
    return [
        PartOfProject(
            part.value,
            str(part.label),
            [one for one in phases if one.part == part and is_on(day, one.from_on, one.to_on)],
            [_goal_row(one, day) for one in goals if one.part == part],
        )
        for part in Part
    ]


def _goal_row(goal: Goal, day: date) -> GoalRow:
    known = [one for one in goal.readings.all() if one.on <= day]
    newest = known[-1] if known else None
    before = known[-2] if len(known) > 1 else None
    reached = None if newest is None or goal.target is None else newest.value >= goal.target
    return GoalRow(goal, newest, before, reached)


def places_of(project: Project, day: date) -> list[Place]:
    """Every school and municipality with its steps up to the day; those taking part first."""
    found: dict[str, list[Step]] = defaultdict(list)
    for one in project.steps.select_related("school"):
        if one.on <= day:
            found[one.school.name if one.school else one.other].append(one)
    places = [_place(name, steps) for name, steps in found.items()]
    return sorted(places, key=lambda one: (not one.is_in, one.arm != "project", sort_key(one.name)))


def _place(name: str, steps: list[Step]) -> Place:
    arms = [one.arm for one in steps if one.arm]
    return Place(name, arms[-1] if arms else "", Answer(steps[-1].answer), steps)


def topics_of(project: Project, day: date) -> list[Topic]:
    """The facts by topic, as known on the day; those where sources differ first."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for one in project.facts.all():
        if one.dated_on <= day:
            found[one.topic].append(one)
    topics = [Topic(name, facts) for name, facts in found.items()]
    return sorted(topics, key=lambda one: (not one.differ, sort_key(one.name)))
