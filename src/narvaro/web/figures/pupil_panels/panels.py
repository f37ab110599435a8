"""The panels of a pupil's figures, each offered to its part of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from narvaro.programmes import rule_in_words
from narvaro.timetable import Period, period_in_words
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.pupil_panels.calendar_panel import (
    at_weekends,
    sum_in_words,
    sums_of_year,
    year_calendar,
    year_period,
)
from narvaro.web.figures.pupil_panels.counting import axis_of, counted
from narvaro.web.figures.pupil_panels.doing import timeline
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.flagging import flag_rows
from narvaro.web.figures.pupil_panels.others_panel import cards, key_of
from narvaro.web.figures.pupil_panels.pattern_panel import (
    subject_pattern,
    week_pattern,
)
from narvaro.web.figures.pupil_panels.rolling_panel import rolling_chart, years_chart
from narvaro.web.figures.pupil_panels.stays import moves_of, named
from narvaro.web.figures.pupil_panels.strip import HISTORY
from narvaro.web.figures.pupil_panels.verdict import verdict_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui import written
from narvaro.web.ui.registry import Panel, Part, offer_pupil_panels

NO_RULE = "figures/pupil/no_rule.html"


def offer() -> None:
    """Offer every panel, in the order of the page."""
    offer_pupil_panels(Part.HAPPENED, 10, calendar)
    offer_pupil_panels(Part.HAPPENED, 20, week)
    offer_pupil_panels(Part.HAPPENED, 30, rolling)
    offer_pupil_panels(Part.HAPPENED, 35, others)
    offer_pupil_panels(Part.HAPPENED, 40, subjects)
    offer_pupil_panels(Part.HAPPENED, 50, years)
    offer_pupil_panels(Part.KNOWN, 10, how_counted)
    offer_pupil_panels(Part.KNOWN, 20, untold)
    offer_pupil_panels(Part.KNOWN, 30, rules)
    offer_pupil_panels(Part.KNOWN, 40, flags)
    offer_pupil_panels(Part.KNOWN, 50, places)
    offer_pupil_panels(Part.NEXT, 10, done)


def calendar(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """A square a school day."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None:
        chart = year_calendar(facts)
        context = {"chart": chart, "pupil": pupil, **_beside_squares(facts)}
        yield _panel("calendar", _("Varje skoldag"), context)


def _beside_squares(facts: PupilFacts) -> Mapping[str, Any]:
    """What is counted and has no square."""
    sums = [sum_in_words(one) for one in sums_of_year(facts)]
    return {"weekend": at_weekends(facts), "sums": sums}


def week(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """Lesson of the day by weekday."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None and facts.lessons.hours:
        context = {
            "grid": week_pattern(facts),
            "period": _window(facts),
            "sums": facts.held[0].standing.absence.from_summaries if facts.held else 0,
        }
        yield _panel("pattern", _("Veckans mönster"), context, width=5)


def rolling(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The share over time against the rules in force."""
    facts = pupil_facts(viewer, pupil)
    for number, held in enumerate(facts.held if facts else ()):
        assert facts is not None  # noqa: S101
        doings = [one for one in timeline(facts, year_period(facts)) if one.number]
        chart = rolling_chart(facts, held)
        context = {
            "chart": chart,
            "others": slugify(f"figures.{key_of(number)}") if chart.flags else "",
            "doings": doings,
            "rule": rule_in_words(held.rule, written.language()),
        }
        key = "rolling" if not number else f"rolling-{number + 1}"
        yield _panel("rolling", _("Frånvaro över tid"), context, width=7, key=key)


def others(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The line from a flag on, beside that of others flagged by the same rule in the same month."""
    facts = pupil_facts(viewer, pupil)
    for key, card in cards(viewer, facts) if facts else ():
        title = _("Andra flaggade elever i samma tid")
        yield _panel("others", title, {"card": card}, width=7, key=key)


def subjects(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """In what the time is missed."""
    facts = pupil_facts(viewer, pupil)
    grid = subject_pattern(facts) if facts is not None else None
    if facts is not None and grid is not None:
        context = {"grid": grid, "period": _window(facts)}
        yield _panel("pattern", _("Ämne för ämne"), context, width=5, key="subjects")


def years(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """A line a school year, for those entitled to history."""
    facts = pupil_facts(viewer, pupil) if viewer.may(HISTORY) else None
    chart = years_chart(facts) if facts is not None else None
    if chart is not None:
        yield _panel("years", _("Alla läsår"), {"chart": chart, "pupil": pupil}, width=7)


def how_counted(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The sum, the axis, the verdict."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None and facts.held:
        context = {"counted": counted(facts, facts.held[0]), "untold": len(facts.lessons.untold)}
        yield _panel("counted", _("Så räknas det"), context, width=7)
    elif facts is not None:
        yield Panel("counted", _("Så räknas det"), NO_RULE, {"month": facts.facts.month.first_day})


def untold(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """Lessons nobody acknowledged, at best and at worst."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None and facts.held:
        row, rule = facts.held[0].standing.absence, facts.held[0].rule
        context = {
            "lessons": facts.lessons.untold,
            "missing": row.scheduled_minutes - row.acknowledged_minutes,
            "low": row.low,
            "high": row.high,
            "limit": rule.limit,
        }
        yield _panel("untold", _("Inte kvitterade lektioner"), context, width=5)


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule beside the others."""

    rule: str
    period: str
    share: str
    verdict: str
    kind: str
    axis: Any


def rules(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """Rules in force side by side, where there are several."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None and len(facts.held) > 1:
        cards = [_card(held) for held in facts.held]
        yield _panel("rules", _("Reglerna sida vid sida"), {"cards": cards})


def _card(held: Held) -> RuleCard:
    row = held.standing.absence
    verdict = verdict_of(held.standing, held.rule)
    return RuleCard(
        rule_in_words(held.rule, written.language()),
        period_in_words(Period(row.from_on, row.to_on), written.language()),
        written.share(row.share, held.rule.limit),
        verdict.head,
        verdict.kind,
        axis_of(held, verdict),
    )


def flags(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The school year's flags, each with its explanation."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None and facts.held:
        rows = flag_rows(facts)
        context = {"rows": rows, "several": len(facts.held) > 1}
        yield _panel("flags", _("Flaggor i år"), context, width=7)


def places(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """Enrolments and moves; earlier school years for those entitled to history."""
    facts = pupil_facts(viewer, pupil)
    if facts is None:
        return
    may_see_all = viewer.may(HISTORY)
    since = facts.school_year.period.from_on
    stays = [
        one
        for one in facts.stays
        if one.from_on <= viewer.today and (may_see_all or not one.to_on or one.to_on >= since)
    ]
    if stays:
        rows = list(reversed(named(viewer, stays)))
        context = {"rows": rows, "moves": moves_of(stays)}
        yield _panel("places", _("Skola och klass"), context, width=5)


def done(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """Steps and support, the latest first."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None:
        rows = list(reversed(timeline(facts, year_period(facts))))
        is_over = bool(facts.held) and facts.held[0].standing.is_flagged
        yield _panel("done", _("Steg och stöd"), {"rows": rows, "is_over": is_over}, width=7)


def _window(facts: PupilFacts) -> str:
    return period_in_words(facts.window, written.language())


def _panel(
    template: str, title: str, context: Mapping[str, Any], *, width: int = 12, key: str = ""
) -> Panel:
    name = f"figures/pupil/{template}.html"
    return Panel(f"figures.{key or template}", title, name, context, width)


def school_year_panel(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    """The whole school year, on a narrow screen too."""
    facts = pupil_facts(viewer, pupil)
    if facts is not None:
        chart = year_calendar(facts, whole_year=True)
        context = {"chart": chart, "pupil": pupil, **_beside_squares(facts), "is_whole": True}
        yield _panel("calendar", _("Varje skoldag"), context)
