"""How pages come to their facts, and how a job works them out before anybody asks."""

from __future__ import annotations

from datetime import datetime

from narvaro.timetable import Month, Window, end_of_day, local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts.afterwards import flagged_together
from narvaro.web.figures.facts.facts import Facts
from narvaro.web.figures.facts.in_force import programmes_in_force
from narvaro.web.figures.facts.moves import moves_counted
from narvaro.web.figures.facts.opened import opened
from narvaro.web.figures.facts.sweeping import limits_of, swept, windows_of
from narvaro.web.figures.facts.telling import months_with_lessons

WINDOWS = (Window("rolling-months", 3), Window("month"), Window("school-year"))
"""What a page of figures can be seen over, beside the window of the rule in force."""


def facts_of(viewer: Viewer, month: Month | None = None) -> Facts | None:
    """The facts as known at the viewer's moment; None while there are no lessons."""
    return facts_at(viewer.now, month)


def facts_at(now: datetime, month: Month | None = None) -> Facts | None:
    """The facts as known at a moment, of a month that was over then (the last one)."""
    found = opened()
    if found is None:
        return None
    known_at = found.known_at(now)
    known = [one for one in months_with_lessons(found) if one.first_day <= local_day(known_at)]
    over = [one for one in known if end_of_day(one.last_day) <= known_at]
    if not known:
        return None
    chosen = month if month in over else (over or known[:1])[-1]
    in_force = programmes_in_force(local_day(now))
    return Facts(found, in_force, known_at, found.done_known_at(now), chosen)


def prewarm(now: datetime, left_out: frozenset[str] = frozenset()) -> int:
    """Work out what the pages of figures ask for first, as known at a moment; months done.

    Meant for a job after every delivery and at the turn of a month; what is kept already costs
    nothing. `left_out` are the pupils whom no figure counts.
    """
    found = facts_at(now)
    if found is None:
        return 0
    facts = found.without(left_out)
    windows = dict.fromkeys((facts.rule.window, *WINDOWS))
    for window in windows:
        facts.judging(window=window).tallies(facts.month)
        before = facts.at(facts.month.plus(-1))
        before.judging(window=window).tallies(before.month)
        before.as_told().judging(window=window).tallies(before.month)
        facts.lesson_counts(facts.period(window))
    for window in windows:
        moves_counted(facts, window)
        facts.corrections(facts.period(window))
    for month in facts.trend_months:
        if month not in facts.months:
            continue
        facts.judging().by_school(month)
    for month in facts.flagged_months:
        if month in facts.months:
            flagged_together(facts, facts.judging(), month)
    for window in windows_of(facts):
        swept(facts, window, limits_of(facts))
    facts.verdicts([one for one in facts.months if one <= facts.month][-4:])
    facts.until(())
    facts.calendar("")
    assert facts.events is not None  # noqa: S101
    return len(facts.trend_months)
