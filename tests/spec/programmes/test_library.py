"""What the shipped programmes say, as their sources say it."""

from __future__ import annotations

from datetime import date

import pytest

from narvaro.errors import BadRequest
from narvaro.programmes import load, programme_ids, rule_in_words, scope_in_words
from narvaro.timetable import parse_at

RULES = """
programme         | rule                    | window           | op | limit | upper | checked
boras-2016        | three-months            | rolling-months:3 | >= | 15    |       |
boras-2018        | three-months            | rolling-months:3 | >= | 15    |       |
boras-2018        | calendar-month          | month            | >= | 25    |       |
boras-recommended | calendar-month          | month            | >= | 20    |       |
boras-recommended | term-check              | term             | >= | 10    |       | 11-30, 04-30
danderyd          | fifteen-after-two-weeks | school-days:10   | >= | 15    |       |
england           | persistent              | school-year      | >= | 10    |       |
england           | severe                  | school-year      | >= | 50    |       |
eskilstuna        | four-weeks              | school-days:20   | >  | 20    |       |
generic           | four-weeks              | school-days:20   | >= | 15    |       |
staffanstorp      | fifteen                 | month            | >  | 15    |       |
stockholm         | around-twenty           | month            | >= | 15    | 25    |
usa               | chronic                 | school-year      | >= | 10    |       |
"""


def test_the_rules_are_those_of_the_sources() -> None:
    wanted = [tuple(cell.strip() for cell in line.split("|")) for line in RULES.splitlines()[2:]]
    found = [
        (
            programme_id,
            rule.id,
            rule.window.text,
            rule.operator,
            str(rule.limit),
            str(rule.upper_limit or ""),
            ", ".join(f"{month:02}-{day}" for month, day in rule.check_on),
        )
        for programme_id in programme_ids()
        for rule in load(programme_id).rules
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("programme", "begins", "ends", "scope"),
    [
        ("boras-2016", "2016-04-01", "2017-12-31", "grades 1–3"),
        ("boras-2018", "2018-01-01", "2018-06-30", "grades 1–3"),
        ("boras-recommended", "2018-06-27", "None", "all grades"),
        ("staffanstorp", "2026-01-01", "2028-06-30", "ages 13–16"),
        ("dals-ed", "2017-01-01", "2020-12-31", "grades preschool–9"),
        ("stockholm", "2020-02-01", "2022-06-30", "grades 8–9"),
        ("england", "2015-09-01", "None", "all grades"),
        ("usa", "None", "None", "all grades"),
    ],
)
def test_dates_and_scope_are_those_of_the_sources(
    programme: str, begins: str, ends: str, scope: str
) -> None:
    found = load(programme)
    assert (str(found.in_force.from_on), str(found.in_force.to_on)) == (begins, ends)
    assert scope_in_words(found, "en") == scope


@pytest.mark.parametrize("programme", ["dals-ed", "bollnas", "toreboda"])
def test_where_no_percentage_is_stated_people_open_the_cases(programme: str) -> None:
    found = load(programme)
    assert found.rules == ()
    assert any("person" in step.opened_by for step in found.steps)


def test_three_flags_in_a_school_year_escalate_whatever_the_mentor_thinks() -> None:
    (counter,) = load("boras-2018").counters
    assert (counter.limit, counter.within, counter.counts) == (3, "school-year", "month-ends")
    assert counter.rules == ()
    assert counter.overrides == ("mentor",)
    assert counter.leads_to == "student-health"


def test_staffanstorp_meets_every_third_week_with_three_parties() -> None:
    (cadence,) = load("staffanstorp").cadence
    assert cadence.every == ("days", 21)
    assert cadence.roles == ("pupil", "guardian", "teacher")
    assert [tier.level for tier in load("staffanstorp").tiers] == [1, 2, 3]
    assert [places.count for places in load("staffanstorp").places] == [40, 160, 230]


@pytest.mark.parametrize(
    ("programme", "place"),
    [
        ("staffanstorp", "rules.fifteen"),
        ("stockholm", "rules.around-twenty"),
        ("boras-2016", "steps.conversation"),
        ("boras-2018", "counters.third-flag"),
        ("boras-recommended", "scope"),
        ("stockholm", "registration"),
    ],
)
def test_what_a_source_does_not_state_is_an_assumption(programme: str, place: str) -> None:
    assert place in [assumption.place for assumption in load(programme).assumptions]


@pytest.mark.parametrize("programme", programme_ids())
def test_every_shipped_programme_keeps_the_promises_of_the_library(programme: str) -> None:
    found = load(programme)
    assert found.id == programme
    assert found.steps
    assert all(rule.minimum_minutes is None for rule in found.rules)
    assert all(rule.coverage_floor == 80 for rule in found.rules)
    assert all(rule.leads_to for rule in found.rules)
    assert programme in found.scope.participations


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadRequest) as refused:
        load("boras")
    assert "boras-2016" in refused.value.remedy


@pytest.mark.parametrize(
    ("programme", "at", "in_force"),
    [
        ("boras-2016", "2016-03-31", False),
        ("boras-2016", "2016-04-01", True),
        ("boras-2016", "2017-12", True),
        ("boras-2016", "2018-01", False),
        ("boras-2018", "2017-12", False),
        ("boras-2018", "2018-01", True),
        ("boras-2018", "2018-06", True),
        ("boras-2018", "2018-07-01", False),
        ("usa", "1990-01", True),
    ],
)
def test_a_date_outside_is_refused_unless_it_is_asked_for(
    programme: str, at: str, in_force: bool
) -> None:
    found = load(programme)
    found.require_in_force(parse_at(at), outside_dates=True)
    if in_force:
        found.require_in_force(parse_at(at))
        return
    with pytest.raises(BadRequest, match="not in force") as refused:
        found.require_in_force(parse_at(at))
    assert "--outside-dates" in refused.value.remedy


@pytest.mark.parametrize(
    ("programme", "rule", "swedish", "english"),
    [
        (
            "boras-2016",
            "three-months",
            "minst 15 % frånvaro under 3 kalendermånader i följd",
            "at least 15 per cent absence over 3 calendar months on end",
        ),
        (
            "staffanstorp",
            "fifteen",
            "mer än 15 % frånvaro under en kalendermånad",
            "more than 15 per cent absence over a calendar month",
        ),
        (
            "stockholm",
            "around-twenty",
            "minst 15 % frånvaro och högst 25 % under en kalendermånad",
            "at least 15 per cent absence and at most 25 per cent over a calendar month",
        ),
    ],
)
def test_a_rule_is_said_in_plain_words(
    programme: str, rule: str, swedish: str, english: str
) -> None:
    found = load(programme).rule(rule)
    assert rule_in_words(found, "sv") == swedish
    assert rule_in_words(found, "en") == english


def test_check_days_are_the_only_days_of_their_rule() -> None:
    monthly, check = load("boras-recommended").rules
    assert monthly.is_checked_at(date(2018, 11, 30))
    assert monthly.is_checked_at(date(2018, 12, 31))
    assert not monthly.is_checked_at(date(2018, 12, 30))
    assert check.is_checked_at(date(2018, 11, 30))
    assert not check.is_checked_at(date(2018, 12, 31))


def test_an_unknown_rule_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadRequest) as refused:
        load("boras-2018").rule("month")
    assert "calendar-month" in refused.value.remedy
