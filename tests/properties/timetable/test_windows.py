from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from narvaro.errors import BadRequest
from narvaro.timetable import (
    Calendar,
    Period,
    Window,
    every_days,
    half_year,
    parse_window,
    school_days_after,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))
WHOLE = st.sampled_from(["month", "week", "term", "school-year", "rolling-months:3"])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    terms = draw(
        st.lists(st.tuples(st.dates(date(2016, 1, 1), date(2019, 1, 1)), st.integers(0, 200)))
    )
    off = draw(st.frozensets(st.dates(date(2016, 1, 1), date(2019, 1, 1)), max_size=30))
    ends = [(day, date.fromordinal(day.toordinal() + length)) for day, length in terms]
    return Calendar(tuple(Period(first, last) for first, last in ends), off)


CALENDAR_DAYS = st.dates(date(2016, 1, 1), date(2018, 12, 31))


@given(text=WHOLE, day=DAYS)
def test_a_calendar_window_holds_its_day(text: str, day: date) -> None:
    assert parse_window(text).period(day).holds(day)


@given(text=st.sampled_from(["month", "week", "term", "school-year"]), day=DAYS, other=DAYS)
def test_calendar_windows_never_overlap_without_being_the_same(
    text: str, day: date, other: date
) -> None:
    one, two = parse_window(text).period(day), parse_window(text).period(other)
    assert one == two or not one.overlaps(two)


@given(day=CALENDAR_DAYS, calendar=calendars(), count=st.integers(1, 40))
def test_the_last_n_school_days_are_n_school_days(
    day: date, calendar: Calendar, count: int
) -> None:
    found = calendar.last_school_days(count, until=day)
    by_hand = [d for d in Period(date(2013, 1, 1), day).days() if calendar.is_school_day(d)]
    assert list(found) == by_hand[-count:]


@given(day=CALENDAR_DAYS, calendar=calendars())
def test_a_term_is_of_the_days_own_half_year_or_holds_the_day(
    day: date, calendar: Calendar
) -> None:
    term = calendar.term(day)
    assert term.holds(day) or term.overlaps(half_year(day))


@given(day=CALENDAR_DAYS, calendar=calendars(), count=st.integers(0, 30))
def test_between_a_day_and_its_deadline_lie_that_many_school_days(
    day: date, calendar: Calendar, count: int
) -> None:
    due = school_days_after(day, count, calendar)
    after = [later for later in calendar.school_days(Period(day, due)) if later > day]
    assert len(after) == count or (count == 0 and due == calendar.next_school_day(day))


@given(day=CALENDAR_DAYS, calendar=calendars(), every=st.integers(1, 60))
def test_occasions_are_held_on_school_days_and_keep_their_rhythm(
    day: date, calendar: Calendar, every: int
) -> None:
    occasions = every_days(every, first=day, calendar=calendar)
    for number, occasion in zip(range(5), occasions, strict=False):
        assert occasion.planned_on.toordinal() == day.toordinal() + number * every
        assert calendar.is_school_day(occasion.held_on)
        assert occasion.held_on >= occasion.planned_on


@given(text=st.text(max_size=30) | st.from_regex(r"[a-z-]+:[0-9]+|[0-9.-]{10,24}", fullmatch=True))
def test_any_text_is_a_window_or_is_refused(text: str) -> None:
    with suppress(BadRequest):
        window: Window = parse_window(text)
        assert parse_window(window.text) == window
