"""A step is lifted from rung to rung, answered from above, and goes on at the school."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.cases.conftest import School

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.models import Case, Decision, OpenedBecause, Step
from narvaro.web.cases.queue import queue
from narvaro.web.exports.case_events import rows_of
from narvaro.web.inbox.keeping import keep

SECRET, ORDINARY = "Något hemligt ur samtalet", "En vanlig anteckning"


@pytest.fixture
def case(school: School) -> Case:
    school.day = date(2026, 1, 7)  # the browser's day is the real one, and later
    return actions.open_case(
        school.pupil, because=OpenedBecause.FLAG, by=school.by(Role.MENTOR), at=school.now
    )


def open_step(case: Case) -> Step:
    return case.steps.get(decided_at__isnull=True)


def lift(school: School, case: Case, role: Role, why: str = "Vi kommer inte vidare") -> Step:
    step = open_step(case)
    decided = Decided(Decision.ESCALATE, why)
    actions.decide(step, decided, version=step.version, by=school.by(role), at=school.now)
    return open_step(case)


def lifted(school: School, case: Case) -> Step:
    """With the area manager."""
    lift(school, case, Role.MENTOR)
    return lift(school, case, Role.PRINCIPAL, "Rektor behöver ett beslut om plats")


def answer(school: School, step: Step, to: Role = Role.PRINCIPAL, version: int = 0) -> Step:
    return actions.hand_back(
        step,
        "Ni får platsen.",
        to=school.account(to),
        version=version or step.version,
        by=school.by(Role.AREA_MANAGER),
        at=school.now,
    )


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def test_who_lifts_a_lifted_step_lifts_it_to_the_next_and_never_to_themselves(
    school: School, case: Case
) -> None:
    assert lift(school, case, Role.MENTOR).owner == school.account(Role.PRINCIPAL)
    assert lift(school, case, Role.PRINCIPAL).owner == school.account(Role.AREA_MANAGER)


def test_where_nobody_is_above_it_is_said_and_nothing_is_lifted(school: School, case: Case) -> None:
    lift(school, case, Role.MENTOR)
    Assignment.objects.filter(pk=school.posts[Role.AREA_MANAGER].pk).delete()

    with pytest.raises(Refused, match="ingen ovanför"):
        lift(school, case, Role.PRINCIPAL)
    assert open_step(case).owner == school.account(Role.PRINCIPAL)


def test_what_was_lifted_stays_where_it_was_lifted_to_every_night(
    school: School, case: Case
) -> None:
    step = lifted(school, case)

    keep(school.now)

    step.refresh_from_db()
    assert step.owner == school.account(Role.AREA_MANAGER)


def test_the_area_manager_has_a_row_a_narrow_page_and_no_page_of_the_case(
    school: School, case: Case
) -> None:
    for restriction, text in (
        (Restriction.ORDINARY, ORDINARY),
        (Restriction.STUDENT_HEALTH, SECRET),
    ):
        actions.add_note(
            case,
            restriction=restriction,
            text=text,
            by=school.by(Role.SCHOOL_COUNSELLOR),
            at=school.now,
        )
    lifted(school, case)
    (row,) = queue(school.by(Role.AREA_MANAGER))
    assert row.why == "Lyft till dig av principal."
    client = browser(school, Role.AREA_MANAGER)

    page = client.get(row.url).content.decode()

    assert "7B-14 Provsson" in page
    assert "Rektor behöver ett beslut om plats" in page
    assert "Vi kommer inte vidare" in page
    assert "mentor" in page
    assert ORDINARY not in page
    assert SECRET not in page
    assert client.get(reverse("case", args=[case.public_id])).status_code == 404
    assert client.get(reverse("pupil", args=[school.pupil.public_id])).status_code == 404
    assert Entry.objects.filter(action="cases.lifted", kind="read").exists()


def test_a_case_in_which_nothing_was_lifted_to_them_is_not_found(
    school: School, case: Case
) -> None:
    url = reverse("case_lifted", args=[case.public_id])
    assert browser(school, Role.AREA_MANAGER).get(url).status_code == 404


def test_the_answer_gives_the_step_back_to_who_lifted_it_and_stands_in_the_case(
    school: School, case: Case
) -> None:
    step = lifted(school, case)
    client = browser(school, Role.AREA_MANAGER)
    url = reverse("case_hand_back", args=[case.public_id, step.public_id])
    to = school.account(Role.PRINCIPAL).public_id
    sent = {"answer": "Ni får platsen.", "to": to, "version": step.version}

    assert client.post(url, {**sent, "answer": ""}).status_code == 422
    done = client.post(url, sent)

    assert (done.status_code, done["Location"]) == (302, reverse("home"))
    assert open_step(case).owner == school.account(Role.PRINCIPAL)
    step.refresh_from_db()
    assert (step.decision, step.reason) == (Decision.RETURN, "Ni får platsen.")
    principal = browser(school, Role.PRINCIPAL).get(reverse("case", args=[case.public_id]))
    assert "Ni får platsen." in principal.content.decode()
    assert not list(queue(school.by(Role.AREA_MANAGER)))


def test_who_answers_after_the_school_took_it_back_keeps_the_words(
    school: School, case: Case
) -> None:
    step = lifted(school, case)
    actions.take_step(step, version=step.version, by=school.by(Role.PRINCIPAL), at=school.now)
    url = reverse("case_hand_back", args=[case.public_id, step.public_id])
    sent = {
        "answer": "Ni får platsen.",
        "to": school.account(Role.PRINCIPAL).public_id,
        "version": step.version,
    }

    done = browser(school, Role.AREA_MANAGER).post(url, sent)

    assert done.status_code == 404
    assert "Ni får platsen." in done.content.decode()
    with pytest.raises(ChangedMeanwhile):
        answer(school, step)


def test_an_answer_goes_to_nobody_outside_the_school(school: School, case: Case) -> None:
    step = lifted(school, case)
    with pytest.raises(Refused, match="arbetar inte på elevens skola"):
        answer(school, step, to=Role.AREA_MANAGER)


def test_every_way_a_step_ends_has_its_word_in_the_ledger(school: School, case: Case) -> None:
    answer(school, lifted(school, case))
    step = open_step(case)
    for decision in Decision:
        until = school.day if decision in ("watch", "continue") else None
        leads_to = "conversation" if decision == "next" else ""
        Step.objects.filter(pk=step.pk).update(
            decision=decision,
            reason="x",
            decided_at=school.now,
            decided_on=school.day,
            decided_by=school.account(Role.MENTOR),
            watch_until=until,
            leads_to=leads_to,
        )
        assert all(one["decision"] for one in rows_of(school.town.authority))
