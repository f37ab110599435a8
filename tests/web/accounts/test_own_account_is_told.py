"""What people change in their own accounts is told by the log in the same transaction, or not done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.urls import urlpatterns as theirs
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.own_addresses import APART, urlpatterns
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry

PASSWORD = "en-lång-och-egen-mening"  # noqa: S105
NEW, OTHER = "en-annan-lång-mening-2", "ny@linnasa.invalid"
Step = Callable[[Client, Account], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_from_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account(town: Town) -> Account:
    made = town.somebody(Role.PRINCIPAL, "almskolan").account
    assert made is not None
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client: Client, account: Account) -> None:
    client.post("/konto/login/", {"login": account.email, "password": PASSWORD})


def post(name: str, data: Mapping[str, str] | None = None, **named: Any) -> Step:
    return lambda client, _account: client.post(reverse(name, kwargs=named), dict(data or {}))


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def nothing(_client: Client, _account: Account) -> None:
    """Nothing has to be there before."""


def has_other_address(_client: Client, account: Account) -> None:
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    EmailAddress.objects.create(user=account, email=OTHER, verified=True)


def has_unconfirmed_address(_client: Client, account: Account) -> None:
    EmailAddress.objects.create(user=account, email=OTHER)


def confirm(client: Client, account: Account) -> None:
    row = EmailAddress.objects.get(user=account, email=OTHER)
    client.post(reverse("account_confirm_email", args=[EmailConfirmationHMAC(row).key]))


def has_no_password(client: Client, account: Account) -> None:
    account.set_unusable_password()
    account.save()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")


def has_a_link(client: Client, account: Account) -> None:
    client.logout()
    client.post("/konto/password/reset/", {"email": account.email})


def follow_the_link(client: Client, _account: Account) -> None:
    found = re.search(r"/konto/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert found is not None
    form = client.get(found[0])["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})


def has_totp(_client: Client, account: Account) -> None:
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


def activate(client: Client, _account: Account) -> None:
    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
    client.post("/konto/2fa/totp/activate/", {"code": code(secret)})


def is_half_in(client: Client, account: Account) -> None:
    has_totp(client, account)
    client.logout()
    sign_in(client, account)


def give_recovery_code(client: Client, account: Account) -> None:
    row = Authenticator.objects.get(user=account, type="recovery_codes")
    client.post("/konto/2fa/authenticate/", {"code": RecoveryCodes(row).get_unused_codes()[0]})


def has_key(_client: Client, account: Account) -> None:
    Authenticator.objects.create(pk=77, user=account, type="webauthn", data={"name": "Nyckel"})


def add_key(client: Client, _account: Account) -> None:
    patch = pytest.MonkeyPatch()
    auth = "allauth.mfa.webauthn.internal.auth"
    with patch.context() as patched:  # no key is at hand: what it would say is taken as right
        patched.setattr(f"{auth}.parse_registration_response", lambda _said: None)
        patched.setattr(f"{auth}.complete_registration", lambda _said: None)
        client.post("/konto/2fa/webauthn/add/", {"name": "N", "credential": '{"id": "x"}'})


CHANGED = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
# By address: what has to be there first, what one does, what the log says of it
WRITES: Mapping[str, tuple[tuple[Step, Step, str], ...]] = {
    "account_login": ((lambda client, _account: client.logout(), sign_in, "account.sign_in"),),
    "account_logout": ((nothing, post("account_logout"), "account.sign_out"),),
    "account_email": (
        (
            nothing,
            post("account_email", {"action_add": "", "email": OTHER}),
            "account.address_added",
        ),
        (
            has_other_address,
            post("account_email", {"action_primary": "", "email": OTHER}),
            "account.address_changed",
        ),
        (
            has_other_address,
            post("account_email", {"action_remove": "", "email": OTHER}),
            "account.address_removed",
        ),
    ),
    "account_confirm_email": ((has_unconfirmed_address, confirm, "account.address_changed"),),
    "account_change_password": (
        (nothing, post("account_change_password", CHANGED), "account.password_changed"),
    ),
    "account_set_password": (
        (has_no_password, post("account_set_password", CHANGED), "account.password_changed"),
    ),
    "account_reset_password_from_key": ((has_a_link, follow_the_link, "account.password_changed"),),
    "mfa_authenticate": ((is_half_in, give_recovery_code, "account.recovery_code_used"),),
    "mfa_activate_totp": ((nothing, activate, "account.second_factor_added"),),
    "mfa_deactivate_totp": (
        (has_totp, post("mfa_deactivate_totp"), "account.second_factor_removed"),
    ),
    "mfa_generate_recovery_codes": (
        (has_totp, post("mfa_generate_recovery_codes"), "account.second_factor_added"),
    ),
    "mfa_add_webauthn": ((nothing, add_key, "account.second_factor_added"),),
    "mfa_edit_webauthn": (
        (
            has_key,
            post("mfa_edit_webauthn", {"name": "Ny"}, pk=77),
            "account.second_factor_changed",
        ),
    ),
    "mfa_remove_webauthn": (
        (has_key, post("mfa_remove_webauthn", pk=77), "account.second_factor_removed"),
    ),
}
SHOWS: Mapping[str, Step] = {
    name: lambda client, _account, name=name: client.get(reverse(name))  # type: ignore[misc]
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes")
}
KEEPS_NOTHING = {
    "account_inactive": "says that an account is closed",
    "account_signup": "closed",
    "account_reauthenticate": "the session only: that the password was given once more",
    "account_email_verification_sent": "says that mail was sent",
    "account_reset_password": "mails a link; the password is as it was",
    "account_reset_password_done": "says that mail was sent",
    "account_reset_password_from_key_done": "says that it is done",
    "account_confirm_login_code": "not offered",
    "mfa_index": "shows what there is",
    "mfa_reauthenticate": "the session, and when the factor was last used",
    "mfa_list_webauthn": "shows what there is",
    "mfa_reauthenticate_webauthn": "the session, and when the key was last used",
}
CASES = [(name, *one) for name, several in WRITES.items() for one in several] + [
    (name, has_totp, step, "account.recovery_codes_shown") for name, step in SHOWS.items()
]


def state(account: Account) -> object:
    """Everything an account's own pages can change, but when it was last used."""
    found = Account.objects.get(pk=account.pk)
    return (
        (found.password, found.email, found.last_login),
        sorted(EmailAddress.objects.values_list("email", "primary", "verified")),
        sorted(map(str, Authenticator.objects.values_list("pk", "type", "data"))),
        sorted(
            one.session_key
            for one in Session.objects.all()
            if one.get_decoded().get("_auth_user_id")
        ),
    )


def begun(account: Account, before: Step) -> Client:
    client = Client(raise_request_exception=False)
    sign_in(client, account)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    before(client, account)
    return client


@pytest.mark.parametrize(("name", "before", "step", "action"), CASES)
def test_what_is_done_is_told(
    account: Account, name: str, before: Step, step: Step, action: str
) -> None:
    client = begun(account, before)
    there, told = state(account), Entry.objects.count()

    step(client, account)

    new = Entry.objects.order_by("number")[told:]
    assert action in [one.action for one in new], name
    assert {one.account for one in new} == {account.public_id}
    assert "@" not in "".join(f"{one.subjects}{one.reason}{one.unit}" for one in new)
    assert state(account) != there


@pytest.mark.parametrize(("name", "before", "step", "action"), CASES)
def test_what_cannot_be_told_is_not_done(
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    before: Step,
    step: Step,
    action: str,
) -> None:
    client = begun(account, before)
    there, told = state(account), Entry.objects.count()
    monkeypatch.setattr("narvaro.web.audit.chain.hash_of", lambda _entry: 1 / 0)

    step(client, account)

    assert state(account) == there, (name, action)
    assert Entry.objects.count() == told


def names(found: list[URLPattern | URLResolver]) -> dict[str, URLPattern]:
    flat: dict[str, URLPattern] = {}
    for one in found:
        if isinstance(one, URLResolver):
            flat |= names(one.url_patterns)
        else:
            flat[str(one.name)] = one
    return flat


def test_of_every_address_it_is_known_whether_it_keeps_anything() -> None:
    assert set(names(theirs)) == {*WRITES, *SHOWS, *KEEPS_NOTHING}
    assert set(names(urlpatterns)) == set(names(theirs))


def test_every_address_that_keeps_something_answers_within_one_transaction() -> None:
    theirs_by_name, ours = names(theirs), names(urlpatterns)
    as_they_were = {name for name in ours if ours[name].callback is theirs_by_name[name].callback}

    assert as_they_were == APART
    assert APART & {*WRITES, *SHOWS} == {"account_login"}  # which has a transaction of its own
