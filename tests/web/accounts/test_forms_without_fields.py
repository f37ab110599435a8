"""A form of an account that comes without a field is answered, whichever field it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role

OPAQUE = ("x", 1, "1-2", "a-b")


def addresses() -> list[str]:
    """Every address of accounts, ours and those for signing in, with something in every place."""
    found = set()
    for one in patterns(get_resolver().url_patterns):
        module = getattr(one.callback, "__module__", "")
        if "allauth" in module or module.startswith("narvaro.web.accounts"):
            found.add(_filled(one))
    return sorted(found - {""})


def patterns(every: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in every:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


def _filled(one: URLPattern) -> str:
    for value in OPAQUE:
        names = list(one.pattern.regex.groupindex)
        try:
            return reverse(one.name or "", kwargs=dict.fromkeys(names, value))
        except NoReverseMatch:
            continue
    return ""


FIELDS = ("action_add", "action_send", "action_remove", "action_primary", "action_x", "")


@pytest.fixture(params=["signed in", "nobody"])
def browser(town: Town, request: pytest.FixtureRequest, settings: Settings) -> Client:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False  # or most would be put off
    cache.clear()
    found = town.browser(Role.ADMINISTRATOR, "linnasa") if request.param != "nobody" else Client()
    found.raise_request_exception = False
    return found


def test_no_address_of_accounts_breaks_on_a_form_without_fields(
    browser: Client, settings: Settings
) -> None:
    settings.DEMO = True
    found = addresses()
    assert len(found) > 40

    broken = []
    for address in found:
        for sent in ({}, {"version": "x"}, {"email": ""}):
            answer = browser.post(address, sent)
            if answer.status_code >= 429:
                broken.append((address, sent))
    assert broken == []


@pytest.mark.parametrize("name", FIELDS)
def test_the_addresses_of_mail_are_answered_without_an_address(browser: Client, name: str) -> None:
    for sent in ({name: "x"}, {name: "x", "email": "nobody"}, {name: "x", "email": "a@b.invalid"}):
        assert browser.post("/konto/email/", sent).status_code < 429
