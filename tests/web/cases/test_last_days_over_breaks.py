"""Last days over Christmas, summer, breaks and holidays; held against a slow walk over the days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.cases.conftest import School
from tests.web.inbox.conftest import row, run_of

from narvaro.programmes import load_text, text_of
from narvaro.timetable import CalendarRow, Calendars, Period, local_day, school_days_after
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, Decision, OpenedBecause, Routine, RoutineMove, Step
from narvaro.web.cases.routines import OWN, programme_of, step_of
from narvaro.web.cases.school_days import calendar_of, school_days_late
from narvaro.web.inbox.climbing import climbed
from narvaro.web.inbox.keeping import keep
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.queue import own_flags
from narvaro.web.inbox.silence import rungs_reached
from narvaro.web.inbox.taking import take_run

SCHOOL = "almskolan"
Row = tuple[str, str, str]
Delivery = tuple[date, tuple[Row, ...]]
"""From which day on a calendar is known, and its rows: kind, first day, last day."""

AUTUMN: tuple[Row, ...] = (
    ("term", "2026-08-17", "2026-12-18"),
    ("staff_day", "2026-09-23", "2026-09-23"),  # a Wednesday
)
AUTUMN_BREAK: Row = ("break", "2026-10-26", "2026-10-30")
SPRING: tuple[Row, ...] = (
    ("term", "2027-01-11", "2027-06-11"),
    ("closed", "2027-05-06", "2027-05-06"),  # Ascension Day, a Thursday
)
NEXT_AUTUMN: tuple[Row, ...] = (("term", "2027-08-17", "2027-12-17"),)
CALENDARS: dict[str, tuple[Row, ...]] = {
    "none": (),
    "autumn": (*AUTUMN, AUTUMN_BREAK),
    "year": (*AUTUMN, AUTUMN_BREAK, *SPRING),
    "all": (*AUTUMN, AUTUMN_BREAK, *SPRING, *NEXT_AUTUMN),
}

TEN_SCHOOL_DAYS = """
begun      | known  | due        | because
2026-09-07 | year   | 2026-09-21 | two whole weeks
2026-09-05 | year   | 2026-09-18 | begun on a Saturday: Monday is the first day
2026-09-21 | year   | 2026-10-06 | a Wednesday without school
2026-10-21 | year   | 2026-11-11 | over the autumn break
2026-10-28 | year   | 2026-11-13 | begun in the autumn break
2026-12-09 | year   | 2027-01-13 | over Christmas
2026-12-18 | year   | 2027-01-22 | from the last day before Christmas
2026-12-24 | year   | 2027-01-22 | begun on Christmas Eve
2026-12-18 | autumn | 2027-01-14 | the spring is not delivered: every working day of it
2027-05-03 | year   | 2027-05-18 | a Thursday without school
2027-06-09 | all    | 2027-08-26 | from the last days of the spring term
2027-06-11 | all    | 2027-08-30 | from its last day
2027-07-05 | all    | 2027-08-30 | begun in July
2027-06-09 | year   | 2027-08-11 | the autumn is not delivered: July never counts
2027-07-05 | year   | 2027-08-13 | begun in July, the autumn not delivered
2027-06-28 | none   | 2027-08-11 | no calendar at all: July does not count
2026-12-18 | none   | 2027-01-01 | no calendar at all: nobody has said that Christmas is a break
"""


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:]]


def day(text: str) -> date:
    return date.fromisoformat(text)


class Told:
    """What the ledger tells of calendars, as known at a moment."""

    def __init__(self, *deliveries: Delivery) -> None:
        self.deliveries = list(deliveries)

    def facts_at(self, now: datetime) -> SimpleNamespace | None:
        known = [rows for since, rows in self.deliveries if since <= local_day(now)]
        if not known:
            return None
        rows = [CalendarRow(SCHOOL, Period(day(a), day(b)), kind) for kind, a, b in known[-1]]
        return SimpleNamespace(calendar=Calendars(rows).of)


@pytest.fixture
def told() -> Iterator[Told]:
    """The school's calendars; a test says what was delivered when."""
    known = Told()
    with patch("narvaro.web.cases.school_days.facts_at", known.facts_at):
        yield known


# The oracle: it walks from day to day and looks at the rows for each of them


def has_school(one: date, rows: tuple[Row, ...]) -> bool:
    if one.weekday() in (5, 6):
        return False
    for kind, first, last in rows:
        if kind != "term" and first <= one.isoformat() <= last:
            return False
    half = (one.year, one.month >= 7)
    said = False
    for kind, first, last in rows:
        if kind == "term" and (day(first).year, day(first).month >= 7) == half:
            said = True
            if first <= one.isoformat() <= last:
                return True
    return not said and one.month != 7


def walked(begun: date, days: int, rows: tuple[Row, ...]) -> date:
    one = begun
    while days:
        one += timedelta(days=1)
        if has_school(one, rows):
            days -= 1
    return one


def gone(due: date, today: date, rows: tuple[Row, ...]) -> int:
    count, one = 0, due
    while one < today:
        one += timedelta(days=1)
        count += has_school(one, rows)
    return count


def opened(school: School, on: date) -> Case:
    school.day = on
    return actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )


def begun(case: Case, school: School, step: str) -> Step:
    return actions.begin_step(case, step, by=school.by(Role.MENTOR), at=school.now)


def kept(school: School, on: date) -> int:
    """The night's run of a day: how many last days it moved."""
    school.day = on
    return keep(school.now).dated


def due_of(step: Step) -> str:
    step.refresh_from_db()
    return str(step.due_on)


@pytest.mark.parametrize(("begins", "known", "due", "because"), cells(TEN_SCHOOL_DAYS))
def test_a_step_of_ten_school_days_is_due(
    school: School, told: Told, begins: str, known: str, due: str, because: str
) -> None:
    rows = CALENDARS[known]
    told.deliveries = [(day("2020-01-01"), rows)]

    step = opened(school, day(begins)).steps.get()

    assert str(step.due_on) == due, because
    assert step.due_on == walked(day(begins), 10, rows)
    assert kept(school, day(due)) == 0  # counted again it is the same


@given(
    start=st.dates(day("2026-08-01"), day("2027-09-30")),
    days=st.integers(1, 60),
    known=st.sampled_from(sorted(CALENDARS)),
)
def test_any_number_of_days_from_any_day_is_what_a_walk_finds(
    start: date, days: int, known: str
) -> None:
    rows = CALENDARS[known]
    with patch("narvaro.web.cases.school_days.facts_at", Told((date.min, rows)).facts_at):
        calendar = calendar_of(Unit(key=SCHOOL), datetime(2026, 8, 1, 12).astimezone())
    due = school_days_after(start, days, calendar)

    assert due == walked(start, days, rows)
    assert school_days_late(start, due, calendar) == gone(start, due, rows) == days


def test_the_autumn_that_comes_in_june_moves_the_last_day_the_same_night(
    school: School, told: Told
) -> None:
    told.deliveries = [
        (day("2026-08-01"), CALENDARS["year"]),
        (day("2027-06-23"), CALENDARS["all"]),
    ]
    step = opened(school, day("2027-06-09")).steps.get()
    assert due_of(step) == "2027-08-11"

    assert kept(school, day("2027-06-22")) == 0
    assert kept(school, day("2027-06-23")) == 1
    assert due_of(step) == "2027-08-26"
    assert kept(school, day("2027-06-24")) == 0
    assert Entry.objects.filter(action="cases.date_anew").count() == 1


def test_a_last_day_that_happens_to_be_a_school_day_is_moved_as_well(
    school: School, told: Told
) -> None:
    told.deliveries = [
        (day("2026-08-01"), CALENDARS["year"]),
        (day("2027-06-23"), CALENDARS["all"]),
    ]
    step = begun(opened(school, day("2027-06-11")), school, "investigation")
    assert due_of(step) == "2027-08-20"  # a Friday in the first week of the term

    kept(school, day("2027-06-23"))

    assert due_of(step) == str(walked(day("2027-06-11"), 15, CALENDARS["all"])) == "2027-09-06"


def test_the_autumn_break_that_is_told_late_is_passed_over(school: School, told: Told) -> None:
    told.deliveries = [(day("2026-08-01"), AUTUMN), (day("2026-10-23"), CALENDARS["autumn"])]
    step = opened(school, day("2026-10-21")).steps.get()
    assert due_of(step) == "2026-11-04"  # a school day before and after

    assert kept(school, day("2026-10-23")) == 1
    assert due_of(step) == "2026-11-11"


def test_a_day_off_that_is_told_late_gives_a_flag_one_day_more(school: School, told: Told) -> None:
    late = (*AUTUMN, ("closed", "2026-10-22", "2026-10-22"))
    told.deliveries = [(day("2026-08-01"), AUTUMN), (day("2026-10-21"), late)]
    school.day = day("2026-10-19")
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    flag = Flag.objects.get()
    assert str(flag.due_on) == "2026-10-26"

    assert [kept(school, day(f"2026-10-{n}")) for n in (20, 21, 22)] == [0, 1, 0]

    flag.refresh_from_db()
    assert flag.due_on == walked(day("2026-10-19"), 5, late) == day("2026-10-27")


def test_a_break_that_is_taken_away_takes_no_days_from_anybody(school: School, told: Told) -> None:
    told.deliveries = [(day("2026-08-01"), CALENDARS["autumn"]), (day("2026-10-23"), AUTUMN)]
    step = opened(school, day("2026-10-21")).steps.get()

    assert kept(school, day("2026-10-23")) == 0
    assert due_of(step) == "2026-11-11"


def test_a_day_that_somebody_chose_stands_whatever_the_calendar_says(
    school: School, told: Told
) -> None:
    told.deliveries = [(day("2026-08-01"), AUTUMN), (day("2026-10-23"), CALENDARS["autumn"])]
    case = opened(school, day("2026-10-14"))
    old, chosen = case.steps.get(), day("2026-10-27")
    old.decision, old.reason, old.watch_until = Decision.CONTINUE, "Vi fortsätter.", chosen
    old.decided_at, old.decided_on, old.decided_by = school.now, school.day, old.owner
    old.save()
    now = {"began_at": school.now, "began_on": school.day}
    step = case.steps.create(step=old.step, owner=old.owner, due_on=chosen, **now)

    assert kept(school, day("2026-10-23")) == 0
    assert due_of(step) == "2026-10-27"


def test_a_case_moved_to_a_newer_routine_keeps_its_promised_days_and_still_passes_breaks(
    school: School, told: Told
) -> None:
    told.deliveries = [(day("2026-08-01"), AUTUMN), (day("2026-10-23"), CALENDARS["autumn"])]
    case = opened(school, day("2026-10-21"))
    step, old = case.steps.get(), case.routine
    text = old.text.replace('"10 school-days"', '"30 school-days"')
    new = Routine.objects.create(
        digest=load_text(text).fingerprint,
        programme=old.programme,
        version=old.version,
        text=text,
        kept_at=school.now,
    )
    school.day = day("2026-10-22")
    RoutineMove.objects.create(
        case=case,
        from_routine=old,
        to_routine=new,
        at=school.now,
        on=school.day,
        by=school.account(Role.PRINCIPAL),
        why="Samma tider för alla.",
    )
    Case.objects.filter(pk=case.pk).update(routine=new)

    assert kept(school, day("2026-10-22")) == 0
    assert due_of(step) == "2026-11-04"
    assert kept(school, day("2026-10-23")) == 1
    assert due_of(step) == "2026-11-11"


def test_the_demos_day_moved_over_christmas_finds_the_same_last_day_and_three_days_late(
    school: School, told: Told
) -> None:
    told.deliveries = [(day("2026-08-01"), CALENDARS["year"])]
    step = opened(school, day("2026-12-02")).steps.get()
    assert due_of(step) == "2026-12-16"

    late = {}
    for on in ("2026-12-16", "2026-12-19", "2027-01-10", "2027-01-11", "2026-12-17"):  # and back
        assert kept(school, day(on)) == 0
        assert step.due_on is not None
        calendar = calendar_of(school.town.units[SCHOOL], school.now)
        late[on] = school_days_late(step.due_on, school.day, calendar)

    assert due_of(step) == "2026-12-16"
    assert late == {
        "2026-12-16": 0,
        "2026-12-19": 2,
        "2027-01-10": 2,
        "2027-01-11": 3,
        "2026-12-17": 1,
    }


SILENCE = """
today      | sees it                       | because
2026-12-16 |                               | its last day
2026-12-17 | owner                         | the day after
2026-12-18 | owner                         | two school days
2026-12-24 | owner                         | Christmas counts no days
2027-01-08 | owner                         | nor does the week before the term
2027-01-12 | owner                         | four school days
2027-01-13 | owner, principal              | five
2027-01-19 | owner, principal              | nine
2027-01-20 | owner, principal, area_manager | ten
"""


@pytest.mark.parametrize(("today", "sees", "because"), cells(SILENCE))
def test_silence_climbs_over_christmas_by_school_days_alone(
    school: School, told: Told, today: str, sees: str, because: str
) -> None:
    told.deliveries = [(day("2026-08-01"), CALENDARS["year"])]
    case = opened(school, day("2026-12-02"))
    due, rungs = case.steps.get().due_on, tuple(one for one in sees.split(", ") if one)

    school.day = day(today)
    known = calendar_of(school.town.units[SCHOOL], school.now)

    assert due == day("2026-12-16")
    assert rungs_reached(programme_of(case), due, school.day, known) == rungs, because
    assert bool(list(climbed(school.by(Role.PRINCIPAL)))) == ("principal" in rungs)
    assert bool(list(climbed(school.by(Role.AREA_MANAGER)))) == ("area_manager" in rungs)


def test_a_flag_of_the_last_week_before_christmas_waits_for_the_term(
    school: School, told: Told
) -> None:
    told.deliveries = [(day("2026-08-01"), CALENDARS["year"])]
    school.day = day("2026-12-16")
    take_run(run_of([row("7B-14")]), authority=school.town.authority, now=school.now)
    flag = Flag.objects.get()
    assert flag.due_on == walked(school.day, 5, CALENDARS["year"]) == day("2027-01-13")

    seen = {}
    for on in ("2027-01-13", "2027-01-19", "2027-01-20"):
        school.day = day(on)
        assert list(own_flags(school.by(Role.MENTOR)))
        seen[on] = len(list(climbed(school.by(Role.PRINCIPAL))))
    assert seen == {"2027-01-13": 0, "2027-01-19": 0, "2027-01-20": 1}


@given(due=st.dates(day("2026-08-17"), day("2027-08-31")), after=st.integers(0, 90))
def test_any_silence_climbs_when_a_walk_says_so(due: date, after: int) -> None:
    rows, today = CALENDARS["all"], due + timedelta(days=after)
    with patch("narvaro.web.cases.school_days.facts_at", Told((date.min, rows)).facts_at):
        calendar = calendar_of(Unit(key=SCHOOL), datetime(2026, 8, 1, 12).astimezone())
    programme = load_text(text_of(OWN))
    assert step_of(programme, "conversation")

    late = gone(due, today, rows)
    expected = [("owner", after > 0), ("principal", late >= 5), ("area_manager", late >= 10)]

    found = rungs_reached(programme, due, today, calendar)
    assert found == tuple(role for role, reached in expected if reached)
