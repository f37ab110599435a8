"""When did you know, what did you do, when was it investigated, when was the authority told."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.flow.test_flow_pages import DAY, NOON, case_of, pupil_at, some_cases, viewer_of

from narvaro.timetable import Calendar
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases.duties import asked_by_law
from narvaro.web.cases.models import Case, Evidence, HandOver, LegalEvent, Note, Step, Voice
from narvaro.web.inbox.models import Flag
from narvaro.web.overview.inspector.answering import answers, spans
from narvaro.web.overview.inspector.summary import summary_of
from narvaro.web.overview.inspector.timeline import happenings
from narvaro.web.pupils.models import Access, Protection
from narvaro.web.ui import written


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
        (date(2026, 9, 6), 3),
        (date(2026, 9, 21), 11),
        (date(2026, 9, 25), 4),
    ]


def test_what_nobody_did_is_said_not_left_out(town: Town) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]

    found = spans(answers(case, DAY), Calendar())

    assert [one.on is None for one in found] == [False, True, True, True]


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


def flagged(case: Case, *, month: str, taken_on: date, withdrawn: bool = False) -> None:
    Flag.objects.create(
        pupil=case.pupil,
        authority=case.authority,
        school=case.school,
        run=f"linnasa/linnasa/{month}",
        run_version=1,
        month=month,
        programme="linnasa",
        rule="r",
        owner=case.owner,
        certainty="certain",
        figures={},
        flags_this_year=1,
        taken_at=datetime(taken_on.year, taken_on.month, taken_on.day, 6, tzinfo=UTC),
        taken_on=taken_on,
        withdrawn_at=NOON if withdrawn else None,
    )


def test_the_school_knew_the_day_the_flag_came_in_as_the_case_says_too(town: Town) -> None:
    case = investigated(town)
    flagged(case, month="2026-05", taken_on=date(2026, 6, 1))
    flagged(case, month="2026-04", taken_on=date(2026, 5, 4), withdrawn=True)
    flagged(case, month="2025-05", taken_on=date(2025, 6, 2))
    viewer = viewer_of(town.somebody(Role.PRINCIPAL, "almskolan"))

    found = answers(case, DAY)

    assert found.known_on == date(2026, 6, 1)
    assert next(iter(happenings(case, DAY, Calendar()))).on == date(2026, 6, 1)
    said = {one.words: one.value for one in asked_by_law(case, viewer)}
    assert said["Första flaggan"] == written.day_of_year(date(2026, 6, 1))
    assert said["Första åtgärd"].startswith(written.day(date(2026, 9, 6)))
    assert found.acted_on == date(2026, 9, 6)


def test_to_open_a_case_is_not_yet_to_do_something(town: Town) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]
    assert answers(case, DAY).acted_on is None

    voice = {"whose": "pupil", "text": "Jag vill inte säga det här högt", "at": NOON}
    Voice.objects.create(case=case, on=date(2026, 9, 3), noted_by=case.owner, **voice)

    assert answers(case, DAY).acted_on == date(2026, 9, 3)
    told = [one.what for one in happenings(case, DAY, Calendar())]
    assert "Elevens egna ord noterades" in told
    assert not any("högt" in one for one in told)


def test_signed_documents_held_meetings_and_new_owners_stand_on_their_days(town: Town) -> None:
    case = investigated(town)
    step = case.steps.get(step="conversation")
    for kind, name in (("form", "teacher-documentation"), ("meeting", "student-health")):
        Evidence.objects.create(step=step, kind=kind, item=kind, name=name, done_at=NOON)
    other = town.somebody(Role.PRINCIPAL, "almskolan").account
    assert other is not None
    HandOver.objects.create(
        case=case, from_owner=case.owner, to_owner=other, by=other, at=NOON, why="Slutar"
    )

    told = {one.what: one.on for one in happenings(case, DAY, Calendar())}

    assert told[f"Ärendet lämnades över till {other.name}"] == DAY
    assert told["Möte hållet: Samtal med hemmet"] == DAY
    assert len([one for one in told if one.startswith("Signerat: ")]) == 1
    before = [one.what for one in happenings(case, date(2026, 12, 1), Calendar())]
    assert not any(
        one.startswith(("Signerat", "Möte hållet", "Ärendet lämnades")) for one in before
    )


def test_of_one_day_what_was_decided_stands_before_what_it_began(town: Town) -> None:
    case = investigated(town)
    case.steps.filter(step="investigation").update(began_on=date(2026, 9, 6))

    told = [one.what for one in happenings(case, DAY, Calendar()) if one.on == date(2026, 9, 6)]

    assert ["avslutades" in one for one in told] == [True, False]


def test_the_pdf_is_the_same_page_logged_as_printed_and_its_name_tells_nobody(town: Town) -> None:
    case = investigated(town)
    browser = town.browser(Role.PRINCIPAL, "almskolan")
    url = f"/tillsyn/arenden/{case.public_id}/pdf/"

    answer = browser.post(url, {"why": "complaint"})

    assert answer["Content-Type"] == "application/pdf"
    name = r'attachment; filename="tillsyn-\d{4}-\d\d-\d\d\.pdf"'
    assert re.fullmatch(name, answer["Content-Disposition"])
    assert b"pdfuaid" in answer.content
    assert b"/StructTreeRoot" in answer.content
    taken = Entry.objects.get(kind=Kind.PRINT)
    assert (taken.reason, taken.action) == ("complaint", "inspector.pdf")
    assert f"pupil:{case.pupil.public_id}" in taken.subjects


def test_without_a_reason_there_is_no_pdf(town: Town) -> None:
    case = investigated(town)
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    answer = browser.post(f"/tillsyn/arenden/{case.public_id}/pdf/", {"why": "curious"})

    assert answer.status_code == 302
    assert answer["Location"] == f"/tillsyn/arenden/{case.public_id}/"
    assert not Entry.objects.filter(kind=Kind.PRINT).exists()


def test_a_protected_pupil_is_opened_first_and_never_named(town: Town) -> None:
    case = investigated(town)
    post = town.somebody(Role.PRINCIPAL, "almskolan")
    assert post.account is not None
    case.pupil.protection = Protection.MARKED
    case.pupil.save()
    Access.objects.create(
        pupil=case.pupil, account=post.account, decided_by=post.account, from_on=date(2026, 8, 1)
    )
    browser = town.signed_in(post)
    pages = [f"/tillsyn/arenden/{case.public_id}/", f"/tillsyn/arenden/{case.public_id}/pdf/"]

    for url in pages:
        answer = browser.post(url, {"why": "inspection"})
        assert (answer.status_code, "oppna" in answer["Location"]) == (302, True)
    browser.post(answer["Location"], {"reason": "case"})

    shown = browser.post(pages[0], {"why": "inspection"}).content.decode()
    assert "Elev med skyddade uppgifter" in shown
    assert case.pupil.given_name not in shown
    assert browser.post(pages[1], {"why": "inspection"}).status_code == 200


def test_the_case_leads_its_leaders_to_the_inspectors_page_and_the_late_list_to_the_case(
    town: Town,
) -> None:
    case = some_cases(town, "almskolan", in_time=0, late=1)[0]
    inside = f'href="/tillsyn/arenden/{case.public_id}/"'
    url = f"/arenden/{case.public_id}/"

    assert inside in town.browser(Role.PRINCIPAL, "almskolan").get(url).content.decode()
    assert inside not in town.browser(Role.SCHOOL_COUNSELLOR, "almskolan").get(url).content.decode()
    late = f"/rutinen/skolor/{town.units['almskolan'].public_id}/"
    said = town.browser(Role.PRINCIPAL, "almskolan").get(late).content.decode()
    assert f'href="{url}">Elev0 almskolan' in said
