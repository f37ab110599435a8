"""Many proposed roles are decided at once, each as if it were alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment, ProposedRole
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind

PAST = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = date(2026, 8, 1)
LIST = "/personer/forslag/"


def proposed(
    town: Town, many: int, *, at: str = "almskolan", role: Role = Role.SCHOOL_NURSE
) -> list[ProposedRole]:
    """So many roles that a source has told of."""
    start = Account.objects.count()
    people = Account.objects.bulk_create(
        Account(email=f"n{start + n}@linnasa.invalid", name=f"Förslag {start + n}")
        for n in range(many)
    )
    rows = [
        ProposedRole(account=one, role=role, unit=town.units[at], from_on=FIRST, proposed_at=PAST)
        for one in people
    ]
    return ProposedRole.objects.bulk_create(rows)


@pytest.fixture
def browser(town: Town) -> Client:
    return town.browser(Role.ADMINISTRATOR, "linnasa")


def chosen(rows: Sequence[ProposedRole]) -> list[str]:
    return [f"{one.public_id}:{one.version}" for one in rows]


def decided(
    browser: Client,
    rows: Sequence[ProposedRole],
    decision: str = "approved",
    why: str = "Ny personal",
) -> int:
    sent = {"vald": chosen(rows), "decision": decision, "then": "decide", "why": why}
    return browser.post(reverse("decide_roles"), sent).status_code


def decisions(rows: Sequence[ProposedRole]) -> list[str]:
    found = ProposedRole.objects.in_bulk([one.pk for one in rows])
    return [found[one.pk].decision for one in rows]


def test_the_list_is_narrowed_to_a_role_and_a_place_and_all_of_it_chosen(
    town: Town, browser: Client
) -> None:
    nurses = proposed(town, 2)
    principals = proposed(town, 1, role=Role.PRINCIPAL)
    others = proposed(town, 1, at="bjorkskolan")
    unit = town.units["almskolan"].public_id

    shown = browser.get(LIST, {"roll": "school_nurse", "enhet": unit, "alla": "1"}).content.decode()

    assert [f'value="{one}" checked' in shown for one in chosen(nurses)] == [True, True]
    assert [one for one in chosen(principals + others) if one in shown] == []
    assert "2 av 4 uppdrag." in shown
    odd = browser.get(LIST, {"roll": "x", "enhet": "x"})
    assert odd.status_code == 200
    assert "checked" not in odd.content.decode()


def test_what_was_chosen_is_looked_at_before_anything_is_decided(
    town: Town, browser: Client
) -> None:
    rows = proposed(town, 3)

    answer = browser.post(
        reverse("decide_roles"), {"vald": chosen(rows[:2]), "decision": "approved"}
    )

    shown = answer.content.decode()
    assert [one.account.name in shown for one in rows] == [True, True, False]
    assert "Godkänn 2 uppdrag" in shown
    assert decisions(rows) == ["", "", ""]


@pytest.mark.parametrize("decision", ["approved", "declined"])
def test_each_role_is_decided_with_the_reason_and_an_entry_of_its_own(
    town: Town, browser: Client, decision: str
) -> None:
    rows = proposed(town, 3)

    assert decided(browser, rows[:2], decision, why=" ") == 422
    assert decisions(rows) == ["", "", ""]
    assert decided(browser, rows[:2], decision) == 302

    assert decisions(rows) == [decision, decision, ""]
    action = "accounts.approve_role" if decision == "approved" else "accounts.decline_role"
    entries = Entry.objects.filter(action=action, kind=Kind.WRITE)
    told = {subject for one in entries for subject in one.subjects}
    assert {f"account:{one.account.public_id}" for one in rows[:2]} <= told
    assert entries.count() == 2
    assert Assignment.objects.filter(role=Role.SCHOOL_NURSE).count() == (
        2 if decision == "approved" else 0
    )
    assert "Ny personal" in browser.get(LIST).content.decode()


def test_who_sent_it_or_would_get_it_approves_neither_one_nor_many(town: Town) -> None:
    post = town.somebody(Role.ADMINISTRATOR, "linnasa")
    assert post.account is not None
    rows = proposed(town, 3)
    ProposedRole.objects.filter(pk=rows[0].pk).update(senders=[post.account.public_id])
    ProposedRole.objects.filter(pk=rows[1].pk).update(account=post.account)
    browser = town.signed_in(post)

    sent = {"vald": chosen(rows), "decision": "approved"}
    shown = browser.post(reverse("decide_roles"), sent).content.decode()
    assert "Godkänns av någon annan, eftersom" in shown
    assert "Godkänn 1 uppdrag" in shown

    assert decided(browser, rows) == 302
    assert decisions(rows) == ["", "", "approved"]
    assert "2 uppdrag väntar kvar" in browser.get(LIST).content.decode()


def test_what_has_changed_since_the_list_was_shown_waits(town: Town, browser: Client) -> None:
    rows = proposed(town, 3)
    ProposedRole.objects.filter(pk=rows[0].pk).update(version=2)
    other = town.browser(Role.SYSTEM_OWNER, "linnasa")
    assert decided(other, rows[1:2], "declined") == 302

    assert decided(browser, rows) == 302

    assert decisions(rows) == ["", "declined", "approved"]


def test_what_was_decided_at_once_is_undone_at_once(town: Town, browser: Client) -> None:
    rows = proposed(town, 3)
    assert decided(browser, rows) == 302
    together = ProposedRole.objects.values_list("decided_together", flat=True).distinct().get()
    kept = ProposedRole.objects.get(pk=rows[0].pk)
    assert kept.assignment is not None
    Assignment.objects.create(
        account=town.somebody(Role.TEACHER, "almskolan/7B").account,
        role=Role.SCHOOL_NURSE,
        unit=town.units["almskolan"],
        from_on=FIRST,
        stands_in_for=kept.assignment,
    )

    assert "Ångra 3 beslut" in browser.get(LIST).content.decode()
    assert browser.post(reverse("undo_roles", args=[together])).status_code == 302

    assert decisions(rows) == ["approved", "", ""]
    shown = browser.get(LIST).content.decode()
    assert "2 beslut är ångrade." in shown
    assert "1 uppdrag har en vikarie" in shown
    assert Entry.objects.filter(action="accounts.undo_role").count() == 2
    assert browser.post(reverse("undo_roles", args=["no-such"])).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"vald": "x"},
        {"vald": "x:1"},
        {"vald": "x:-1", "decision": "approved"},
        {"vald": "x:1", "decision": "perhaps"},
        {"vald": "x:1", "decision": "approved", "then": "decide", "why": "y"},
    ],
)
def test_what_cannot_be_read_decides_nothing(
    town: Town, browser: Client, sent: dict[str, str]
) -> None:
    rows = proposed(town, 1)

    assert browser.post(reverse("decide_roles"), sent).status_code in (200, 302)
    assert decisions(rows) == [""]


def test_a_teacher_and_another_authority_decide_nothing(town: Town) -> None:
    rows = proposed(town, 1)
    teacher = town.browser(Role.TEACHER, "almskolan/7B")

    assert decided(teacher, rows) == 404
    assert teacher.post(reverse("undo_roles", args=["x"])).status_code == 404
    assert decisions(rows) == [""]


def test_five_hundred_are_shown_and_decided_in_a_few_seconds(town: Town, browser: Client) -> None:
    rows = proposed(town, 500)
    start = time.process_time()

    assert browser.get(LIST, {"alla": "1"}).status_code == 200
    shown = time.process_time()
    assert decided(browser, rows) == 302
    done = time.process_time()

    assert set(decisions(rows)) == {"approved"}
    assert shown - start < 3
    assert done - shown < 15
