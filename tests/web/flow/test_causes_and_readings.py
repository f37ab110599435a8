"""Causes counted without telling of a few, and both readings of how few are taken on."""

from __future__ import annotations

from datetime import date

from tests.web.flow.test_fidelity_and_funnel import case, common

from narvaro.small_numbers import TOTAL
from narvaro.timetable import Month
from narvaro.web.cases.flow import CaseRow, CauseRow, StepEnds, StepRow, cause_tables, step_ends
from narvaro.web.cases.flow.causes import HINDERS, Word
from narvaro.web.cases.flow.readings import Minutes

TEACHING = Word("school", "teaching", HINDERS)
ILLNESS = Word("individual", "long_illness", HINDERS)


def noted(school: str, count: int, word: str = "teaching") -> list[CauseRow]:
    level, is_restricted = ("school", False) if word == "teaching" else ("individual", True)
    return [
        CauseRow(
            f"{school}{n}", school, level, word, is_protective=False, is_restricted=is_restricted
        )
        for n in range(count)
    ]


def test_a_schools_few_are_not_the_authority_less_the_others() -> None:
    tables = cause_tables([*noted("alm", 2), *noted("bjork", 9), *noted("ek", 8)], ["alm"])

    shown = [tables[place].counts[TEACHING] for place in ("alm", "bjork", "ek", TOTAL)]
    assert shown[0] is None
    assert sum(one is None for one in shown) >= 2


def test_a_restricted_cause_is_counted_for_the_authority_alone() -> None:
    tables = cause_tables([*noted("alm", 6, "long_illness"), *noted("bjork", 7)], ["alm", "bjork"])

    assert ILLNESS not in tables["alm"].counts
    assert tables[TOTAL].counts[ILLNESS] == 6


def ended(count: int, decision: str) -> list[CaseRow]:
    day = date(2026, 9, 1)
    return [
        case(
            StepRow(f"{decision}{n}", "conversation", day, day, decision),
            key=f"{decision}{n}",
            pupil=f"{decision}{n}",
        )
        for n in range(count)
    ]


def minutes_of(pupil: str, _school: str, month: Month) -> Minutes:
    is_after = month == Month.of(2026, 12)
    return Minutes(10 if is_after and pupil.startswith("close") else 20, 100)


def ends(cases: list[CaseRow], over_by: Month) -> StepEnds:
    first, last = date(2026, 7, 1), date(2027, 6, 30)
    return step_ends(cases, common(), minutes_of, first=first, last=last, over_by=over_by)[0]


def test_later_absence_is_told_of_five_and_not_of_four() -> None:
    found = ends([*ended(5, "close"), *ended(4, "next")], Month.of(2026, 12))

    assert (found.decided, found.closed, found.taken_on) == (9, 5, 4)
    assert (found.later_closed.before, found.later_closed.after) == ((100, 500), (50, 500))
    assert not found.later_taken_on.is_told


def test_nothing_is_told_before_the_three_months_are_over() -> None:
    assert not ends(ended(9, "close"), Month.of(2026, 11)).later_closed.is_told
