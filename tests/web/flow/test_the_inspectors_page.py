"""When did you know, what did you do, when was it investigated, when was the authority told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.flow.test_flow_pages import DAY, NOON, case_of, pupil_at, some_cases, viewer_of

from narvaro.timetable import Calendar
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases.models import Case, LegalEvent, Note, Step
from narvaro.web.overview.inspector.summary import summary_of
from narvaro.web.overview.inspector.timeline import answers, happenings, spans
from narvaro.web.pupils.models import Protection


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = DAY


def owner_at(town: Town) -> Account:
    found = town.somebody(Role.MENTOR, "almskolan/7B").account
    assert found is not None
    return found


def investigated(town: Town) -> Case:
    """Opened 1 September, investigated from 21 September, the authority told 25 September."""
    owner = owner_at(town)
    case = case_of(pupil_at(town, "almskolan", 1), town.units["almskolan"], owner, done_after=5)
    Step.objects.create(
        case=case,
        step="investigation",
        owner=owner,
        began_at=datetime(2026, 9, 21, 10, tzinfo=NOON.tzinfo),
        began_on=date(2026, 9, 21),
    )
    LegalEvent.objects.create(
        case=case, duty="notify-authority", on=date(2026, 9, 25), by=owner, noted_at=NOON
    )
    return case


def test_the_four_questions_have_days_and_school_days_between(town: Town) -> None:
    found = spans(answers(investigated(town), DAY), Calendar())

    assert [(one.on, one.days) for one in found] == [
        (date(2026, 9, 1), None),
        (date(2026, 9, 1), 0),
        (date(2026, 9, 21), 14),
        (date(2026, 9, 25), 4),
    ]


def test_what_nobody_did_is_said_not_left_out(town: Town) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]

    found = spans(answers(case, DAY), Calendar())

    assert [one.on is None for one in found] == [False, False, True, True]


def test_every_day_has_a_source_and_the_notification_its_paragraph(town: Town) -> None:
    found = happenings(investigated(town), DAY, Calendar())

    assert all(one.source for one in found)
    assert [one.on for one in found] == sorted(one.on for one in found)
    told = next(one for one in found if one.on == date(2026, 9, 25))
    assert told.law == "skollagen 7 kap. 19 a §"


def test_what_is_dated_later_than_the_day_is_not_there(town: Town) -> None:
    case = investigated(town)

    assert answers(case, date(2026, 9, 20)).investigated_on is None
    assert max(one.on for one in happenings(case, date(2026, 9, 20), Calendar())) < date(
        2026, 9, 20
    )


def test_the_page_asks_for_a_reason_and_the_log_keeps_it(town: Town) -> None:
    case = investigated(town)
    browser = town.browser(Role.PRINCIPAL, "almskolan")
    url = f"/tillsyn/arenden/{case.public_id}/"

    asked = browser.get(url).content.decode()
    shown = browser.post(url, {"why": "inspection"}).content.decode()

    assert "2026-09-21" not in asked
    assert "2026-09-21" in shown
    taken = Entry.objects.get(kind=Kind.EXPORT)
    assert (taken.reason, taken.action) == ("inspection", "inspector.case")
    assert f"pupil:{case.pupil.public_id}" in taken.subjects


def test_without_a_reason_nothing_is_shown(town: Town) -> None:
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    answer = browser.post(f"/tillsyn/arenden/{investigated(town).public_id}/", {"why": "curious"})

    assert "2026-09-21" not in answer.content.decode()
    assert not Entry.objects.filter(kind=Kind.EXPORT).exists()


def test_a_restricted_note_is_only_told_of(town: Town) -> None:
    case = investigated(town)
    Note.objects.create(
        case=case,
        restriction="student_health",
        text="Påhittad hemlighet",
        by=case.owner,
        role=Role.SCHOOL_COUNSELLOR,
        at=NOON,
        on=date(2026, 9, 22),
    )
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    url = f"/tillsyn/arenden/{case.public_id}/"
    said = browser.post(url, {"why": "inspection"}).content.decode()

    assert "skolkurator" in said
    assert "Påhittad hemlighet" not in said


def test_a_protected_pupil_is_not_there_for_a_principal_who_is_not_listed(town: Town) -> None:
    case = investigated(town)
    case.pupil.protection = Protection.MARKED
    case.pupil.save()
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    assert browser.get(f"/tillsyn/arenden/{case.public_id}/").status_code == 404


def test_a_head_of_schools_gets_the_summary_alone_without_small_counts(town: Town) -> None:
    cases = some_cases(town, "almskolan", in_time=2, late=1)
    head = town.somebody(Role.HEAD_OF_SCHOOLS, "linnasa")
    browser = town.signed_in(head)

    url = f"/tillsyn/skolor/{town.units['almskolan'].public_id}/"
    assert browser.get(f"/tillsyn/arenden/{cases[0].public_id}/").status_code == 404
    assert "visas inte" in browser.get(url).content.decode()
    rows = summary_of(viewer_of(head), town.units["almskolan"], is_inside=True)
    assert [row.total for row in rows] == [3, 3, 0]
