"""The parts of a programme as values: what a municipality has decided, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from narvaro.programmes.roles import Text
from narvaro.timetable import At, Window, age_on

Operator = Literal[">=", ">"]
Arm = Literal["project", "control"]


class Ages(NamedTuple):
    """Whole years, both ends included."""

    from_age: int
    to_age: int


class Deadline(NamedTuple):
    """`kind` is `school-days` or `days` (then `number` says how many), or a word alone."""

    kind: str
    number: int = 0


class Rhythm(NamedTuple):
    """`number` times per `kind` (month, term, half-year, school-year), or every `number` days."""

    kind: str
    number: int


class CheckDay(NamedTuple):
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where it comes from: keys of `sources`, or an assumption with its text, or both."""

    source: tuple[str, ...]
    assumption: bool
    assumption_text: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document the programme is taken from."""

    id: str
    title: str
    publisher: str
    dated: date | None
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce(Sourced):
    """The days the programme holds, both included; None when its source gives no end."""

    from_on: date | None
    to_on: date | None

    def holds(self, day: date) -> bool:
        return (self.from_on or day) <= day <= (self.to_on or day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Sourced):
    """Which pupils and schools a programme speaks of; a pupil outside is no row.

    Grades are those of the pupil's enrolment on the window's last day, ages those of that day.
    Grades are written with the numbers in use when the programme began.
    """

    grades: tuple[str, ...]
    ages: Ages | None
    schools: Literal["participations", "all"]
    participations: tuple[str, ...]

    def has_age(self, birth_date: date | None, on: date) -> bool:
        """Whether the age is in scope; an unknown birth date is not when ages are set."""
        if self.ages is None:
            return True
        if birth_date is None:
            return False
        return self.ages.from_age <= age_on(birth_date, on) <= self.ages.to_age


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration(Sourced):
    """The share of due teaching time and of lessons that has to be acknowledged, in per cent."""

    target: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration(Sourced):
    """What working across authorities is called here, and the days it may take.

    `days_to_meet` are calendar days from the call to the meeting, `followup_days` calendar days
    from a meeting to the next one proposed, `referral_days` calendar days from a referral until
    the receiver has answered, by the kind of authority that receives it.
    """

    meeting_name: Text
    plan_name: Text
    days_to_meet: int
    followup_days: int
    referral_days: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """One share rule over all absence, valid or not; limits are exact per cent."""

    id: str
    name: Text
    window: Window
    measure: str
    operator: Operator
    limit: Fraction
    upper_limit: Fraction | None
    upper_operator: Literal["<=", "<"]
    coverage_floor: Fraction
    minimum_minutes: int | None
    minimum_reason: Text | None
    check_on: tuple[CheckDay, ...]
    after_step: str | None
    leads_to: str | None

    @property
    def limits(self) -> tuple[Fraction, ...]:
        """The limit, and the upper one where there is one; per cent."""
        return (self.limit,) if self.upper_limit is None else (self.limit, self.upper_limit)

    def is_met(self, absent: int, denominator: int) -> bool:
        """Whether absent / denominator lies within the limits, in whole numbers.

        `denominator` is positive; 0 minutes have no share, so ask first.
        """
        return self._reaches(absent, denominator) and not self._passes(absent, denominator)

    def is_met_throughout(self, low: int, high: int, denominator: int) -> bool:
        """Whether every share from low / denominator to high / denominator meets the rule."""
        return self.is_met(low, denominator) and self.is_met(high, denominator)

    def is_missed_throughout(self, low: int, high: int, denominator: int) -> bool:
        """Whether no share from low / denominator to high / denominator meets the rule."""
        return not self._reaches(high, denominator) or self._passes(low, denominator)

    def is_checked_at(self, day: date) -> bool:
        """Whether the rule is run at the day: its check days, else every month's last day."""
        if self.check_on:
            return (day.month, day.day) in self.check_on
        return day == At(day).month.last_day

    def _reaches(self, absent: int, denominator: int) -> bool:
        found = absent * 100 * self.limit.denominator
        limit = self.limit.numerator * denominator
        return found > limit if self.operator == ">" else found >= limit

    def _passes(self, absent: int, denominator: int) -> bool:
        if self.upper_limit is None:
            return False
        found = absent * 100 * self.upper_limit.denominator
        limit = self.upper_limit.numerator * denominator
        return found > limit if self.upper_operator == "<=" else found >= limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter(Sourced):
    """So many flags of a pupil in a school year lead to a step, whoever thinks otherwise.

    The task goes to `task_for`; in a loaded programme it is always there.
    """

    id: str
    name: Text
    counts: Literal["month-ends", "episodes"]
    rules: tuple[str, ...]
    limit: int
    within: str
    overrides: tuple[str, ...]
    leads_to: str
    task_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Sourced):
    """A document that a step needs."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier(Sourced):
    """A level of support, from 1 (for all) upwards."""

    id: str
    level: int
    name: Text
    what: Text
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Sourced):
    """Something that returns: how often, and who has to be there."""

    id: str
    name: Text
    every: Rhythm
    roles: tuple[str, ...]
    step: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places(Sourced):
    """How many pupils or workers there is room for."""

    id: str
    name: Text
    count: int
    per: tuple[str, ...]
