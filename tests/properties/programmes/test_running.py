"""Whatever the day, the calendar and the step: a clock that never runs backwards, and is seen."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from narvaro.programmes import (
    Step,
    allowed_decisions,
    due_on,
    load,
    programme_ids,
    reminders_on,
    silence_ladder,
    silent_to,
)
from narvaro.programmes.paths import reached, without_an_end
from narvaro.timetable import Calendar, Period

PROGRAMMES = [load(one) for one in programme_ids()]
STEPS = [(programme, step) for programme in PROGRAMMES for step in programme.steps]
DAYS = st.dates(date(2015, 1, 1), date(2028, 12, 31))
WAYS = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3), max_size=6
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A school year with breaks at random places, none of them longer than a summer."""
    off: set[date] = set()
    for _ in range(draw(st.integers(0, 4))):
        first = draw(DAYS)
        off.update(Period(first, first + timedelta(days=draw(st.integers(0, 75)))).days())
    return Calendar((), frozenset(off))


@given(one=st.sampled_from(STEPS), began=DAYS, calendar=calendars())
def test_a_step_is_never_due_before_it_began(
    one: tuple[object, Step], began: date, calendar: Calendar
) -> None:
    _, step = one
    due = due_on(step, began, calendar)
    assert due is not None
    assert due >= began
    assert due == began or calendar.is_school_day(due)


@given(one=st.sampled_from(STEPS), began=DAYS, later=st.integers(0, 200), calendar=calendars())
def test_what_begins_later_is_never_due_earlier(
    one: tuple[object, Step], began: date, later: int, calendar: Calendar
) -> None:
    first, second = (due_on(one[1], day, calendar) for day in (began, began + timedelta(later)))
    assert first
    assert second
    assert first <= second


@given(
    programme=st.sampled_from(PROGRAMMES),
    due=DAYS,
    after=st.integers(-5, 120),
    calendar=calendars(),
)
def test_an_overdue_step_is_always_seen_and_never_by_somebody_lower_than_before(
    programme: object, due: date, after: int, calendar: Calendar
) -> None:
    assert isinstance(programme, type(PROGRAMMES[0]))
    roles = [rung.role for rung in silence_ladder(programme, due, calendar)]
    today = due + timedelta(days=after)
    seen = [silent_to(programme, due, day, calendar) for day in (today, today + timedelta(days=1))]
    assert (seen[0] is None) is (today <= due)
    places = [-1 if role is None else roles.index(role) for role in seen]
    assert places == sorted(places)


@given(one=st.sampled_from(STEPS), due=DAYS, calendar=calendars())
def test_reminders_before_come_before(
    one: tuple[object, Step], due: date, calendar: Calendar
) -> None:
    programme, step = one
    assert isinstance(programme, type(PROGRAMMES[0]))
    before, after = reminders_on(programme, step, due, calendar)
    assert before.on < due < after.on


def test_in_every_step_there_is_something_to_decide_besides_handing_it_upwards() -> None:
    for programme, step in STEPS:
        kinds = [decision.kind for decision in allowed_decisions(programme, step)]
        assert set(kinds) - {"escalate"}


@given(ways=WAYS, first=st.lists(st.sampled_from("abcdefg"), max_size=3))
def test_everything_reached_is_a_step_on_a_way(
    ways: dict[str, list[str]], first: list[str]
) -> None:
    found = reached(first, ways)
    assert found <= set(ways)
    assert set(first) & set(ways) <= found
    assert all(other in found for name in found for other in ways[name] if other in ways)


@given(ways=WAYS, ends=st.sets(st.sampled_from("abcdef"), max_size=3))
def test_who_has_no_end_reaches_none(ways: dict[str, list[str]], ends: set[str]) -> None:
    endless = without_an_end(ways, ends)
    for name in ways:
        assert (name in endless) is not bool(reached([name], ways) & ends)
