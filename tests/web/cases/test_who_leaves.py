"""Everything of somebody who leaves is handed over: listed, looked at, given, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.cases.conftest import School, enrolled

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases import actions
from narvaro.web.cases.handing_over.offers import queue
from narvaro.web.cases.held import held_by
from narvaro.web.cases.models import Case, OpenedBecause, Task, TaskKind
from narvaro.web.pupils.models import Access, Protection, Pupil
from narvaro.web.ui.registry import QueueGroup

WHY = "Klassen får en ny mentor."


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


def opened(school: School, pupil: Pupil | None = None, role: Role = Role.MENTOR) -> Case:
    return actions.open_case(
        pupil or school.pupil, because=OpenedBecause.STAFF, by=school.by(role), at=school.now
    )


def of_another(school: School) -> Case:
    """A case of the counsellor's, with a step that the mentor has."""
    pupil = enrolled(school.town, "7B-15", school="almskolan", group="almskolan/7B")
    case = opened(school, pupil)
    Case.objects.filter(pk=case.pk).update(owner=school.account(Role.SCHOOL_COUNSELLOR))
    case.refresh_from_db()
    return case


def forced(school: School, case: Case | None = None) -> Task:
    return actions.make_task(
        school.pupil,
        school.town.units["almskolan"],
        kind=TaskKind.FORCED_MOVE,
        about="third-flag 2026/27",
        case=case,
        to=school.account(Role.SCHOOL_COUNSELLOR),
        at=school.now,
        on=school.day,
    )


def page_of(school: School, role: Role = Role.MENTOR) -> str:
    return reverse("hand_over_all", args=[school.account(role).public_id])


def answer_of(client: Client, url: str) -> dict[str, Any]:
    """What the form sends back of itself."""
    return {"seen": client.get(url).context["seen"], "why": WHY}


def given(
    school: School, to: Account, *, by: Role = Role.PRINCIPAL, more: dict[str, str] | None = None
) -> tuple[Client, Any]:
    client, url = browser(school, by), page_of(school)
    almskolan = school.town.units["almskolan"].public_id
    sent = (
        answer_of(client, url) | {f"alla_{almskolan}": to.public_id, "then": "save"} | (more or {})
    )
    return client, client.post(url, sent)


def ends(school: School, role: Role, days: int) -> None:
    last = school.day + timedelta(days=days)
    Assignment.objects.filter(pk=school.posts[role].pk).update(to_on=last)
    school.posts[role].refresh_from_db()


def test_cases_steps_and_tasks_are_listed_and_a_reading_is_logged(school: School) -> None:
    opened(school)
    other = of_another(school)

    shown = browser(school, Role.PRINCIPAL).get(page_of(school)).content.decode()

    assert "1 ärende och 1 steg i andras ärenden" in shown.casefold()
    assert "7B-14 Provsson" in shown
    assert "Steg i ett ärende hos school_counsellor: samtal med hemmet" in shown
    read = Entry.objects.filter(action="cases.hand_over_all", kind=Kind.READ).get()
    assert f"pupil:{other.pupil.public_id}" in read.subjects


def test_what_will_be_is_seen_before_anything_changes(school: School) -> None:
    case, new = opened(school), school.account(Role.SCHOOL_COUNSELLOR)

    _client, answer = given(school, new, more={"then": "look"})

    assert answer.status_code == 200
    assert "tar över 1 ärende." in answer.content.decode()
    case.refresh_from_db()
    assert case.owner == school.account(Role.MENTOR)


def test_one_for_all_and_another_for_a_row(school: School) -> None:
    case, other = opened(school), of_another(school)
    step = other.steps.get()
    principal, counsellor = school.account(Role.PRINCIPAL), school.account(Role.SCHOOL_COUNSELLOR)

    _client, answer = given(school, counsellor, more={f"rad_{step.public_id}": principal.public_id})

    assert answer.status_code == 302
    case.refresh_from_db()
    step.refresh_from_db()
    assert (case.owner, case.steps.get().owner, step.owner) == (counsellor, counsellor, principal)
    assert case.hand_overs.get().why == WHY
    told = Entry.objects.filter(action="cases.hand_over_all", kind=Kind.WRITE).get()
    assert f"step:{step.public_id}" in told.subjects


def test_the_same_day_it_can_be_undone_and_the_history_keeps_both(school: School) -> None:
    case, other = opened(school), of_another(school)
    client, _answer = given(school, school.account(Role.SCHOOL_COUNSELLOR))
    assert "Ångra" in client.get(page_of(school)).content.decode()

    undone = reverse("hand_over_undo", args=[school.account(Role.MENTOR).public_id])
    client.post(undone)

    mentor = school.account(Role.MENTOR)
    case.refresh_from_db()
    assert (case.owner, case.steps.get().owner) == (mentor, mentor)
    assert other.steps.get().owner == mentor
    assert [one.to_owner for one in case.hand_overs.order_by("pk")] == [
        school.account(Role.SCHOOL_COUNSELLOR),
        mentor,
    ]
    assert "Ångra" not in client.get(page_of(school)).content.decode()


def test_what_has_been_given_on_since_stays_where_it_is_when_the_rest_is_undone(
    school: School,
) -> None:
    case, other = opened(school), of_another(school)
    client, _answer = given(school, school.account(Role.SCHOOL_COUNSELLOR))
    case.refresh_from_db()
    actions.hand_over(
        case,
        school.account(Role.PRINCIPAL),
        why="Rektor tar den",
        version=case.version,
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )

    undone = reverse("hand_over_undo", args=[school.account(Role.MENTOR).public_id])
    answer = client.post(undone, follow=True)

    assert "utom 2 saker" in answer.content.decode()  # the case and the step that went with it
    case.refresh_from_db()
    assert case.owner == school.account(Role.PRINCIPAL)
    assert other.steps.get().owner == school.account(Role.MENTOR)


def test_what_somebody_had_who_has_left_is_handed_over_for_good(school: School) -> None:
    case, new = opened(school), school.account(Role.SCHOOL_COUNSELLOR)
    ends(school, Role.MENTOR, -1)

    client, answer = given(school, new)
    told = client.get(answer["Location"]).content.decode()

    assert "Överlämnat: 1 ärende." in told
    assert "Ångra" not in told
    client.post(reverse("hand_over_undo", args=[school.account(Role.MENTOR).public_id]))
    case.refresh_from_db()
    assert case.owner == new


def test_a_case_that_came_meanwhile_is_not_handed_over_unseen(school: School) -> None:
    case, new = opened(school), school.account(Role.SCHOOL_COUNSELLOR)
    client, url = browser(school, Role.PRINCIPAL), page_of(school)
    almskolan = school.town.units["almskolan"].public_id
    sent = answer_of(client, url) | {f"alla_{almskolan}": new.public_id, "then": "save"}
    other = of_another(school)

    answer = client.post(url, sent)

    assert answer.status_code == 409
    assert "Listan har ändrats" in answer.content.decode()
    assert WHY in answer.content.decode()
    case.refresh_from_db()
    assert case.owner == other.steps.get().owner == school.account(Role.MENTOR)


def test_nobody_chosen_or_no_reason_hands_nothing_over(school: School) -> None:
    case = opened(school)
    client, url = browser(school, Role.PRINCIPAL), page_of(school)

    for wrong in ({}, {"why": " "}):
        answer = client.post(url, answer_of(client, url) | {"then": "save"} | wrong)
        assert answer.status_code == 422
        assert "Välj vem som tar över" in answer.content.decode()
    case.refresh_from_db()
    assert case.owner == school.account(Role.MENTOR)


def test_what_the_routine_forced_is_given_only_to_student_health(school: School) -> None:
    task = forced(school)
    nurse, mentor = school.account(Role.SCHOOL_NURSE), school.account(Role.MENTOR)
    counsellor = school.account(Role.SCHOOL_COUNSELLOR)

    with pytest.raises(Refused):
        actions.hand_over_all(
            counsellor,
            {task.public_id: mentor},
            why=WHY,
            by=school.by(Role.PRINCIPAL),
            at=school.now,
        )
    client, url = browser(school, Role.PRINCIPAL), page_of(school, Role.SCHOOL_COUNSELLOR)
    almskolan = school.town.units["almskolan"].public_id
    sent = answer_of(client, url) | {"then": "save"}
    answer = client.post(url, sent | {f"alla_{almskolan}": mentor.public_id})
    assert "hör inte till elevhälsan" in answer.content.decode()
    client.post(url, sent | {f"alla_{almskolan}": nurse.public_id})

    task.refresh_from_db()
    assert task.to == nurse


def test_a_protected_pupils_case_is_listed_for_those_on_the_list_and_goes_to_one_of_them(
    school: School,
) -> None:
    case = opened(school)
    Pupil.objects.filter(pk=school.pupil.pk).update(protection=Protection.MARKED)
    mentor, nurse = school.account(Role.MENTOR), school.account(Role.SCHOOL_NURSE)
    for who in (mentor, nurse):
        Access.objects.create(pupil=school.pupil, account=who, decided_by=nurse, from_on=school.day)

    assert held_by(mentor, school.by(Role.PRINCIPAL)) == []
    shown = browser(school, Role.MENTOR).get(page_of(school)).content.decode()
    assert "Elev med skyddade uppgifter" in shown
    assert "7B-14" not in shown

    _client, answer = given(school, school.account(Role.PRINCIPAL), by=Role.MENTOR)
    assert answer.status_code == 422
    assert "står inte på listan" in answer.content.decode()
    with pytest.raises(Refused, match="listan"):
        actions.hand_over(
            Case.objects.get(),
            school.account(Role.PRINCIPAL),
            why=WHY,
            version=case.version,
            by=school.by(Role.MENTOR),
            at=school.now,
        )
    given(school, nurse, by=Role.MENTOR)
    case.refresh_from_db()
    assert case.owner == nurse


def test_a_colleague_and_a_stranger_find_nothing_and_a_mentor_finds_their_own(
    school: School,
) -> None:
    opened(school)
    url = page_of(school)

    assert browser(school, Role.MENTOR).get(url).status_code == 200
    assert browser(school, Role.SCHOOL_COUNSELLOR).get(url).status_code == 404
    assert school.town.browser(Role.MENTOR, "almskolan/7B").get(url).status_code == 404
    assert school.town.browser(Role.PRINCIPAL, "bjorkskolan").get(url).status_code == 404
    assert browser(school, Role.AREA_MANAGER).get(url).status_code == 404


def test_the_principals_queue_says_who_leaves_with_how_much(school: School) -> None:
    opened(school)
    of_another(school)
    assert list(queue(school.by(Role.PRINCIPAL))) == []

    ends(school, Role.MENTOR, 16)
    (row,) = queue(school.by(Role.PRINCIPAL))
    assert row.title.startswith("mentor slutar på almskolan fre")
    assert "1 ärende och 1 steg" in row.why
    assert row.group == QueueGroup.LATER
    (own,) = queue(school.by(Role.MENTOR))
    assert own.title.startswith("Ditt uppdrag på almskolan slutar")

    ends(school, Role.MENTOR, 31)
    assert list(queue(school.by(Role.PRINCIPAL))) == []
    ends(school, Role.MENTOR, -1)
    (row,) = queue(school.by(Role.PRINCIPAL))
    assert "har slutat" in row.title
    assert row.group == QueueGroup.LATE


def test_who_stays_in_another_post_at_the_school_does_not_leave(school: School) -> None:
    opened(school)
    ends(school, Role.MENTOR, 5)
    Assignment.objects.create(
        account=school.account(Role.MENTOR),
        role=Role.TEACHER,
        unit=school.town.units["almskolan"],
        from_on=school.day + timedelta(days=6),
    )

    assert list(queue(school.by(Role.PRINCIPAL))) == []


def test_the_principal_lists_who_answers_for_what(school: School) -> None:
    opened(school)
    of_another(school)

    shown = browser(school, Role.PRINCIPAL).get(reverse("hand_overs")).content.decode()

    assert page_of(school) in shown
    assert page_of(school, Role.SCHOOL_COUNSELLOR) in shown
    assert "7B-14" not in shown


def test_an_administrator_sees_how_many_and_of_whom_nothing(school: School) -> None:
    opened(school)
    client = school.town.browser(Role.ADMINISTRATOR, "linnasa")

    url = reverse("person", args=[school.account(Role.MENTOR).public_id])
    shown = client.get(url).content.decode()

    assert "almskolan: 1 ärende" in shown
    assert "7B-14" not in shown
    assert page_of(school) not in shown
    assert client.get(page_of(school)).status_code == 404
