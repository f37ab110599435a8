"""A page asks the database as often for a hundred cases as for ten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.web.conftest import LONG_AGO, Town
from tests.web.flow.test_flow_pages import DAY, NOON, case_of, pupil_at

from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import (
    Case,
    Contact,
    ContactOutcome,
    ContactWay,
    Evidence,
    EvidenceKind,
    LegalEvent,
    Step,
    Task,
    TaskKind,
)
from narvaro.web.inbox.models import Flag
from narvaro.web.meetings.models import AgendaItem, Kind, Meeting, Series

FEW, MANY = 10, 100
SCHOOL = "almskolan"


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.DEMO, settings.TODAY = True, DAY


def taken_up(town: Town, number: int, owner: Account, asked: Account) -> Case:
    """A pupil with a flag, a case with all that stands in one, and a task; every second is late."""
    pupil, school = pupil_at(town, SCHOOL, number), town.units[SCHOOL]
    pupil.enrolments.update(class_key=f"{SCHOOL}/7B")
    case = case_of(pupil, school, owner, done_after=5 if number % 2 else None)
    step = case.steps.get()
    Step.objects.filter(pk=step.pk).update(due_on=date(2026, 9, 15))
    if number % 2:  # goes on to student health, which meets about it
        Step.objects.create(
            case=case, step="student-health", owner=asked, began_at=NOON, began_on=DAY
        )
    Evidence.objects.create(step=step, kind=EvidenceKind.EVENT, name="n", item="i", done_at=NOON)
    Contact.objects.create(
        case=case,
        on=DAY,
        way=ContactWay.PHONE,
        outcome=ContactOutcome.TALKED,
        at=NOON,
        by=owner,
    )
    LegalEvent.objects.create(case=case, duty="notify-authority", on=DAY, by=owner, noted_at=NOON)
    Task.objects.create(
        pupil=pupil,
        school=school,
        case=case,
        kind=TaskKind.WATCHED,
        to=asked,
        made_at=NOON,
        made_on=DAY,
        due_on=DAY,
    )
    flag_of(case, school, asked)
    return case


def flag_of(case: Case, school: Unit, asked: Account) -> None:
    Flag.objects.create(
        authority=school.authority,
        pupil=case.pupil,
        school=school,
        class_key=f"{SCHOOL}/7B",
        programme="p",
        rule="r",
        month="2026-11",
        certainty="certain",
        owner=asked,
        run="p/linnasa/2026-11",
        run_version=1,
        taken_at=NOON,
        taken_on=DAY - timedelta(days=20),
        due_on=DAY - timedelta(days=10),
    )


def meeting_of(town: Town, chair: Account) -> Meeting:
    series = Series.objects.create(
        school=town.units[SCHOOL],
        kind=Kind.STUDENT_HEALTH,
        name="Elevhälsomöte",
        place="rum 1",
        chair=chair,
    )
    starts_at = datetime(2026, 12, 9, 12, tzinfo=UTC)
    return Meeting.objects.create(
        series=series, starts_at=starts_at, minutes=120, planned_at=NOON, chair=chair
    )


def questions(browser: Client, url: str) -> int:
    """How many are asked, once the process knows what it keeps."""
    assert browser.get(url).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(url)
    assert answer.status_code == 200
    return len(asked)


PAGES: dict[str, tuple[Role, str, str]] = {
    "queue": (Role.PRINCIPAL, SCHOOL, "/att-gora/"),
    "flags": (Role.PRINCIPAL, SCHOOL, "/flaggor/"),
    "flags of a class": (Role.MENTOR, f"{SCHOOL}/7B", "/flaggor/"),
    "nothing done": (Role.PRINCIPAL, SCHOOL, "/flaggor/inget-gjort/"),
    "nothing done, schools": (Role.HEAD_OF_SCHOOLS, "linnasa", "/flaggor/inget-gjort/skolor/"),
    "cases": (Role.PRINCIPAL, SCHOOL, "/arenden/"),
    "tasks": (Role.PRINCIPAL, SCHOOL, "/arenden/uppgifter/"),
    "flow of the municipality": (Role.HEAD_OF_SCHOOLS, "linnasa", "/rutinen/"),
    "flow of a school": (Role.PRINCIPAL, SCHOOL, "/rutinen/skolor/{school}/"),
    "inspector": (Role.HEAD_OF_SCHOOLS, "linnasa", "/tillsyn/skolor/{school}/"),
    "meeting": (Role.PRINCIPAL, SCHOOL, "/moten/{meeting}/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_for_a_hundred_cases_than_for_ten(town: Town, name: str) -> None:
    role, place, url = PAGES[name]
    post: Assignment = town.somebody(role, place)
    leads = town.somebody(Role.PRINCIPAL, SCHOOL)
    mentor = town.somebody(Role.MENTOR, f"{SCHOOL}/7B").account
    assert post.account is not None
    assert leads.account is not None
    assert mentor is not None
    post.from_on = LONG_AGO
    meeting = meeting_of(town, leads.account)
    url = url.format(school=town.units[SCHOOL].public_id, meeting=meeting.public_id)
    browser = town.signed_in(post)
    found: list[int] = []
    for first, last in ((0, FEW), (FEW, MANY)):
        for number in range(first, last):
            case = taken_up(town, number, mentor, post.account)
            AgendaItem.objects.create(
                meeting=meeting,
                number=number + 1,
                pupil=case.pupil,
                source_key=f"case:{case.public_id}",
                added_by=leads.account,
            )
        found.append(questions(browser, url))

    few, many = found
    assert many <= few, f"{name}: {few} questions for {FEW}, {many} for {MANY}"
