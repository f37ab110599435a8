"""The year calendar: what happened, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.timetable import Period, SchoolYear
from narvaro.web.figures.pupil_panels.fetching import PupilFacts
from narvaro.web.figures.pupil_panels.sums import Day
from narvaro.web.ui.charts import CalendarDay, DayKind, YearCalendar

_SATURDAY = 5


def year_calendar(pupil: PupilFacts, *, whole_year: bool = False) -> YearCalendar:
    """The viewer's school year, from its first term's first day to its last."""
    period = year_period(pupil)
    days = tuple(_days(pupil, period))
    return YearCalendar(_result(pupil, period), days, pupil.today, whole_year)


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
    first = period.from_on - timedelta(days=period.from_on.weekday())
    for on in Period(first, period.to_on).days():
        if on.weekday() >= _SATURDAY:
            continue
        found = known.get(on)
        yield _with_lessons(found) if found else _without_lessons(pupil, period, on)


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


def at_weekends(pupil: PupilFacts) -> int:
    """Lessons of the school year on Saturdays and Sundays, which have no square."""
    year = pupil.school_year.period
    days = (day for day in pupil.days if year.holds(day.on) and day.on.weekday() >= _SATURDAY)
    return sum(day.minutes.lessons for day in days)


def _times(count: int) -> str:
    return ngettext("%(n)d gång", "%(n)d gånger", count) % {"n": count}


def _number_of_days(count: int) -> str:
    return ngettext("%(n)d dag", "%(n)d dagar", count) % {"n": count}
