"""Both readings, causes, third flags, days and who is not taken up, against plain and slow counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.flow.test_fidelity_and_funnel import (
    FIRST,
    SLOW_MACHINE,
    YEAR,
    case,
    common,
    days,
    is_open,
    some_cases,
)
from tests.web.flow.test_flow_pages import DAY, NOON, flow_at, pupil_at
from tests.web.flow.test_flow_pages import some_cases as cases_at

from narvaro.small_numbers import TOTAL
from narvaro.timetable import Month
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.flow import (
    CaseRow,
    CauseRow,
    FlagRow,
    StepRow,
    cause_tables,
    pupil_years,
    step_ends,
)
from narvaro.web.cases.flow.causes import HELPS, HINDERS, Word
from narvaro.web.cases.flow.funnel import days_to_first_action
from narvaro.web.cases.flow.readings import Minutes
from narvaro.web.cases.models import Task, TaskKind
from narvaro.web.overview.flow import showing
from narvaro.web.overview.flow.showing import Counts
from narvaro.web.pupils.models import Protection, Pupil

SCHOOLS = ("alm", "bjork", "ek")


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = DAY


def minutes_of(pupil: str, _school: str, month: Month) -> Minutes | None:
    number = int(pupil)
    if (number + month.number) % 7 == 0:
        return None
    return Minutes((number * 7 + month.number * 3) % 41, 100 + number)


@SLOW_MACHINE
@given(
    st.lists(
        st.tuples(
            st.integers(0, 11),
            st.sampled_from(["conversation", "student-health"]),
            st.sampled_from(["close", "next", "watch", ""]),
            st.integers(0, 90),
        ),
        max_size=40,
    ),
    st.integers(9, 14),
)
def test_both_readings_are_what_plain_counting_says(
    decided: list[tuple[int, str, str, int]], months: int
) -> None:
    over_by, last = Month.of(2026, 1).plus(months - 1), FIRST + timedelta(days=70)
    rows = []
    for place, (pupil, step, decision, after) in enumerate(decided):
        on = FIRST + timedelta(days=after) if decision else None
        one = StepRow(str(place), step, FIRST, on, decision)
        rows.append(case(one, key=str(place), pupil=str(pupil)))

    ends = step_ends(rows, common(), minutes_of, first=FIRST, last=last, over_by=over_by)
    told = {one.step: one for one in ends}

    for step in ("conversation", "student-health"):
        known = [
            (str(pupil), decision, FIRST + timedelta(days=after))
            for pupil, name, decision, after in decided
            if name == step and decision and after <= 70
        ]
        if not known:
            assert step not in told
            continue
        found = told[step]
        assert found.decided == len(known)
        for decision, count, later in (
            ("next", found.taken_on, found.later_taken_on),
            ("close", found.closed, found.later_closed),
        ):
            group = [one for one in known if one[1] == decision]
            assert count == len(group)
            before, after_, pupils, whole = 0, 0, 0, [0, 0]
            for key in {one[0] for one in group}:
                on = [one[2] for one in group if one[0] == key][-1]
                month = Month.of(on.year, on.month)
                if month.number + 3 > over_by.number:
                    continue
                first, second = (minutes_of(key, "", month.plus(n)) for n in (0, 3))
                if first is None or second is None:
                    continue
                pupils += 1
                before, after_ = before + first.absent, after_ + second.absent
                whole = [whole[0] + first.acknowledged, whole[1] + second.acknowledged]
            assert (later.pupils, later.told) == (len({one[0] for one in group}), pupils)
            if pupils < 5:
                assert (later.before, later.after) == (None, None)
            else:
                assert later.before == (before, whole[0])
                assert later.after == (after_, whole[1])


@SLOW_MACHINE
@given(
    st.lists(
        st.tuples(
            st.integers(0, 14),
            st.sampled_from(SCHOOLS),
            st.sampled_from([("school", "teaching"), ("individual", "long_illness")]),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_causes_are_what_plain_counting_says_and_no_few_are_told(
    noted: list[tuple[int, str, tuple[str, str], bool]],
) -> None:
    rows = [
        CauseRow(
            f"{school}{number}",
            school,
            *word,
            is_protective=helps,
            is_restricted=word[1] == "long_illness",
        )
        for number, school, word, helps in noted
    ]

    tables = cause_tables(rows, SCHOOLS)

    for word, helps in {(one[2], one[3]) for one in noted}:
        name = Word(*word, HELPS if helps else HINDERS)
        plain = {
            school: len({one[0] for one in noted if one[1:] == (school, word, helps)})
            for school in SCHOOLS
        }
        plain[TOTAL] = sum(plain.values())
        if word[1] == "long_illness":
            assert all(name not in tables[school].counts for school in SCHOOLS)
            shown = tables[TOTAL].counts[name]
            assert shown == (plain[TOTAL] if plain[TOTAL] >= 5 else None)
            continue
        shown_at = {place: tables[place].counts[name] for place in plain}
        for place, count in plain.items():
            assert shown_at[place] in (None, count)
            assert not 0 < count < 5 or shown_at[place] is None
        # One that is left out alone is the total less the others, or their sum
        assert sum(one is None for one in shown_at.values()) != 1


@st.composite
def acted(draw: st.DrawFn) -> list[CaseRow]:
    on = st.none() | st.integers(0, 100).map(lambda n: FIRST + timedelta(days=n))
    return [
        replace(
            one,
            first_contact_on=draw(on),
            first_words_on=draw(on),
            first_document_on=draw(on),
            first_meeting_on=draw(on),
        )
        for one in draw(some_cases())
    ]


@SLOW_MACHINE
@given(
    acted(),
    st.lists(
        st.tuples(
            st.sampled_from(["p0", "p1", "p2", "p9"]), st.integers(8, 11), st.none() | st.just(5)
        ),
        max_size=8,
    ),
)
def test_days_to_the_first_action_and_who_is_not_taken_up(
    cases: list[CaseRow], flagged: list[tuple[str, int, int | None]]
) -> None:
    ends = {month: Month.of(2026, month).last_day for month in range(8, 12)}
    flags = [
        FlagRow(pupil, "alm", ends[month], ends[month] + timedelta(days=n) if n else None)
        for pupil, month, n in flagged
    ]

    found = pupil_years(flags, cases, YEAR, common())

    expected = []
    for pupil in {one.pupil for one in flags}:
        start = min(one.month_end for one in flags if one.pupil == pupil)
        dates: list[date | None] = []
        for one in [one for one in cases if one.pupil == pupil]:
            dates += [one.first_contact_on, one.first_words_on]
            dates += [one.first_document_on, one.first_meeting_on]
            dates += [step.decided_on for step in one.steps]
        known = sorted(day for day in dates if day is not None)
        if known:
            span = range(1, (known[0] - start).days + 1)
            expected.append(sum(is_open(start + timedelta(days=n)) for n in span))
    assert days_to_first_action(found, days()) == tuple(sorted(expected))
    left = {one.pupil for one in flags} - {one.pupil for one in cases}
    left -= {one.pupil for one in flags if one.answered_on}
    assert {one.pupil for one in found if not one.is_handled} == left


def test_third_flags_are_what_plain_counting_says(town: Town) -> None:
    asked = town.somebody(Role.PRINCIPAL, "almskolan").account
    assert asked is not None
    made = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30), DAY, DAY + timedelta(days=1))
    expected = {"almskolan": 0, "bjorkskolan": 0}
    for number in range(60):
        school = ("almskolan", "bjorkskolan")[number % 3 == 0]
        on, kind = made[number % 5], (TaskKind.FORCED_MOVE, TaskKind.WATCHED)[number % 7 == 0]
        pupil = pupil_at(town, school, number)
        is_protected = number % 11 == 0
        if is_protected:
            Pupil.objects.filter(pk=pupil.pk).update(protection=Protection.MARKED)
        Task.objects.create(
            pupil=pupil,
            school=town.units[school],
            kind=kind,
            about=str(number),
            to=asked,
            made_at=datetime.combine(on, NOON.timetz()),
            made_on=on,
        )
        is_in_the_year = date(2026, 7, 1) <= on <= DAY
        if kind == TaskKind.FORCED_MOVE and is_in_the_year and not is_protected:
            expected[school] += 1
    counts = Counts(flow_at(town), is_inside=True)

    assert {one: counts.of(showing.FORCED, one) for one in expected} == expected
    assert counts.of(showing.FORCED, TOTAL) == sum(expected.values())


def test_the_page_says_why_absence_falls_without_any_support(town: Town) -> None:
    cases_at(town, "almskolan", in_time=6, late=0)

    said = town.browser(Role.HEAD_OF_SCHOOLS, "linnasa").get("/rutinen/").content.decode()

    assert "då brukar den sjunka även utan insats" in said
    assert "Skillnaden säger inte vad insatsen gjorde" in said
