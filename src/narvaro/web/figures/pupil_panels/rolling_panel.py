"""The share over time against the rule in force, and every school year as a line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate, groupby

from django.utils.translation import gettext as _

from narvaro.shares import share_of
from narvaro.timetable import Period, SchoolYear, Window
from narvaro.web.figures.pupil_panels.calendar_panel import days_of_sums, year_period
from narvaro.web.figures.pupil_panels.doing import done_marks
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts
from narvaro.web.figures.pupil_panels.flagging import flagged_months
from narvaro.web.figures.pupil_panels.sums import over
from narvaro.web.ui import written
from narvaro.web.ui.charts import (
    FlagMark,
    Pause,
    RollingChart,
    RollingPoint,
    YearLine,
    YearPoint,
    YearsChart,
)
from narvaro.web.ui.charts.words import limit_text

LEAST_DAYS = 20
"""School days in a window before its share is drawn: four weeks. An assumption of ours, said
on the page; a window of a month or less is drawn from its fifth."""
LEAST_DAYS_OF_SHORT = 5
_SHORT = ("month", "week", "school-days")


def rolling_chart(pupil: PupilFacts, held: Held) -> RollingChart:
    """The rule's share at the end of every school day of the school year so far."""
    whole = year_period(pupil)
    period = Period(whole.from_on, max(whole.from_on, min(whole.to_on, pupil.today)))
    least = least_days(held.rule.window)
    found = list(points(pupil, held.rule.window, period))
    too_few = _("färre än %(n)d skoldagar") % {"n": least}
    return RollingChart(
        _result(held, found),
        found,
        period,
        _limits(held),
        flags=[
            FlagMark(month.last_day, one.share)
            for month, one in flagged_months(pupil, held)
            if one.share is not None
        ],
        done=done_marks(pupil, period),
        pauses=list(_pauses(pupil, period)),
        too_few=too_few,
    )


def least_days(window: Window) -> int:
    """School days a window has to hold before its share is drawn."""
    is_short = window.kind in _SHORT or window.text == "rolling-months:1"
    return LEAST_DAYS_OF_SHORT if is_short else LEAST_DAYS


def points(pupil: PupilFacts, window: Window, period: Period) -> Iterable[RollingPoint]:
    """A point a day with lessons, at each month's end and each sum's: the window that ends then.

    Where the window cuts a sum, the point has no share: nothing can be told of it.
    """
    days, calendar, least = pupil.days, pupil.calendar, least_days(window)
    ons = [day.on for day in days]
    absent = [0, *accumulate(day.minutes.absent for day in days)]
    acknowledged = [0, *accumulate(day.minutes.acknowledged for day in days)]
    scheduled = [0, *accumulate(day.minutes.scheduled for day in days)]
    ends = {month.last_day for month in period.months() if month.last_day < pupil.today}
    ends |= {one.period.to_on for one in pupil.sums}
    for on in sorted({*ons, *ends}):
        if not period.holds(on):
            continue
        held = Period(min(window.period(on, calendar).from_on, on), on)
        first, end = bisect_left(ons, held.from_on), bisect_right(ons, on)
        if end - first + len(days_of_sums(pupil, held)) < least:
            continue
        told = over((), pupil.sums, held)
        a, k, s = (sums[end] - sums[first] for sums in (absent, acknowledged, scheduled))
        a, k, s = a + told.absent, k + told.acknowledged, s + told.scheduled
        shares = (share_of(a, k), share_of(a, s), share_of(a + s - k, s))
        yield RollingPoint(on, *((None,) * 3 if told.is_cut else shares))


def _limits(held: Held) -> list[Fraction]:
    limits = [held.rule.limit, held.rule.upper_limit]
    return [limit for limit in limits if limit is not None]


def _pauses(pupil: PupilFacts, period: Period) -> Iterable[Pause]:
    """Breaks of three days or more."""
    days = [(day, off) for day, off in sorted(pupil.days_off.items()) if off.kind == "break"]
    inside = [(day, off.name) for day, off in days if period.holds(day)]
    for _run, found in groupby(
        enumerate(inside), lambda pair: (pair[1][0].toordinal() - pair[0], pair[1][1])
    ):
        few = [pair[1] for pair in found]
        if len(few) >= 3:
            yield Pause(Period(few[0][0], few[-1][0]), few[0][1] or _("lov"))


def _result(held: Held, found: Sequence[RollingPoint]) -> str:
    limit = limit_text(held.rule.limit)
    told = [one for one in found if one.share is not None]
    if not told:
        return _("Det finns för få skoldagar för en kurva än.")
    last = told[-1]
    share = written.share(last.share, held.rule.limit)
    words = {"share": share, "limit": limit, "day": written.day(last.on)}
    over = last.share is not None and held.rule.is_met(*last.share)
    if not over:
        return _("%(share)s %(day)s, under gränsen %(limit)s.") % words
    since = _since(held, told)
    return _("%(share)s %(day)s, över gränsen %(limit)s sedan %(since)s.") % {
        **words,
        "since": written.day(since),
    }


def _since(held: Held, told: Sequence[RollingPoint]) -> date:
    """The first day of the stretch over the limit that the last point ends."""
    since = told[-1].on
    for one in reversed(told):
        if one.share is None or not held.rule.is_met(*one.share):
            break
        since = one.on
    return since


def years_chart(pupil: PupilFacts) -> YearsChart | None:
    """A line for each school year with lessons; None where there are none."""
    years = [_year(pupil, SchoolYear(begins)) for begins in sorted(_begins(pupil))]
    if not years:
        return None
    goal = int(pupil.facts.programme.registration.target)
    return YearsChart(_years_result(years), years, goal)


def _begins(pupil: PupilFacts) -> set[int]:
    told = [day.on for day in pupil.days] + [one.period.to_on for one in pupil.sums]
    return {SchoolYear.holding(on).begins for on in told}


def _year(pupil: PupilFacts, year: SchoolYear) -> YearLine:
    months = {}
    for month in year.period.months():
        sums = pupil.over(month.period)
        if sums.scheduled or sums.is_cut:
            months[month.first_day.month] = YearPoint(sums.share, sums.coverage)
    return YearLine(str(year), months, pupil.over(year.period).share)


def _years_result(years: Sequence[YearLine]) -> str:
    last = years[-1]
    said = _("%(year)s: %(share)s hittills.") % {
        "year": last.name,
        "share": written.share(last.whole),
    }
    if len(years) == 1:
        return said
    before = years[-2]
    return (
        said
        + " "
        + _("%(year)s: %(share)s hela läsåret.")
        % {
            "year": before.name,
            "share": written.share(before.whole),
        }
    )
