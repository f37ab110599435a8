"""Sentences that pages of figures share: lists of names, limits, periods."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes import Rule
from narvaro.shares import limit_in_words as limit_text
from narvaro.timetable import Period, period_in_words
from narvaro.web.ui.written import HARD, language


def listed(names: Sequence[str], most: int = 6) -> str:
    """`7D, 8B och 9C`; of many the first ones and how many more."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        shown.append(ngettext("%(n)s till", "%(n)s till", rest) % {"n": rest})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(first)s och %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}


def limit_in_words(rule: Rule) -> str:
    """`15 % frånvaro eller mer`, `mer än 15 % frånvaro`, after "elever med"."""
    limit = limit_text(rule.limit, language()).replace(" ", HARD)
    if rule.operator == ">":
        return _("mer än %(limit)s frånvaro") % {"limit": limit}
    return _("%(limit)s frånvaro eller mer") % {"limit": limit}


def period_text(period: Period) -> str:
    """`september–november 2026`."""
    return period_in_words(period, language())
