"""What was asked for, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from narvaro.demo.days import utc_minute
from narvaro.demo.schools import School, plan_schools
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from numpy.random import Generator

FEWEST_PUPILS, MOST_PUPILS, MOST_YEARS = 300, 100_000, 5
ROSTER, TRAITS, PEOPLE, STAFF, SCHOOL, OUTCOMES = range(6)
"""What a stream of random numbers is for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The municipality to make; `years` are those in which the school years begin."""

    pupils: int
    schools: tuple[School, ...]
    years: tuple[int, ...]
    seed: int
    until: date | None

    @property
    def until_minute(self) -> int | None:
        """The last minute in which anything was told, since 1970-01-01T00:00Z."""
        return utc_minute(self.until + timedelta(days=1), 0) - 1 if self.until else None

    def random(self, *what: int) -> Generator:
        """A stream of its own for every part, so that parts do not depend on each other."""
        import numpy as np

        return np.random.default_rng([self.seed, *what])


def checked_plan(*, pupils: int, schools: int, years: range, seed: int, until: date | None) -> Plan:
    """The plan; raises BadRequest for anything outside the limits."""
    limits = (
        ("pupils", pupils, FEWEST_PUPILS, MOST_PUPILS),
        ("school years", len(years), 1, MOST_YEARS),
        ("first year", years.start, 1990, 2090),
        ("seed", seed, 0, 2**63 - 1),
    )
    for what, given, least, most in limits:
        if not least <= given <= most:
            raise BadRequest(
                f"The demo takes {least} to {most} as {what}.", remedy=f"{given} is outside."
            )
    return Plan(pupils, plan_schools(schools, pupils=pupils), tuple(years), seed, until)
