"""The page of a case in the browser: whose turn, decided with a reason, and the second told."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.cases.conftest import School, documented
from tests.web.cases.test_the_course_of_a_case import at_step, opened

from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases.actions import Decided, decide
from narvaro.web.cases.models import Case, Decision, EvidenceKind, Step
from narvaro.web.documents import actions as documents
from narvaro.web.pupils.models import Access, Protection
from narvaro.web.ui import registry
from narvaro.web.ui.registry import Panel

WHY = "Hemmet och skolan är överens."


@pytest.fixture(autouse=True)
def _the_day(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the school's."""
    for place in ("doors", "middleware"):
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.now_of", lambda _request: school.now, raising=False
        )
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.today_of", lambda _request: school.day, raising=False
        )


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def page_of(case: Case) -> str:
    return reverse("case", args=[case.public_id])


def decision(step: Step) -> str:
    return reverse("case_decide", args=[step.case.public_id, step.public_id])


def sent(step: Step, way: str, **more: str) -> dict[str, str]:
    return {"way": way, "reason": WHY, "version": str(step.version), **more}


def test_the_page_says_whose_turn_it_is_and_by_when(school: School) -> None:
    case = opened(school)

    shown = browser(school, Role.MENTOR).get(page_of(case)).content.decode()

    assert "Samtal med hemmet" in shown
    assert "10 skoldagar kvar" in shown
    assert "är inte signerat" in shown
    for form in ("kontakt", "egna-ord", "anteckning", "orsak", "lag", "lamna-over"):
        assert f"{page_of(case)}{form}/" in shown
    read = Entry.objects.filter(action="cases.case", kind=Kind.READ).get()
    assert f"pupil:{school.pupil.public_id}" in read.subjects


def test_a_decision_with_a_reason_ends_the_step(school: School) -> None:
    step = at_step(opened(school))
    documented(school, step)

    answer = browser(school, Role.MENTOR).post(decision(step), sent(step, "next.student-health."))

    assert answer.status_code == 302
    assert at_step(step.case).step == "student-health"


def test_what_is_missing_is_said_and_what_was_written_stands(school: School) -> None:
    step = at_step(opened(school))

    answer = browser(school, Role.MENTOR).post(decision(step), sent(step, "next.student-health."))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "inte signerat" in shown
    assert WHY in shown


def test_no_way_reason_or_day_is_taken_for_granted(school: School) -> None:
    step = at_step(opened(school))
    documented(school, step)
    client = browser(school, Role.MENTOR)

    for wrong in (
        {"way": "", "reason": WHY, "version": "1"},
        {"way": "watch..watched", "reason": WHY, "version": "1"},
        {"way": "next.student-health.", "reason": " ", "version": "1"},
        {"way": "next.investigation.", "reason": WHY, "version": "1"},
    ):
        assert client.post(decision(step), wrong).status_code == 422
    step.refresh_from_db()
    assert step.is_open


def test_the_second_of_two_sees_both(school: School) -> None:
    step = at_step(opened(school))
    documented(school, step)
    principal = browser(school, Role.PRINCIPAL)
    decide(
        step,
        Decided(Decision.NEXT, "Vi går vidare", leads_to="student-health"),
        version=step.version,
        by=school.by(Role.MENTOR),
        at=school.now,
    )

    answer = principal.post(decision(step), sent(step, "close..closed"))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Vi går vidare" in shown
    assert WHY in shown


def test_who_decides_on_a_step_that_was_taken_over_keeps_the_draft(school: School) -> None:
    step = at_step(opened(school))
    documented(school, step)
    opened_with = sent(step, "watch..watched", watch_until="2027-01-15")
    taken = reverse("case_take_step", args=[step.case.public_id, step.public_id])
    browser(school, Role.PRINCIPAL).post(taken, {"version": str(step.version)})

    answer = browser(school, Role.MENTOR).post(decision(step), opened_with)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert WHY in shown
    assert 'value="2"' in shown
    step.refresh_from_db()
    assert (step.is_open, step.owner) == (True, school.account(Role.PRINCIPAL))


def test_a_teacher_of_the_class_reads_and_does_not_decide(school: School) -> None:
    step = at_step(opened(school))
    teacher = school.town.browser(Role.TEACHER, "almskolan/7B")

    assert teacher.get(page_of(step.case)).status_code == 200
    assert teacher.post(decision(step), sent(step, "close..closed")).status_code == 404


@pytest.mark.parametrize(
    ("role", "at"),
    [
        (Role.MENTOR, "almskolan/8A"),
        (Role.PRINCIPAL, "bjorkskolan"),
        (Role.AREA_MANAGER, "norra"),
        (Role.HEAD_OF_SCHOOLS, "linnasa"),
        (Role.COORDINATOR, "almskolan"),
    ],
)
def test_nobody_else_sees_the_page(school: School, role: Role, at: str) -> None:
    case = opened(school)

    assert school.town.browser(role, at).get(page_of(case)).status_code == 404


def test_a_pupil_who_becomes_protected_disappears_for_who_is_not_listed(school: School) -> None:
    case = opened(school)
    client = browser(school, Role.MENTOR)
    school.pupil.protection = Protection.MARKED
    school.pupil.save()

    listed = client.get(reverse("cases"))

    assert client.get(page_of(case)).status_code == 404
    assert listed.status_code == 200
    assert "0 öppna ärenden" in listed.content.decode()
    assert school.pupil.name not in client.get("/att-gora/").content.decode()


def test_who_is_listed_opens_a_protected_pupils_case_with_a_reason(school: School) -> None:
    case = opened(school)
    school.pupil.protection = Protection.MARKED
    school.pupil.save()
    mentor = school.account(Role.MENTOR)
    Access.objects.create(
        pupil=school.pupil, account=mentor, decided_by=mentor, from_on=date(2020, 1, 1)
    )
    client = browser(school, Role.MENTOR)

    assert client.get(page_of(case))["Location"] == reverse(
        "pupils_open", args=[school.pupil.public_id]
    )
    client.post(reverse("pupils_open", args=[school.pupil.public_id]), {"reason": "case"})
    shown = client.get(page_of(case)).content.decode()
    assert "Elev med skyddade uppgifter" in shown
    assert school.pupil.name not in shown


def test_a_document_is_begun_in_its_step_and_shows_when_it_is_signed(school: School) -> None:
    step = at_step(opened(school))
    url = reverse("case_write", args=[step.case.public_id, step.public_id, "teacher-documentation"])

    answer = browser(school, Role.MENTOR).post(url)

    begun = step.evidence.get()
    assert answer["Location"] == reverse("document_fill_in", args=[begun.item])
    assert (begun.kind, begun.done_at) == (EvidenceKind.FORM, None)


def test_signing_a_document_is_what_its_step_rests_on(school: School) -> None:
    step = at_step(opened(school))
    mentor = school.by(Role.MENTOR)
    made = documents.start(
        "teacher-documentation", pupil=school.pupil, unit=step.case.school, by=mentor, at=school.now
    )
    said = {"present": ["pupil"], "pupil_says": "Ja", "home_says": "Ja", "tried": "Möte"}
    kept = documents.save(made, answers=said, opened_version=1, by=mentor, at=school.now)
    assert not step.evidence.exists()

    documents.sign(kept, opened_version=kept.version, by=mentor, at=school.now)

    shown = step.evidence.get()
    assert (shown.item, shown.done_at) == (made.public_id, school.now)


def test_from_a_document_one_comes_back_to_the_case_it_was_begun_in(school: School) -> None:
    case = opened(school)
    client = browser(school, Role.MENTOR)
    url = reverse(
        "case_write", args=[case.public_id, at_step(case).public_id, "teacher-documentation"]
    )
    client.post(url)
    begun = at_step(case).evidence.get().item
    alone = documents.start(
        "contact-note",
        pupil=school.pupil,
        unit=case.school,
        by=school.by(Role.MENTOR),
        at=school.now,
    )

    there = client.get(reverse("document", args=[begun])).content.decode()
    elsewhere = client.get(reverse("document", args=[alone.public_id])).content.decode()

    assert there.count(f'href="{page_of(case)}"') == len(["crumb", "button"])
    assert page_of(case) not in elsewhere


def test_a_step_says_when_what_it_rests_on_is_there(school: School) -> None:
    case = opened(school)
    client, said = browser(school, Role.MENTOR), "Underlaget är klart."
    assert said not in client.get(page_of(case)).content.decode()

    documented(school, at_step(case))

    assert said in client.get(page_of(case)).content.decode()


def _panels(title: str, _viewer: Viewer, _case: Case) -> list[Panel]:
    return [Panel(title, title, "cases/_hidden.html", {})]


def test_apps_above_show_their_panels_of_a_case_on_its_page(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[tuple[int, registry.CasePanelProvider]] = []
    monkeypatch.setattr(registry, "CASE_PANELS", offered)
    for order, title in ((20, "Därefter det här"), (10, "Först det här")):
        registry.offer_case_panels(order, partial(_panels, title))

    said = browser(school, Role.PRINCIPAL).get(page_of(opened(school))).content.decode()

    assert said.index("Först det här") < said.index("Därefter det här")
