"""What the pages of flow count, held against plain and slow counting; and what each rule means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narvaro.programmes import STAGES, Programme, load
from narvaro.timetable import Calendar, Month, Period, SchoolYear
from narvaro.web.cases.flow import (
    CaseRow,
    DayCounts,
    FlagRow,
    StepRow,
    as_known_on,
    due_steps,
    funnel,
    pupil_years,
)
from narvaro.web.cases.flow.funnel import days_to_first_action
from narvaro.web.cases.flow.rows import Placed

FIRST = date(2026, 8, 17)
TODAY = date(2026, 12, 2)
YEAR = SchoolYear(2026)
BREAK = Period(date(2026, 10, 26), date(2026, 10, 30))
CALENDAR = Calendar(
    terms=(Period(FIRST, date(2026, 12, 18)), Period(date(2027, 1, 11), date(2027, 6, 11))),
    days_off=frozenset(BREAK.days()),
)
SLOW_MACHINE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
STEPS = ("conversation", "student-health", "investigation", "notification", "follow-up")


@cache
def common() -> Mapping[str, Programme]:
    return {"common": load("boras-recommended")}


def calendar_of(_school: str) -> Calendar:
    return CALENDAR


def case(*steps: StepRow, closed_on: date | None = None, key: str = "c", **more: object) -> CaseRow:
    given: dict[str, object] = {
        "pupil": "p",
        "placed": (Placed(steps[0].began_on, "alm"),),
        "opened_on": steps[0].began_on,
        **more,
    }
    return CaseRow(key, closed_on=closed_on, routine="common", steps=steps, **given)  # type: ignore[arg-type]


def due(*cases: CaseRow, today: date = TODAY) -> list[tuple[str, date, bool]]:
    found = due_steps(cases, common(), calendar_of, today=today)
    return [(one.step, one.due_on, one.is_in_time) for one in found]


def days() -> DayCounts:
    return DayCounts(calendar_of, Period(date(2026, 1, 1), date(2027, 12, 31)))


SEPTEMBER = date(2026, 9, 1)


def test_a_conversation_has_ten_school_days_and_a_break_is_passed_over() -> None:
    in_time = StepRow("a", "conversation", SEPTEMBER, date(2026, 9, 15), "next")
    over_the_break = StepRow("b", "conversation", date(2026, 10, 20), date(2026, 11, 10), "next")

    assert due(case(in_time)) == [("conversation", date(2026, 9, 15), True)]
    assert due(case(over_the_break)) == [("conversation", date(2026, 11, 10), True)]


def test_a_step_that_nobody_decided_is_late_the_day_after_its_last() -> None:
    step = StepRow("a", "conversation", SEPTEMBER)

    assert due(case(step), today=date(2026, 9, 15)) == []
    assert due(case(step), today=date(2026, 9, 16)) == [("conversation", date(2026, 9, 15), False)]


def test_what_is_handed_upwards_is_not_done_and_its_clock_goes_on() -> None:
    first = StepRow("a", "conversation", SEPTEMBER, date(2026, 9, 8), "escalate")
    second = StepRow("b", "conversation", date(2026, 9, 8), date(2026, 9, 21), "next")

    found = list(due_steps([case(first, second)], common(), calendar_of, today=TODAY))

    assert [(one.key, one.due_on, one.is_in_time) for one in found] == [
        ("b", date(2026, 9, 15), False)
    ]


def test_a_step_that_is_continued_is_due_the_day_that_was_agreed() -> None:
    first = StepRow("a", "follow-up", SEPTEMBER, date(2026, 9, 2), "continue", date(2026, 10, 1))
    second = StepRow("b", "follow-up", date(2026, 9, 2), date(2026, 10, 1), "close")

    assert due(case(first, second))[1] == ("follow-up", date(2026, 10, 1), True)


def test_a_step_falls_away_when_its_case_was_closed_in_time_and_is_late_otherwise() -> None:
    step = StepRow("a", "conversation", SEPTEMBER)

    assert due(case(step, closed_on=date(2026, 9, 15))) == []
    assert due(case(step, closed_on=date(2026, 9, 16))) == [
        ("conversation", date(2026, 9, 15), False)
    ]


def test_a_step_that_only_the_school_has_is_not_counted() -> None:
    assert due(case(StepRow("a", "our-own-walk", SEPTEMBER))) == []


def test_what_is_dated_after_the_day_is_not_known_on_it() -> None:
    step = StepRow("a", "conversation", SEPTEMBER, date(2026, 9, 10), "close")
    whole = case(step, closed_on=date(2026, 9, 10))

    known = as_known_on(whole, date(2026, 9, 9))

    assert known is not None
    assert (known.closed_on, known.steps[0].decided_on, known.steps[0].decision) == (None, None, "")
    assert as_known_on(whole, date(2026, 8, 31)) is None


def test_a_step_is_due_where_the_case_lay() -> None:
    placed = (Placed(SEPTEMBER, "alm"), Placed(date(2026, 9, 10), "bjork"))
    moved = case(StepRow("a", "conversation", SEPTEMBER), placed=placed)

    found = list(due_steps([moved], common(), calendar_of, today=TODAY))

    assert [one.school for one in found] == ["bjork"]


def test_the_authority_is_notified_when_that_was_done_not_when_it_began() -> None:
    begun = (
        StepRow("a", "investigation", SEPTEMBER),
        StepRow("b", "notification", SEPTEMBER),
    )

    open_ = pupil_years([], [case(*begun)], YEAR, common())[0]
    told = pupil_years([], [case(*begun, notified_on=date(2026, 9, 4))], YEAR, common())[0]

    assert "notified" not in open_.reached
    assert told.reached["notified"] == date(2026, 9, 4)


def test_days_to_the_first_action_are_counted_from_the_month_end() -> None:
    flags = [FlagRow(pupil, "alm", date(2026, 9, 30)) for pupil in ("p", "q", "r")]
    opened = StepRow("a", "conversation", date(2026, 10, 1))
    cases = [
        case(opened, first_contact_on=date(2026, 10, 5)),
        case(opened, pupil="q", first_words_on=SEPTEMBER),
        case(opened, pupil="r"),
    ]
    found = pupil_years(flags, cases, YEAR, common())

    assert days_to_first_action(found, days()) == (0, 3)
    assert [one.is_handled for one in found] == [True, True, True]


def test_a_flag_that_nobody_took_up_is_a_pupil_not_handled() -> None:
    found = pupil_years([FlagRow("p", "alm", date(2026, 9, 30))], [], YEAR, common())

    assert [(one.is_handled, set(one.reached)) for one in found] == [(False, {"flagged"})]


def test_a_case_from_last_year_counts_when_it_is_open_at_this_years_first_flag() -> None:
    flag = FlagRow("p", "alm", date(2026, 9, 30))
    before = StepRow("a", "conversation", date(2026, 5, 4))

    going_on = pupil_years([flag], [case(before)], YEAR, common())[0]
    closed = pupil_years([flag], [case(before, closed_on=date(2026, 6, 1))], YEAR, common())[0]

    assert "conversation" in going_on.reached
    assert set(closed.reached) == {"flagged"}


@st.composite
def some_cases(draw: st.DrawFn) -> list[CaseRow]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        day = FIRST + timedelta(days=draw(st.integers(0, 60)))
        steps: list[StepRow] = []
        opened = day
        for place in range(draw(st.integers(1, 5))):
            decision = draw(st.sampled_from(["", "next", "watch", "close", "continue", "escalate"]))
            took = timedelta(days=draw(st.integers(0, 40)))
            decided = day + took if decision else None
            until = day + took + timedelta(days=9) if decision == "continue" else None
            name = draw(st.sampled_from([*STEPS, "our-own-walk"]))
            if steps and steps[-1].decision in ("continue", "escalate"):
                name = steps[-1].step
            steps.append(StepRow(f"{number}-{place}", name, day, decided, decision, until))
            day = decided or day
            if decision in ("", "close"):
                break
        closed = steps[-1].decided_on if steps[-1].decision == "close" else None
        placed = (Placed(opened, draw(st.sampled_from(["alm", "bjork"]))),)
        found.append(
            case(*steps, closed_on=closed, key=str(number), pupil=f"p{number % 3}", placed=placed)
        )
    return found


def plainly_due(one: CaseRow, today: date) -> list[tuple[str, date, bool]]:
    """Day by day, without anything that the product has to count with."""
    found: list[tuple[str, date, bool]] = []
    left = list(one.steps)
    agreed: dict[str, date | None] = {}
    while left:
        first = last = left.pop(0)
        last_day = agreed.pop(first.step, None)
        while last.decision == "escalate" and any(step.step == first.step for step in left):
            last = next(step for step in left if step.step == first.step)
            left.remove(last)
        if last.decision == "continue":
            agreed[last.step] = last.until
        known = [step for step in common()["common"].steps if step.id == first.step]
        if not known:
            continue
        if last_day is None:
            last_day = plain_last_day(first, known[0].deadline, known[0].within)
        done = last.decided_on if last.decision != "escalate" else None
        if last_day >= today or (done is None and one.closed_on and one.closed_on <= last_day):
            continue
        found.append((first.step, last_day, done is not None and done <= last_day))
    return found


def plain_last_day(step: StepRow, deadline: object, within: int | None) -> date:
    kind, number = getattr(deadline, "kind", ""), getattr(deadline, "number", 0)
    day = step.began_on
    if kind == "days":
        day += timedelta(days=number)
        while not is_open(day):
            day += timedelta(days=1)
        return day
    left = number if kind == "school-days" else within or 0
    while left:
        day += timedelta(days=1)
        left -= is_open(day)
    return day


def is_open(day: date) -> bool:
    held = date(2026, 8, 17) <= day <= date(2026, 12, 18) or day >= date(2027, 1, 11)
    return day.weekday() < 5 and held and not date(2026, 10, 26) <= day <= date(2026, 10, 30)


@SLOW_MACHINE
@given(some_cases(), st.integers(0, 200))
def test_fidelity_is_what_plain_counting_says(cases: list[CaseRow], after: int) -> None:
    today = FIRST + timedelta(days=after)
    known = [one for one in (as_known_on(row, today) for row in cases) if one is not None]

    told = [
        (one.case, one.step, one.due_on, one.is_in_time)
        for one in due_steps(known, common(), calendar_of, today=today)
    ]

    assert told == [(one.key, *said) for one in known for said in plainly_due(one, today)]


@SLOW_MACHINE
@given(some_cases(), st.lists(st.tuples(st.sampled_from(["p0", "p1", "p9"]), st.integers(8, 11))))
def test_the_funnel_is_what_plain_counting_says(
    cases: list[CaseRow], flagged: list[tuple[str, int]]
) -> None:
    flags = [FlagRow(pupil, "alm", Month.of(2026, month).last_day) for pupil, month in flagged]
    pupils = pupil_years(flags, cases, YEAR, common())

    told = funnel(pupils, days())

    assert {one.pupil for one in pupils} == {one.pupil for one in flags} | {
        one.pupil for one in cases
    }
    for place, one in enumerate(told):
        stage, following = STAGES[place], (*STAGES[1:], "")[place]
        there = [pupil for pupil in pupils if stage in pupil.reached]
        both = [pupil for pupil in there if following in pupil.reached]
        spans = []
        for pupil in both:
            start, end = pupil.reached[stage], pupil.reached[following]
            if start <= end:
                between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
                spans.append(sum(map(is_open, between)))
        assert (one.reached, one.went_on, one.days) == (len(there), len(both), tuple(sorted(spans)))
        assert one.went_on <= one.reached
