"""What is tried: which windows, limits and operators, and what the form of the page says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from narvaro.timetable import Window
from narvaro.web.figures.facts import Facts, limits_of, windows_of
from narvaro.web.figures.windows import slug_of

TRIED = {
    Window("month"): (
        gettext_lazy("Kalendermånad"),
        gettext_lazy("Ojämnt: korta månader ger fler"),
    ),
    Window("school-days", 20): (
        gettext_lazy("Fyra veckor"),
        gettext_lazy("Snabbt, men en vecka väger tungt"),
    ),
    Window("rolling-months", 2): (
        gettext_lazy("Två månader"),
        gettext_lazy("Mellan snabbt och lugnt"),
    ),
    Window("rolling-months", 3): (
        gettext_lazy("Tre månader"),
        gettext_lazy("Lugnt, men flaggar senare"),
    ),
    Window("term"): (gettext_lazy("Terminen hittills"), gettext_lazy("Växer under terminen")),
    Window("school-year"): (gettext_lazy("Läsåret hittills"), gettext_lazy("Glömmer långsammast")),
}
STAGES = ("F–3", "4–6", "7–9")
MINUTES, MINUTES_A_FLAG, HOURS_A_SCHOOL = (30, 45, 60, 90, 120, 180), 90, 12
"""Minutes a flag can be said to take, and is assumed to; hours that every school is assumed to have
each month."""

OPERATORS = {"minst": (">=", gettext_lazy("Minst (≥)")), "over": (">", gettext_lazy("Mer än (>)"))}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the form says: work per flag, hours there are, which grades, which operator and cell."""

    minutes: int
    hours: int
    is_assumed: bool
    stage: str
    operator: str
    window: Window
    limit: Fraction

    @property
    def capacity(self) -> int:
        """The time there is, in minutes."""
        return self.hours * 60

    def query(self, window: Window, limit: Fraction) -> str:
        """The address of another cell under the same settings."""
        said = {"minuter": self.minutes, "arskurser": self.stage, "gransen": self.operator}
        hours = {} if self.is_assumed else {"timmar": self.hours}
        cell = {"fonster": slug_of(window), "grans": limit_slug(limit)}
        return "?" + urlencode(
            {name: value for name, value in {**said, **hours, **cell}.items() if value}
        )


def limit_slug(limit: Fraction) -> str:
    """A limit in an address: `15`, `12.5`."""
    return str(limit.numerator) if limit.denominator == 1 else str(float(limit))


def settings_of(given: QueryDict, facts: Facts, schools: int) -> Settings:
    """The form of an address; what cannot be meant is the usual."""
    assumed = HOURS_A_SCHOOL * schools
    hours = _whole(given.get("timmar", ""), assumed, most=100_000)
    stage, operator = given.get("arskurser", ""), given.get("gransen", "")
    used = "over" if facts.rule.operator == ">" else "minst"
    window, limit = given.get("fonster", ""), given.get("grans", "")
    return Settings(
        minutes=_whole(given.get("minuter", ""), MINUTES_A_FLAG, most=600),
        hours=hours,
        is_assumed=hours == assumed,
        stage=stage if stage in STAGES else "",
        operator=operator if operator in OPERATORS else used,
        window=next(
            (one for one in windows_of(facts) if slug_of(one) == window), facts.rule.window
        ),
        limit=next((one for one in limits_of(facts) if limit_slug(one) == limit), facts.rule.limit),
    )


def _whole(text: str, usual: int, *, most: int) -> int:
    is_plain = text.isascii() and text.isdigit() and len(text) < 7
    return int(text) if is_plain and 0 < int(text) <= most else usual
