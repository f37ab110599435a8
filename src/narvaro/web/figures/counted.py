""" "Så räknas det": the rule, the window, the minutes, the coverage and what was corrected since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes import rule_in_words
from narvaro.shares import Share, limit_in_words
from narvaro.timetable import Window
from narvaro.web.figures.facts import Facts, Tally
from narvaro.web.figures.freshness import is_final
from narvaro.web.figures.words import period_text
from narvaro.web.ui.written import language, moment


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the sum from scheduled to absent minutes. `kind`: part, total or empty."""

    words: str
    minutes: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The same words at every level, from the municipality to a pupil.

    `on_list` and `assessed` are for those who see the pupils.
    """

    rule: str
    programme: str
    version: int
    window: str
    school_days: int
    sums: tuple[Sum, ...]
    on_list: int
    assessed: int
    share: Share | None
    coverage: Share | None
    floor: str
    limit: str
    corrections: str
    known: str
    receipt: str
    assumptions: tuple[str, ...]


def counted(facts: Facts, schools: Collection[str], tally: Tally, window: Window) -> Counted:
    """How some pupils' figures came about."""
    rule, lang = facts.judging(window=window).rule, language()
    period = facts.period(window)
    first = min(schools, default="")
    return Counted(
        rule=rule_in_words(rule, lang),
        programme=facts.programme.name.sv if lang == "sv" else facts.programme.name.en,
        version=facts.programme.version,
        window=period_text(period),
        school_days=sum(1 for _day in facts.calendar(first).school_days(period)),
        sums=sums_of(tally),
        on_list=tally.flagged,
        assessed=tally.assessed,
        share=tally.absence,
        coverage=tally.coverage,
        floor=limit_in_words(rule.coverage_floor, lang),
        limit=limit_in_words(rule.limit, lang),
        corrections=_corrections(facts, schools, window),
        known=moment(facts.known_at),
        receipt=facts.receipt,
        assumptions=tuple(
            one.text.sv if lang == "sv" else one.text.en for one in facts.programme.assumptions
        ),
    )


def sums_of(tally: Tally) -> tuple[Sum, ...]:
    """From scheduled to absent; valid absence is a part of it like the others."""
    scheduled, acknowledged, valid, invalid, unclassified, other, leave = tally.minutes
    return (
        Sum(_("Schemalagda minuter i lektioner som är slut"), scheduled),
        Sum(_("Ännu inte kvitterade"), acknowledged - scheduled, "part"),
        Sum(_("Kvitterade minuter"), acknowledged, "total"),
        Sum(_("Giltig frånvaro"), valid, "part"),
        Sum(_("varav beviljad ledighet"), leave, "part"),
        Sum(_("Ogiltig frånvaro"), invalid, "part"),
        Sum(_("Frånvaro utan uppgift om giltig eller ogiltig"), unclassified, "part"),
        Sum(_("Frånvarande minuter: all frånvaro räknas"), tally.absent, "total"),
        Sum(_("Annan skolaktivitet, räknas som närvaro"), other, "part"),
    )


def _corrections(facts: Facts, schools: Collection[str], window: Window) -> str:
    if not is_final(facts, facts.month):
        return _("Månaden är inte slutlig. Det som rättas nu räknas in.")
    found = facts.corrections(facts.period(window))
    number = sum(found.get(school, 0) for school in schools)
    if not number:
        return _("Inga rättelser sedan månaden blev slutlig.")
    return ngettext(
        "%(n)s uppgift har rättats sedan månaden blev slutlig.",
        "%(n)s uppgifter har rättats sedan månaden blev slutlig.",
        number,
    ) % {"n": number}
