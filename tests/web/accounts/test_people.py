"""Administrators manage people; posts may be vacant, and somebody is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts import posts
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.posts import vacancies
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.ui.registry import queue_of

TODAY = date.today()  # noqa: DTZ011
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def admin(town: Town) -> Client:
    """An administrator's browser."""
    return town.browser(Role.ADMINISTRATOR, "linnasa")


def account_of(one: Assignment) -> Account:
    assert one.account is not None
    return one.account


def written() -> list[str]:
    rows = Entry.objects.filter(kind=Kind.WRITE).order_by("number")
    return list(rows.values_list("action", flat=True))


def titles(browser: Client) -> list[str]:
    viewer = browser.get("/att-gora/").context["viewer"]
    return [row.title for row in queue_of(viewer)]


def new_person(town: Town, **other: str) -> dict[str, str]:
    return {
        "name": "Nya Provsson",
        "email": "nya@linnasa.invalid",
        "role": "principal",
        "unit": town.units["almskolan"].public_id,
        "from_on": TODAY.isoformat(),
        "percentage": "50",
        **other,
    }


def test_an_administrator_adds_a_person_with_a_role(town: Town, admin: Client) -> None:
    assert admin.post("/personer/ny/", new_person(town)).status_code == 302

    made = Assignment.objects.get(account__email="nya@linnasa.invalid")
    assert (made.role, made.unit.name, made.percentage) == ("principal", "almskolan", 50)
    assert not account_of(made).has_usable_password()
    assert written() == ["accounts.add_person", "accounts.give_role"]


def test_the_log_of_a_new_person_holds_no_name_and_no_address(town: Town, admin: Client) -> None:
    admin.post("/personer/ny/", new_person(town))

    said = " ".join(str(vars(one)) for one in Entry.objects.all())
    assert "Nya" not in said
    assert "nya@" not in said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "ingen adress"),
        ("role", "kung"),
        ("unit", "finns-inte"),
        ("from_on", "1066-01-01"),
        ("percentage", "101"),
        ("percentage", "0"),
        ("role", "area_manager"),  # not at a school
        ("to_on", "2000-01-01"),
    ],
)
def test_a_form_that_cannot_be_meant_says_so_and_keeps_the_draft(
    town: Town, admin: Client, field: str, value: str
) -> None:
    answer = admin.post("/personer/ny/", new_person(town, **{field: value}))

    assert answer.status_code == 200
    assert "Det gick inte att spara" in answer.content.decode()
    if field != "name":
        assert "Nya Provsson" in answer.content.decode()
    assert written() == []


def test_an_administrator_cannot_give_themselves_a_role(town: Town) -> None:
    mine = town.somebody(Role.ADMINISTRATOR, "linnasa")
    browser = town.signed_in(mine)
    given = new_person(town)

    answer = browser.post(reverse("give_role", args=[account_of(mine).public_id]), given)

    assert "annan administratör" in answer.content.decode()
    assert written() == []


def test_an_administrator_reads_no_pupil() -> None:
    from narvaro.web.accounts.permissions import ACTIONS

    reading = [one.name for one in ACTIONS.values() if one.reads_pupils]

    assert len(reading) > 3
    assert [name for name in reading if Role.ADMINISTRATOR in ACTIONS[name].may] == []


def test_ending_a_role_leaves_the_post_vacant_and_tells_who_should_fill_it(
    town: Town, admin: Client
) -> None:
    """P15."""
    manager = town.browser(Role.AREA_MANAGER, "norra")
    principal = town.somebody(Role.PRINCIPAL, "almskolan", name="Rektor Provsson")
    assert titles(manager) == []

    said = {"last_on": YESTERDAY.isoformat(), "is_vacant_after": "on", "version": "1"}
    answer = admin.post(reverse("end_role", args=[principal.public_id]), said)

    assert answer.status_code == 302
    assert titles(manager) == ["Rektor på almskolan saknas"]
    assert "almskolan" in admin.get("/personer/").content.decode()
    assert written() == ["accounts.end_role", "accounts.leave_vacant"]


def test_a_contact_that_ended_is_shown_without_anybody_marking_it(town: Town) -> None:
    contact = town.somebody(Role.SCHOOL_COUNSELLOR, "almskolan")
    principal = town.browser(Role.PRINCIPAL, "almskolan")
    contact.to_on = YESTERDAY
    contact.save()

    assert titles(principal) == ["Skolkurator på almskolan saknas"]


def test_a_contact_that_ends_within_a_month_is_told_beforehand(town: Town) -> None:
    contact = town.somebody(Role.SCHOOL_COUNSELLOR, "almskolan")
    principal = town.browser(Role.PRINCIPAL, "almskolan")
    contact.to_on = TODAY + timedelta(days=20)
    contact.save()

    assert titles(principal) == ["Skolkurator på almskolan slutar snart"]


def test_a_successor_ends_the_vacancy(town: Town, admin: Client) -> None:
    manager = town.browser(Role.AREA_MANAGER, "norra")
    town.browser(Role.AREA_MANAGER, "norra")
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    said = {"last_on": YESTERDAY.isoformat(), "is_vacant_after": "on", "version": "1"}
    admin.post(reverse("end_role", args=[gone.public_id]), said)

    admin.post("/personer/ny/", new_person(town))

    assert titles(manager) == []
    vacant = Assignment.objects.get(account__isnull=True)
    assert vacant.to_on is not None


def test_a_teacher_who_leaves_a_class_is_no_vacancy(town: Town) -> None:
    gone = town.somebody(Role.TEACHER, "almskolan/7B")
    gone.to_on = YESTERDAY
    gone.save()

    assert vacancies(town.authority, on=TODAY) == ()


def test_a_post_whose_holder_stays_is_not_even_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = town.somebody(Role.PRINCIPAL, "almskolan")
    town.somebody(Role.SCHOOL_NURSE, "almskolan")
    read: list[object] = []
    monkeypatch.setattr(posts, "_vacancy", lambda post, **_more: read.extend(post))

    assert vacancies(town.authority, on=TODAY) == ()
    assert read == []
    stays.to_on = TOMORROW
    stays.save()
    vacancies(town.authority, on=TODAY)
    assert read == [stays]


def test_a_vacancy_that_nobody_can_fill_is_shown_as_such(town: Town) -> None:
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    gone.to_on = YESTERDAY
    gone.save()

    (found,) = vacancies(town.authority, on=TODAY)

    assert found.fillers == ()
    town.browser(Role.ADMINISTRATOR, "linnasa")
    (found,) = vacancies(town.authority, on=TODAY)
    assert [one.role for one in found.fillers] == [Role.ADMINISTRATOR]


def test_a_stand_in_serves_as_the_one_stood_in_for_while_it_lasts(
    town: Town, admin: Client
) -> None:
    principal = town.somebody(Role.PRINCIPAL, "almskolan")
    other = town.somebody(Role.TEACHER, "almskolan/7B")
    given = {
        "account": account_of(other).public_id,
        "from_on": TODAY.isoformat(),
        "to_on": TOMORROW.isoformat(),
    }

    assert admin.post(reverse("stand_in", args=[principal.public_id]), given).status_code == 302

    made = Assignment.objects.get(stands_in_for=principal)
    assert (made.role, made.unit, made.to_on) == ("principal", principal.unit, TOMORROW)
    assert town.signed_in(made).get(reverse("unit", args=[made.unit.public_id])).status_code == 200
    assert written() == ["accounts.stand_in"]


def test_a_vacant_post_with_a_stand_in_is_still_vacant_but_not_late(
    town: Town, admin: Client
) -> None:
    manager = town.browser(Role.AREA_MANAGER, "norra")
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    gone.to_on = YESTERDAY
    gone.save()
    other = town.somebody(Role.TEACHER, "almskolan/7B", name="Vik Provsson")
    given = {
        "account": account_of(other).public_id,
        "from_on": TODAY.isoformat(),
        "to_on": TOMORROW.isoformat(),
    }
    admin.post(reverse("stand_in", args=[gone.public_id]), given)

    viewer = manager.get("/att-gora/").context["viewer"]
    (row,) = queue_of(viewer)
    assert row.group == "this_week"
    assert "Vik Provsson" in row.why


def test_the_second_of_two_administrators_is_told_and_nothing_is_overwritten(
    town: Town, admin: Client
) -> None:
    somebody = town.somebody(Role.PRINCIPAL, "almskolan", name="Före Provsson")
    address = reverse("change_person", args=[account_of(somebody).public_id])
    first = {"name": "Första Provsson", "is_active": "on", "version": "1"}
    second = {"name": "Andra Provsson", "is_active": "on", "version": "1"}

    assert admin.post(address, first).status_code == 302
    answer = admin.post(address, second)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Någon annan hann före" in page
    assert "Andra Provsson" in page  # the draft is kept
    account = account_of(somebody)
    account.refresh_from_db()
    assert account.name == "Första Provsson"
    assert 'name="version" value="2"' in page  # so that a second try knows what it is about


def test_a_closed_account_can_be_opened_again(town: Town, admin: Client) -> None:
    somebody = account_of(town.somebody(Role.PRINCIPAL, "almskolan"))
    address = reverse("change_person", args=[somebody.public_id])

    admin.post(address, {"name": "N", "version": "1"})
    somebody.refresh_from_db()
    assert not somebody.is_active
    admin.post(address, {"name": "N", "is_active": "on", "version": "2"})
    somebody.refresh_from_db()

    assert somebody.is_active


def test_whoever_serves_at_two_authorities_is_changed_by_neither_alone(
    town: Town, admin: Client
) -> None:
    from narvaro.web.accounts.models import Authority, Unit

    somebody = town.somebody(Role.PRINCIPAL, "almskolan")
    other = Authority.objects.create(name="Granby", kind="school_authority", key="granby")
    there = Unit.objects.create(authority=other, kind="school", name="Granbyskolan", key="g")
    Assignment.objects.create(
        account=somebody.account, role=Role.PRINCIPAL, unit=there, from_on=LONG_AGO
    )

    address = reverse("change_person", args=[account_of(somebody).public_id])

    assert admin.get(address).status_code == 404


def test_a_lost_second_factor_is_taken_away_by_an_administrator(town: Town, admin: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    somebody = account_of(town.somebody(Role.PRINCIPAL, "almskolan"))
    TOTP.activate(somebody, generate_totp_secret())

    admin.post(reverse("reset_second_factor", args=[somebody.public_id]), {"sure": "1"})

    from narvaro.web.accounts.second_factor import has_second_factor

    assert not has_second_factor(somebody)
    assert "accounts.reset_second_factor" in written()


def test_who_is_signed_in_when_a_factor_is_taken_away_is_signed_out(
    town: Town, admin: Client
) -> None:
    principal = town.somebody(Role.PRINCIPAL, "almskolan")
    signed_in = town.signed_in(principal)
    assert signed_in.get("/att-gora/").status_code == 200

    admin.post(
        reverse("reset_second_factor", args=[account_of(principal).public_id]), {"sure": "1"}
    )

    assert signed_in.get("/att-gora/")["Location"].startswith("/konto/login/")
    assert admin.get("/att-gora/").status_code == 200


def test_an_account_shows_its_roles_and_changes_language(town: Town) -> None:
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    assert "Rektor, almskolan" in browser.get("/mitt-konto/").content.decode()
    browser.post("/mitt-konto/sprak/", {"language": "en"})

    assert browser.cookies["narvaro_language"].value == "en"
    assert Account.objects.get(assignments__role="principal").language == "en"


@pytest.mark.parametrize(
    "wrong", [{"percentage": 0}, {"percentage": 101}, {"to_on": date(2019, 1, 1)}]
)
def test_the_database_keeps_its_promises_about_assignments(
    town: Town, wrong: dict[str, object]
) -> None:
    one = town.somebody(Role.PRINCIPAL, "almskolan")

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=one.pk).update(**wrong)
