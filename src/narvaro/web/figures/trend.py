"""The share on the list month by month, of some schools or of one grade of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from narvaro.shares import Share
from narvaro.timetable import GRADES, Month
from narvaro.web.figures.facts import Facts, Tally, together
from narvaro.web.figures.joint import SMALL, Tree, names, shown_of
from narvaro.web.figures.joint.names import LISTED, UNTOLD
from narvaro.web.figures.words import limit_in_words
from narvaro.web.ui import written
from narvaro.web.ui.charts import DoneMark, TrendChart, TrendPoint


@dataclass(frozen=True, slots=True)
class TrendOf:
    """Whose line is drawn, and beside whose; `place` is what it is called in `tree`.

    `is_open`: whoever looks sees the pupils themselves, so that nothing is too small.
    """

    name: str
    schools: Collection[str]
    place: str
    tree: Tree
    other_name: str = ""
    other_schools: Collection[str] = ()
    grade: str = ""
    is_open: bool = False
    events: Sequence[DoneMark] = ()


def trend_of(facts: Facts, of: TrendOf) -> TrendChart | None:
    """The chart, by the rule in force; None where nothing can be told in any month."""
    own = {month: _tally(facts, month, of.schools, of.grade) for month in facts.trend_months}
    shares = {month: _share(facts.at(month), tally, of) for month, tally in own.items()}
    if not any(shares.values()):
        return None
    points = [
        TrendPoint(
            month.first_day,
            shares[month],
            own[month].coverage if month in facts.months else None,
            "" if month in facts.months else _("sommarlov"),
        )
        for month in own
    ]
    above = replace(of, place=names.ALL, is_open=False)
    other = [
        _share(facts.at(month), _tally(facts, month, of.other_schools, of.grade), above)
        for month in own
    ]
    return TrendChart(
        title=_title(facts, of, shares[facts.month]),
        points=points,
        name=of.name,
        goal=int(facts.programme.registration.target),
        other=other if of.other_name else (),
        other_name=of.other_name,
        share_means=_("Andel med %(limit)s") % {"limit": limit_in_words(facts.rule)},
        events=of.events,
    )


def grades_of(facts: Facts, schools: Collection[str]) -> tuple[str, ...]:
    """The grades with pupils this month, in order."""
    found = {cell.grade for cell in facts.by_grade(schools) if cell.grade}
    return tuple(grade for grade in GRADES if grade in found)


def _tally(facts: Facts, month: Month, schools: Collection[str], grade: str) -> Tally:
    if month not in facts.months:
        return Tally()
    there = facts.at(month)
    if not grade:
        return there.tally(schools)
    found = there.by_grade(schools)
    return together(tally for cell, tally in found.items() if cell.grade == grade)


def _share(facts: Facts, tally: Tally, of: TrendOf) -> Share | None:
    """The same share as the month's own page shows, where it shows one."""
    if not tally.assessed or (of.is_open and tally.assessed < SMALL):
        return None
    if not of.is_open:
        shown = shown_of(facts, facts.rule.window, of.tree)
        group = names.grade(of.grade) if of.grade else names.EVERYBODY
        if shown.hides(LISTED, of.place, group) or (not of.grade and shown.hides(UNTOLD, of.place)):
            return None
    return tally.fair_share(facts.rule)


def _title(facts: Facts, of: TrendOf, share: Share | None) -> str:
    words = {"name": of.name, "share": written.share(share), "limit": limit_in_words(facts.rule)}
    if share is None:
        return _("%(name)s: andelen kan inte visas för den senaste månaden") % words
    return _("%(name)s: %(share)s av eleverna har %(limit)s") % words
