"""One rule to try."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from narvaro.errors import BadRequest
from narvaro.programmes import Operator, Rule, Text
from narvaro.timetable import Window

DEFAULT_FLOOR = Fraction(80)
"""Coverage in per cent below which a share decides nothing (docs/explanation/flags.md)."""


@dataclass(frozen=True, slots=True)
class Combination:
    """One rule to try: window, operator and limit in exact per cent."""

    window: Window
    operator: Operator
    limit: Fraction
    floor: Fraction = DEFAULT_FLOOR
    minimum: int = 0

    @classmethod
    def of(cls, rule: Rule) -> Combination:
        """The combination that a programme's rule is; one with an upper limit is none."""
        if rule.upper_limit is not None:
            raise BadRequest(
                "A rule with an upper limit cannot be tried against others.",
                remedy="Try its lower limit.",
            )
        minimum = rule.minimum_minutes or 0
        return cls(rule.window, rule.operator, rule.limit, rule.coverage_floor, minimum)

    @property
    def rule(self) -> Rule:
        """The combination as a rule of no programme."""
        return Rule(
            id="tried",
            name=Text("prövad", "tried"),
            window=self.window,
            measure="all-absence",
            operator=self.operator,
            limit=self.limit,
            upper_limit=None,
            upper_operator="<=",
            coverage_floor=self.floor,
            minimum_minutes=self.minimum or None,
            minimum_reason=None,
            check_on=(),
            after_step=None,
            leads_to=None,
            source=(),
            assumption=True,
            assumption_text=None,
        )
