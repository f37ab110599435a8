"""The year calendar: what happened, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.measurement import PeriodSum
from narvaro.shares import share_of
from narvaro.timetable import Period, SchoolYear
from narvaro.web.figures.pupil_panels.fetching import PupilFacts
from narvaro.web.figures.pupil_panels.sums import Day
from narvaro.web.ui import written
from narvaro.web.ui.charts import CalendarDay, CalendarSum, DayKind, YearCalendar

_SATURDAY = 5


def year_calendar(pupil: PupilFacts, *, whole_year: bool = False) -> YearCalendar:
    """The viewer's school year, from its first term's first day to its last."""
    period = year_period(pupil)
    days = tuple(_days(pupil, period))
    return YearCalendar(
        _result(pupil, period),
        days,
        pupil.today,
        whole_year,
        beside=[_with_lessons(day) for day in without_square(pupil, period)],
        sums=[_sum(one) for one in sums_of_year(pupil)],
        whole=_whole(pupil),
    )


def sums_of_year(pupil: PupilFacts) -> Sequence[PeriodSum]:
    """What was told for periods of the school year at once."""
    year = pupil.school_year.period
    return [one for one in pupil.sums if one.period.overlaps(year)]


def sum_in_words(one: PeriodSum) -> str:
    """`Summa 3–7 nov: 120 min frånvaro av 1 800 min kvitterad tid.`"""
    return _("%(name)s: %(absent)s frånvaro av %(acknowledged)s kvitterad tid.") % {
        "name": _name_of(one),
        "absent": written.minutes(one.absent),
        "acknowledged": written.minutes(one.acknowledged),
    }


def days_of_sums(pupil: PupilFacts, period: Period) -> Mapping[date, PeriodSum]:
    """Mondays to Fridays in a period, but days off, that only a sum tells of."""
    return {
        on: one
        for one in pupil.sums
        if (shared := one.period.shared_with(period))
        for on in shared.days()
        if on.weekday() < _SATURDAY and on not in pupil.days_off
    }


def _name_of(one: PeriodSum) -> str:
    first, last = one.period.from_on, one.period.to_on
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begins = str(first.day) if is_one_month else written.day_and_month(first)
    return _("Summa %(first)s–%(last)s") % {"first": begins, "last": written.day_and_month(last)}


def _sum(one: PeriodSum) -> CalendarSum:
    return CalendarSum(
        _name_of(one),
        one.period.to_on,
        one.valid,
        one.invalid,
        one.unclassified,
        one.scheduled - one.acknowledged,
        share_of(one.absent, one.acknowledged),
    )


def _whole(pupil: PupilFacts) -> CalendarSum:
    """The school year so far: the integers that `narvaro measure` has for it."""
    year = pupil.school_year
    sums = pupil.over(year.period)
    return CalendarSum(
        _("Läsåret %(year)s hittills") % {"year": year},
        year.period.to_on,
        sums.valid,
        sums.invalid,
        sums.unclassified,
        sums.missing,
        sums.share,
        sums.lessons,
        sums.leave,
    )


def year_period(pupil: PupilFacts) -> Period:
    """The school year's terms, where the calendar tells them; else mid-August to mid-June."""
    year = pupil.school_year.period
    terms = [one for one in pupil.calendar.terms if one.overlaps(year)]
    if terms:
        return Period(min(one.from_on for one in terms), max(one.to_on for one in terms))
    return _without_terms(pupil, year)


def _without_terms(pupil: PupilFacts, year: Period) -> Period:
    known = [day.on for day in pupil.days if year.holds(day.on)]
    begins = SchoolYear.holding(pupil.today).begins
    first, last = date(begins, 8, 17), date(begins + 1, 6, 14)
    return Period(min([first, *known]), max([last, *known]))


def _days(pupil: PupilFacts, period: Period) -> Iterable[CalendarDay]:
    known = {day.on: day for day in pupil.days}
    of_sums = days_of_sums(pupil, period)
    first = period.from_on - timedelta(days=period.from_on.weekday())
    for on in Period(first, period.to_on).days():
        if on.weekday() >= _SATURDAY:
            continue
        found = known.get(on)
        if found:
            yield _with_lessons(found)
        elif on in of_sums:
            yield CalendarDay(on, DayKind.SUM, sum_in_words(of_sums[on]))
        else:
            yield _without_lessons(pupil, period, on)


def _with_lessons(day: Day) -> CalendarDay:
    sums = day.minutes
    return CalendarDay(
        day.on,
        DayKind.LESSONS,
        lessons=sums.lessons,
        scheduled=sums.scheduled,
        acknowledged=sums.acknowledged,
        valid=sums.valid,
        leave=sums.leave,
        invalid=sums.invalid,
        unclassified=sums.unclassified,
    )


def _without_lessons(pupil: PupilFacts, period: Period, on: date) -> CalendarDay:
    off = pupil.days_off.get(on)
    if not period.holds(on) or not any(stay.holds(on) for stay in pupil.stays):
        return CalendarDay(on, DayKind.OUTSIDE)
    if off is not None:
        return CalendarDay(on, DayKind.OFF, off.name or _("Lov"))
    if on >= pupil.today:
        return CalendarDay(on, DayKind.AHEAD)
    return CalendarDay(on, DayKind.NO_LESSONS)


def _result(pupil: PupilFacts, period: Period) -> str:
    """`Eleven har varit borta hela dagen 6 dagar och en del av dagen 21 dagar av 74 skoldagar.`"""
    days = [day.minutes for day in pupil.days if period.holds(day.on)]
    if not days and sums_of_year(pupil):
        return _("Inga enskilda lektioner är kända det här läsåret, bara summor för hela perioder.")
    if not days:
        return _("Inga lektioner är kända det här läsåret.")
    whole = sum(one.absent == one.scheduled > 0 for one in days)
    partly = sum(0 < one.absent < one.scheduled for one in days)
    if not whole and not partly:
        said = _("Ingen frånvaro är registrerad")
    else:
        said = _("Borta hela dagen %(whole)s och en del av dagen %(partly)s") % {
            "whole": _times(whole),
            "partly": _times(partly),
        }
    untold = sum(one.missing > 0 for one in days)
    more = (
        _("; %(days)s är inte helt kvitterade") % {"days": _number_of_days(untold)}
        if untold
        else ""
    )
    return _("%(said)s av %(all)s med lektioner%(more)s.") % {
        "said": said,
        "all": _number_of_days(len(days)),
        "more": more,
    }


def without_square(pupil: PupilFacts, period: Period) -> Sequence[Day]:
    """Days of the school year with lessons that have no square: weekends, and outside its terms."""
    year = pupil.school_year.period
    days = (day for day in pupil.days if year.holds(day.on))
    return [day for day in days if day.on.weekday() >= _SATURDAY or not period.holds(day.on)]


def at_weekends(pupil: PupilFacts) -> int:
    """Lessons of the school year on Saturdays and Sundays, which have no square."""
    days = without_square(pupil, pupil.school_year.period)
    return sum(day.minutes.lessons for day in days)


def _times(count: int) -> str:
    return ngettext("%(n)d gång", "%(n)d gånger", count) % {"n": count}


def _number_of_days(count: int) -> str:
    return ngettext("%(n)d dag", "%(n)d dagar", count) % {"n": count}
