"""The windows a page of figures can be seen over: the rule's own first, then month and school year."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.timetable import GRADES, Month, Window, month_name
from narvaro.web.figures.facts import WINDOWS, Facts
from narvaro.web.ui.written import language

SLUGS = {"month": "manad", "school-year": "lasar", "term": "termin", "week": "vecka"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of a switch: what it says, where it leads, whether one is there."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class View:
    """What of the figures is asked for: a month end and a window."""

    facts: Facts
    window: Window
    choices: tuple[Choice, ...]
    grade: str = ""

    @property
    def slug(self) -> str:
        """The window as it stands in an address."""
        return slug_of(self.window)

    @property
    def is_of_the_rule(self) -> bool:
        """The window is that of the rule in force."""
        return self.window == self.facts.rule.window


def view_of(request: HttpRequest, facts: Facts) -> View:
    """The window of the address (`period`); the rule's own for anything else."""
    every = tuple(dict.fromkeys((facts.rule.window, *WINDOWS)))
    asked = request.GET.get("period", "")
    window = next((one for one in every if slug_of(one) == asked), every[0])
    choices = tuple(
        Choice(
            label_of(one, facts.month),
            _url(request.GET, one, is_first=not n),
            is_current=one == window,
        )
        for n, one in enumerate(every)
    )
    grade = request.GET.get("arskurs", "")
    return View(facts, window, choices, grade if grade in GRADES else "")


def slug_of(window: Window) -> str:
    """A window in an address: `3-manader`, `manad`, `20-skoldagar`."""
    if window.kind == "rolling-months":
        return f"{window.count}-manader"
    return f"{window.count}-skoldagar" if window.kind == "school-days" else SLUGS[window.kind]


def label_of(window: Window, month: Month) -> str:
    """A window on a button: `Tre månader`, `November`, `Läsåret`."""
    if window.kind == "rolling-months":
        words = {2: _("Två månader"), 3: _("Tre månader"), 6: _("Sex månader")}
        plain = ngettext("%(n)s månad", "%(n)s månader", window.count) % {"n": window.count}
        return words.get(window.count, plain)
    if window.kind == "month":
        return month_name(month.first_day.month, language()).capitalize()
    if window.kind == "school-days":
        return _("%(n)s skoldagar") % {"n": window.count}
    return {"school-year": _("Läsåret"), "term": _("Terminen")}.get(window.kind, _("Veckan"))


def _url(given: QueryDict, window: Window, *, is_first: bool) -> str:
    """The same address with another window."""
    kept = {name: given[name] for name in given if name != "period"}
    asked = kept if is_first else kept | {"period": slug_of(window)}
    return f"?{urlencode(asked)}"
