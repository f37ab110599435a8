"""A role that gives more than a class is no role until a second person has approved it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment, ProposedRole
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.roster import Serving, put_serving
from narvaro.web.audit.chain import NOBODY, Actor
from narvaro.web.audit.models import Entry

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = date(2026, 8, 1)


@pytest.fixture
def colleague(town: Town) -> Account:
    """A teacher whose account is open and whom a source knows."""
    found = town.somebody(Role.TEACHER, "almskolan/7B", name="Kollega Provsson").account
    assert found is not None
    found.staff_keys = ["k1"]
    found.save()
    return found


def tell(town: Town, *duties: Serving, by: Actor = NOBODY, senders: tuple[str, ...] = ()) -> None:
    put_serving(duties, within=town.authority, by=by, at=NOW, senders=senders)


def principal(from_on: date = FIRST, to_on: date | None = None) -> Serving:
    return Serving("k1", Role.PRINCIPAL, "almskolan", from_on, to_on)


def send(browser: Client, verb: str, proposal: ProposedRole) -> int:
    address = f"/personer/forslag/{proposal.public_id}/{verb}/"
    return browser.post(address, {"version": proposal.version}).status_code


def given(colleague: Account) -> list[tuple[date, date | None]]:
    rows = colleague.assignments.filter(role=Role.PRINCIPAL).order_by("from_on")
    return list(rows.values_list("from_on", "to_on"))


def approved(town: Town, proposal: ProposedRole) -> None:
    assert send(town.browser(Role.ADMINISTRATOR, "linnasa"), "godkann", proposal) == 302


def test_a_delivery_makes_no_colleague_a_principal_until_an_administrator_approves(
    town: Town, colleague: Account
) -> None:
    tell(town, principal(), Serving("k1", Role.MENTOR, "almskolan/8A", FIRST, None))
    assert set(colleague.assignments.values_list("role", flat=True)) == {"teacher", "mentor"}

    browser = town.browser(Role.ADMINISTRATOR, "linnasa")
    assert "Kollega Provsson" in browser.get("/personer/forslag/").content.decode()
    assert "1 föreslaget uppdrag väntar" in browser.get("/att-gora/").content.decode()
    assert send(browser, "godkann", ProposedRole.objects.get()) == 302

    assert given(colleague) == [(FIRST, None)]
    assert Entry.objects.filter(action="accounts.approve_role").count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TEACHER, Role.MENTOR}))
def test_no_role_above_a_class_is_given_by_a_source_alone(
    town: Town, colleague: Account, role: Role
) -> None:
    tell(town, *(Serving("k1", role, unit, FIRST, None) for unit in ("almskolan", "linnasa")))

    assert set(colleague.assignments.values_list("role", flat=True)) == {"teacher"}


def test_whoever_sent_it_does_not_approve_it_and_neither_does_who_would_get_it(
    town: Town, colleague: Account
) -> None:
    sender = town.somebody(Role.SYSTEM_OWNER, "linnasa")
    uploader = town.somebody(Role.ADMINISTRATOR, "linnasa")
    assert sender.account
    assert uploader.account
    by = Actor(sender.account.public_id, "system_owner")
    tell(town, principal(), by=by, senders=(uploader.account.public_id,))
    tell(town, principal())  # what the night tells again is no less theirs
    proposal = ProposedRole.objects.get()
    own = Assignment.objects.create(
        account=colleague, role=Role.ADMINISTRATOR, unit=town.units["linnasa"], from_on=FIRST
    )

    for one in (sender, uploader, own):
        browser = town.signed_in(one)
        assert send(browser, "godkann", proposal) == 302
        assert given(colleague) == []
        assert "Godkänns av någon annan" in browser.get("/personer/forslag/").content.decode()

    assert send(town.browser(Role.SYSTEM_OWNER, "linnasa"), "godkann", proposal) == 302
    assert given(colleague) == [(FIRST, None)]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.PRINCIPAL, Role.HEAD_OF_SCHOOLS])
def test_nobody_else_sees_or_decides_on_proposals(
    town: Town, colleague: Account, role: Role
) -> None:
    tell(town, principal())
    browser = town.browser(role, "almskolan" if role == Role.PRINCIPAL else "linnasa")

    assert browser.get("/personer/forslag/").status_code == 404
    assert send(browser, "godkann", ProposedRole.objects.get()) == 404
    assert given(colleague) == []


def test_a_declined_role_is_not_proposed_again_and_can_be_undone(
    town: Town, colleague: Account
) -> None:
    tell(town, principal())
    browser = town.browser(Role.ADMINISTRATOR, "linnasa")
    send(browser, "avboj", ProposedRole.objects.get())
    tell(town, principal())
    assert [one.decision for one in ProposedRole.objects.all()] == ["declined"]

    send(browser, "angra", ProposedRole.objects.get())
    assert [one.decision for one in ProposedRole.objects.all()] == [""]
    approved(town, ProposedRole.objects.get())
    assert given(colleague) == [(FIRST, None)]


def test_an_approval_that_is_undone_takes_the_role_away_and_waits_again(
    town: Town, colleague: Account
) -> None:
    tell(town, principal())
    approved(town, ProposedRole.objects.get())

    send(town.browser(Role.ADMINISTRATOR, "linnasa"), "angra", ProposedRole.objects.get())

    assert given(colleague) == []
    assert ProposedRole.objects.get().decision == ""


def test_a_role_given_once_is_kept_night_after_night_with_its_id(
    town: Town, colleague: Account
) -> None:
    tell(town, principal())
    approved(town, ProposedRole.objects.get())
    before = colleague.assignments.get(role=Role.PRINCIPAL).public_id

    for day in (FIRST, date(2026, 11, 2), date(2026, 11, 3)):  # a source without first days
        tell(town, principal(day))

    assert colleague.assignments.get(role=Role.PRINCIPAL).public_id == before
    assert not ProposedRole.objects.filter(decision="").exists()


def test_a_role_is_shortened_and_ended_by_what_is_told_but_lengthened_only_by_approval(
    town: Town, colleague: Account
) -> None:
    tell(town, principal())
    approved(town, ProposedRole.objects.get())

    tell(town, principal(to_on=date(2026, 12, 31)))
    assert given(colleague) == [(FIRST, date(2026, 12, 31))]

    tell(town, principal())
    assert given(colleague) == [(FIRST, date(2026, 12, 31))]
    longer = ProposedRole.objects.get(decision="")
    assert (longer.from_on, longer.to_on) == (date(2027, 1, 1), None)
    approved(town, longer)
    assert given(colleague) == [(FIRST, date(2026, 12, 31)), (date(2027, 1, 1), None)]
    tell(town, principal())
    assert len(given(colleague)) == 2

    tell(town, Serving("k1", Role.PRINCIPAL, "bjorkskolan", FIRST, None))
    assert given(colleague) == []
    assert ProposedRole.objects.get(decision="").unit == town.units["bjorkskolan"]


def test_a_role_given_by_hand_is_not_proposed(town: Town, colleague: Account) -> None:
    Assignment.objects.create(
        account=colleague, role=Role.PRINCIPAL, unit=town.units["almskolan"], from_on=FIRST
    )

    tell(town, principal())
    tell(town, Serving("k1", Role.PRINCIPAL, "bjorkskolan", FIRST, None))

    assert given(colleague) == [(FIRST, None)]
    assert [one.unit.key for one in ProposedRole.objects.all()] == ["bjorkskolan"]


@pytest.mark.usefixtures("colleague")
def test_what_is_told_no_more_is_no_longer_proposed(town: Town) -> None:
    tell(town, principal())
    tell(town, Serving("k1", Role.PRINCIPAL, "bjorkskolan", FIRST, None))

    assert ProposedRole.objects.get().unit == town.units["bjorkskolan"]


@pytest.mark.usefixtures("colleague")
def test_the_second_of_two_who_decide_is_told_and_a_changed_proposal_is_seen_anew(
    town: Town,
) -> None:
    tell(town, principal(to_on=date(2026, 12, 31)))
    shown = ProposedRole.objects.get()
    tell(town, principal())
    browser = town.browser(Role.ADMINISTRATOR, "linnasa")

    send(browser, "godkann", shown)

    assert not Assignment.objects.filter(role=Role.PRINCIPAL).exists()
    assert "har ändrats sedan" in browser.get("/personer/forslag/").content.decode()


def test_the_sender_keeps_the_role_that_was_approved_before(town: Town, colleague: Account) -> None:
    tell(town, principal())
    approved(town, ProposedRole.objects.get())
    other = town.somebody(Role.TEACHER, "almskolan/7B").account
    assert other is not None
    Account.objects.filter(pk=other.pk).update(staff_keys=["k2"])

    tell(
        town,
        principal(),
        Serving("k2", Role.PRINCIPAL, "bjorkskolan", FIRST, None),
        by=Actor(colleague.public_id, "principal"),
    )

    assert given(colleague) == [(FIRST, None)]


@pytest.mark.parametrize("broken", [{"to_on": date(2020, 1, 1)}, {"decision": "approved"}])
def test_the_database_refuses_a_proposal_that_contradicts_itself(
    town: Town, colleague: Account, broken: dict[str, object]
) -> None:
    said = {"role": Role.PRINCIPAL, "unit": town.units["almskolan"], "from_on": FIRST}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedRole.objects.create(account=colleague, proposed_at=NOW, **said, **broken)
