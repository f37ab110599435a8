"""Signing in: passwords, second factors, throttling, limits; and what the log is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as used
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry

PASSWORD = "en-lång-och-egen-mening"  # noqa: S105


@pytest.fixture(autouse=True)
def _no_attempts_from_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def principal(town: Town) -> Assignment:
    """A principal with a password."""
    made = town.somebody(Role.PRINCIPAL, "almskolan")
    assert made.account is not None
    made.account.set_password(PASSWORD)
    made.account.save()
    return made


def account_of(assignment: Assignment) -> Account:
    assert assignment.account is not None
    return assignment.account


def sign_in(client: Client, assignment: Assignment, password: str = PASSWORD) -> HttpResponse:
    given = {"login": account_of(assignment).email, "password": password}
    answer = client.post("/konto/login/", given)
    assert isinstance(answer, HttpResponse)
    return answer


def errors(answer: HttpResponse) -> object:
    return answer.context["form"].errors  # type: ignore[attr-defined]


def told() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def test_passwords_are_kept_by_argon2() -> None:
    from narvaro.web.config import settings as shipped

    hasher = import_string(shipped.PASSWORD_HASHERS[0])()

    assert hasher.algorithm == "argon2"
    assert hasher.verify(PASSWORD, hasher.encode(PASSWORD, hasher.salt()))


def test_the_right_password_signs_in_and_the_log_says_so(principal: Assignment) -> None:
    client = Client()

    assert sign_in(client, principal)["Location"] == "/att-gora/"
    assert client.get("/att-gora/").status_code == 200
    entry = Entry.objects.get(action="account.sign_in")
    assert entry.account == account_of(principal).public_id


def test_a_wrong_password_is_told_to_the_log_without_the_address(principal: Assignment) -> None:
    assert sign_in(Client(), principal, "fel").status_code == 200

    entry = Entry.objects.get()
    assert (entry.action, entry.account) == (
        "account.sign_in_failed",
        account_of(principal).public_id,
    )
    assert "@" not in f"{entry.account}{entry.subjects}{entry.reason}{entry.unit}"


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(
    principal: Assignment,
) -> None:
    wrong = sign_in(Client(), principal, "fel")
    unknown = Client().post("/konto/login/", {"login": "nagon@annan.invalid", "password": "fel"})

    assert isinstance(unknown, HttpResponse)
    assert errors(wrong) == errors(unknown)
    assert told() == ["account.sign_in_failed"] * 2
    assert Entry.objects.get(number=2).account == ""


def test_signing_out_is_told_and_ends_the_session(principal: Assignment) -> None:
    client = Client()
    sign_in(client, principal)

    assert client.get("/konto/logout/").status_code == 200  # it asks first
    client.post("/konto/logout/")

    assert client.get("/att-gora/").status_code == 302
    assert told()[-1] == "account.sign_out"


def test_a_closed_account_is_out_at_once(principal: Assignment) -> None:
    client = Client()
    sign_in(client, principal)
    Account.objects.update(is_active=False)

    assert client.get("/att-gora/").status_code == 302
    assert sign_in(Client(), principal).status_code == 302
    assert Client().get("/att-gora/").status_code == 302
    assert told().count("account.sign_in") == 1


def test_after_five_wrong_passwords_the_right_one_has_to_wait(principal: Assignment) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, principal, "fel")

    sign_in(client, principal)

    assert client.get("/att-gora/").status_code == 302
    assert "account.sign_in" not in told()


def test_others_are_not_held_up_by_somebodys_wrong_passwords(
    town: Town, principal: Assignment
) -> None:
    for _ in range(6):
        sign_in(Client(), principal, "fel")
    other = town.somebody(Role.TEACHER, "almskolan/7B")
    account_of(other).set_password(PASSWORD)
    account_of(other).save()

    assert sign_in(Client(), other)["Location"] == "/att-gora/"


def test_nobody_signs_up(town: Town) -> None:
    before = Account.objects.count()
    given = {"email": "ny@linnasa.invalid", "password1": PASSWORD}

    Client().post("/konto/signup/", given)

    assert Account.objects.count() == before
    assert town.authority.pk


# The second factor


def with_second_factor(assignment: Assignment) -> str:
    secret = generate_totp_secret()
    TOTP.activate(account_of(assignment), secret)
    RecoveryCodes.activate(account_of(assignment))
    return str(secret)


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_outside_the_demo_everybody_is_sent_to_set_up_a_second_factor(
    principal: Assignment, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    sign_in(client, principal)

    answer = client.get("/att-gora/")

    assert (answer.status_code, answer["Location"]) == (302, "/konto/2fa/")
    assert used.SECOND_FACTOR_REQUIRED


@pytest.mark.parametrize("role", list(Role))
def test_no_role_opens_a_page_without_a_second_factor(
    town: Town, settings: Settings, role: Role
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True

    answer = town.browser(role, "almskolan").get("/att-gora/")

    assert answer["Location"] == "/konto/2fa/"


def test_the_password_alone_does_not_sign_in_who_has_a_second_factor(
    principal: Assignment, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    with_second_factor(principal)
    client = Client()

    assert sign_in(client, principal)["Location"].startswith("/konto/2fa/authenticate/")
    assert client.get("/att-gora/").status_code == 302
    assert "account.sign_in" not in told()


def test_the_code_of_the_second_factor_signs_in(principal: Assignment, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    secret = with_second_factor(principal)
    client = Client()
    sign_in(client, principal)

    client.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert client.get("/att-gora/").status_code == 302
    client.post("/konto/2fa/authenticate/", {"code": code(secret)})

    assert client.get("/att-gora/").status_code == 200
    assert told()[-2:] == ["account.second_factor_failed", "account.sign_in"]


def test_a_session_from_before_the_second_factor_is_not_let_in_by_it(
    principal: Assignment, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    thief = Client()
    sign_in(thief, principal)  # knows the password; the owner makes the second factor later
    with_second_factor(principal)

    assert thief.get("/att-gora/")["Location"].startswith("/konto/login/")
    assert "_auth_user_id" not in thief.session


def test_whoever_sets_up_the_second_factor_goes_on_without_signing_in_again(
    principal: Assignment, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = asked_once_more(principal)
    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
    monkeypatch.setattr(transaction, "on_commit", lambda do: do())  # a test commits nothing
    client.post("/konto/2fa/totp/activate/", {"code": code(secret)})

    assert client.get("/att-gora/").status_code == 200


def test_a_recovery_code_signs_in_once(principal: Assignment, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    with_second_factor(principal)
    one = RecoveryCodes.activate(account_of(principal)).get_unused_codes()[0]
    for expected in (200, 302):
        client = Client()
        sign_in(client, principal)
        client.post("/konto/2fa/authenticate/", {"code": one})

        assert client.get("/att-gora/").status_code == expected


def asked_once_more(principal: Assignment) -> Client:
    client = Client()
    sign_in(client, principal)
    assert client.get("/konto/2fa/totp/activate/").status_code == 302
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_pages_of_the_second_factor_ask_for_the_password_once_more_and_open(
    principal: Assignment,
) -> None:
    client = asked_once_more(principal)
    for address in ("2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"):
        assert client.get(f"/konto/{address}").status_code == 200, address


def test_setting_up_the_second_factor_is_told(principal: Assignment) -> None:
    client = asked_once_more(principal)
    page = client.get("/konto/2fa/totp/activate/")
    secret = page.context["form"].secret

    client.post("/konto/2fa/totp/activate/", {"code": code(secret)})

    assert "account.second_factor_added" in told()


# How long a session lasts


def moved(client: Client, *, began: int = 0, used_ago: int = 0) -> None:
    now = int(time.time())
    session = client.session
    session["session_began"], session["session_used"] = now - began, now - used_ago
    session.save()


@pytest.mark.parametrize(
    ("began", "used_ago", "status"),
    [
        (60, 29 * 60, 200),
        (3 * 3600, 31 * 60, 302),  # away too long
        (9 * 3600, 60, 200),
        (10 * 3600 + 60, 60, 302),  # signed in too long
        (0, -200, 200),  # the clock was set back a little
        (0, -3600, 302),  # and by an hour: nobody can say how long it was
        (400 * 86400, 400 * 86400, 302),  # and forward by a year
    ],
)
def test_a_session_ends(principal: Assignment, began: int, used_ago: int, status: int) -> None:
    client = Client()
    sign_in(client, principal)
    client.get("/att-gora/")

    moved(client, began=began, used_ago=used_ago)

    assert client.get("/att-gora/").status_code == status


def test_a_session_that_is_used_stays(principal: Assignment) -> None:
    client = Client()
    sign_in(client, principal)
    client.get("/att-gora/")
    moved(client, began=3600, used_ago=20 * 60)

    client.get("/att-gora/")

    assert int(time.time()) - client.session["session_used"] < 5


def test_a_form_without_its_token_is_refused_in_words(principal: Assignment) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(principal), used.AUTHENTICATION_BACKENDS[0])

    answer = client.post(f"/konto/roll/{principal.public_id}/")

    assert answer.status_code == 403
    assert "Inget är sparat" in answer.content.decode()


# The demo


def test_the_demos_doors_are_shut_outside_the_demo(principal: Assignment) -> None:
    account_of(principal).is_demo = True
    account_of(principal).save()
    client = Client()

    assert client.post(f"/demo/var/{principal.public_id}/").status_code == 404
    assert client.post("/demo/dag/", {"day": "2027-02-01"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_one_click_signs_in_as_an_invented_person_only(
    principal: Assignment, settings: Settings
) -> None:
    settings.DEMO, settings.TODAY = True, date(2026, 12, 2)
    client = Client()

    assert client.post(f"/demo/var/{principal.public_id}/").status_code == 404
    account_of(principal).is_demo = True
    account_of(principal).save()
    assert client.post(f"/demo/var/{principal.public_id}/").status_code == 302
    assert client.get("/att-gora/").status_code == 200
    assert told().count("account.sign_in") == 1


def test_the_demos_day_moves_and_nonsense_moves_it_back(
    principal: Assignment, settings: Settings
) -> None:
    settings.DEMO, settings.TODAY = True, date(2026, 12, 2)
    client = Client()
    sign_in(client, principal)
    for given, day in (("2027-02-01", date(2027, 2, 1)), ("imorgon", date(2026, 12, 2))):
        client.post("/demo/dag/", {"day": given})

        assert client.get("/att-gora/").context["viewer"].today == day
