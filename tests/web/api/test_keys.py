"""A key opens what its one assignment opens, for a time, and is known by its hash alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.api.conftest import Filled, program
from tests.web.api.things import key_of

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.api import doors
from narvaro.web.api.models import Key
from narvaro.web.api.problems import PROBLEM_TYPE
from narvaro.web.audit.models import Entry, Kind

URL = "/api/v1/cases"


def today() -> date:
    return datetime.now(UTC).date()


def refused() -> int:
    return Entry.objects.filter(kind=Kind.REFUSED).count()


def make(client: Client, post: Assignment, **more: str) -> str:
    """Make a key on the page; its secret, empty when the page refuses."""
    sent = {"name": "Statistik", "assignment": post.public_id, "expires_on": str(today())}
    page = client.post(reverse("api_keys"), {**sent, **more}).content.decode()
    return page.partition("<code>")[2].partition("</code>")[0]


def test_a_key_is_made_on_a_page_shown_once_and_opens(filled: Filled) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    browser = filled.school.town.signed_in(post)
    secret = make(browser, post)

    assert secret.startswith("narvaro_")
    assert secret not in browser.get(reverse("api_keys")).content.decode()
    assert secret not in str(list(Key.objects.values()))
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(URL)
    assert len(answer.json()["items"]) == 1
    assert Key.objects.get().last_used_at is not None
    assert Entry.objects.filter(action="api.key_made", kind=Kind.WRITE).count() == 1


def test_the_page_sent_twice_makes_one_key(filled: Filled) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    browser = filled.school.town.signed_in(post)

    assert (make(browser, post) != "", make(browser, post)) == (True, "")
    assert Key.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 91, 4_000])
def test_a_key_holds_at_most_ninety_days(filled: Filled, days: int) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    browser = filled.school.town.signed_in(post)

    assert make(browser, post, expires_on=str(today() + timedelta(days=days))) == ""


def test_nobody_makes_a_key_for_somebody_elses_assignment(filled: Filled) -> None:
    browser = filled.school.town.signed_in(filled.school.posts[Role.MENTOR])

    assert make(browser, filled.school.posts[Role.PRINCIPAL]) == ""
    assert not Key.objects.exists()


def test_a_key_is_made_only_after_the_second_factor(filled: Filled, settings: Settings) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    browser = filled.school.town.signed_in(post)
    settings.SECOND_FACTOR_REQUIRED = True

    assert make(browser, post) == ""
    assert not Key.objects.exists()


def test_who_has_no_second_factor_any_more_has_no_key(filled: Filled, settings: Settings) -> None:
    asking = program(filled.school.posts[Role.PRINCIPAL])
    settings.SECOND_FACTOR_REQUIRED = True

    assert asking.get(URL).status_code == 401


def test_eleven_keys_are_too_many(filled: Filled) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    for _ in range(10):
        key_of(post)

    assert make(filled.school.town.signed_in(post), post) == ""


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        ("expired", "its time is over"),
        ("revoked", "it has been revoked"),
        ("assignment", "the assignment it acts in is over"),
        ("passed_on", "the assignment it acts in is over"),
        ("account", "the account is closed"),
    ],
)
def test_a_key_that_is_over_opens_nothing_and_leaves_a_trace(
    filled: Filled, ending: str, why: str
) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    assert post.account is not None
    yesterday = today() - timedelta(days=1)
    more = {"made_on": yesterday, "expires_on": yesterday} if ending == "expired" else {}
    asking = program(post, **more)
    if ending == "revoked":
        Key.objects.update(revoked_at=datetime.now(UTC))
    elif ending == "assignment":
        Assignment.objects.filter(pk=post.pk).update(to_on=yesterday)
    elif ending == "passed_on":
        other = filled.school.account(Role.MENTOR)
        Assignment.objects.filter(pk=post.pk).update(account=other)
    elif ending == "account":
        post.account.is_active = False
        post.account.save()
    before = refused()

    answer = asking.get(URL)

    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM_TYPE)
    assert why in answer.json()["detail"]
    assert refused() == before + 1
    assert Key.objects.get().last_used_at is None


def test_a_key_reaches_its_own_assignment_and_no_other_of_the_same_role(filled: Filled) -> None:
    account = filled.school.account(Role.PRINCIPAL)
    town = filled.school.town
    other = town.somebody(Role.PRINCIPAL, "bjorkskolan")
    Assignment.objects.filter(pk=other.pk).update(account=account)
    other.refresh_from_db()

    assert program(other).get(URL).json()["items"] == []
    assert len(program(filled.school.posts[Role.PRINCIPAL]).get(URL).json()["items"]) == 1


def test_a_session_opens_nothing(filled: Filled) -> None:
    browser = filled.school.town.signed_in(filled.school.posts[Role.PRINCIPAL])

    assert browser.get(URL).status_code == 401


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("more", [{}, {"REMOTE_ADDR": ""}])
def test_who_tries_unknown_keys_is_noted_and_then_slowed(more: Any) -> None:
    cache.clear()
    asking = Client(headers={"Authorization": "Bearer å" + "x" * 40}, **more)
    before = refused()
    with patch.object(doors, "UNKNOWN_KEYS_A_MINUTE", 3):
        found = [asking.get(URL).status_code for _ in range(5)]
    cache.clear()

    assert found == [401, 401, 401, 429, 429]
    assert refused() == before + 3


def test_a_key_asks_so_often_in_a_minute_and_is_told_how_long_to_wait(
    filled: Filled, settings: Settings
) -> None:
    settings.API_PER_MINUTE = 2
    asking = program(filled.school.posts[Role.PRINCIPAL])
    now = datetime(2026, 12, 2, 11, 0, 50, tzinfo=UTC)
    Key.objects.update(expires_on="2027-01-01", made_on="2026-12-01")
    with patch.object(doors, "now_of", lambda _request: now):
        found = [asking.get(URL) for _ in range(3)]
    with patch.object(doors, "now_of", lambda _request: now + timedelta(minutes=1)):
        again = asking.get(URL)

    assert [one.status_code for one in found] == [200, 200, 429]
    assert found[2]["Retry-After"] == "10"
    assert again.status_code == 200


def test_a_revoked_key_is_told_of_once(filled: Filled) -> None:
    post = filled.school.posts[Role.PRINCIPAL]
    key, _secret = key_of(post)
    browser = filled.school.town.signed_in(post)
    for _ in range(2):
        assert browser.post(reverse("api_revoke_key", args=[key.public_id])).status_code == 302

    assert Entry.objects.filter(action="api.key_revoked").count() == 1
    assert Key.objects.living(today()).count() == 0


def test_a_key_ends_no_earlier_than_it_is_made(filled: Filled) -> None:
    with pytest.raises(IntegrityError, match="a_key_ends_after_it_is_made"), transaction.atomic():
        key_of(filled.school.posts[Role.MENTOR], expires_on=date(2020, 1, 1))


def test_a_name_is_one_living_key_of_an_account(filled: Filled) -> None:
    post = filled.school.posts[Role.MENTOR]
    key_of(post, name="Ett", revoked_at=datetime.now(UTC))
    key_of(post, name="Ett")
    with pytest.raises(IntegrityError), transaction.atomic():
        key_of(post, name="Ett")
