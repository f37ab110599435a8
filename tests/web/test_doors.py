"""Who is let in: signed in, with a role, in scope; everybody else leaves a trace."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.known_ids import known_ids
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind


@pytest.mark.django_db
def test_somebody_without_a_sign_in_is_asked_for_one() -> None:
    answer = Client().get("/att-gora/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


def test_somebody_with_a_role_sees_the_work_queue(town: Town) -> None:
    answer = town.browser(Role.PRINCIPAL, "almskolan").get("/att-gora/")

    assert answer.status_code == 200


def test_somebody_whose_assignment_has_ended_gets_not_found_and_leaves_a_trace(town: Town) -> None:
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    gone.to_on = gone.from_on
    gone.save()

    answer = town.signed_in(gone).get("/att-gora/")

    assert answer.status_code == 404
    assert [(one.kind, one.action) for one in Entry.objects.all()] == [(Kind.REFUSED, "home")]


def test_the_demos_sign_in_is_not_there_outside_the_demo(town: Town) -> None:
    somebody = town.somebody(Role.PRINCIPAL, "almskolan")

    assert Client().post(f"/demo/var/{somebody.public_id}/").status_code == 404


@pytest.mark.parametrize("written", ["Elsa-Provsson-20150132", "elsa", "2015-01-32", "2387"])
def test_what_was_written_in_an_address_is_told_only_when_it_is_an_id(
    town: Town, written: str
) -> None:
    client = town.browser(Role.ADMINISTRATOR, "linnasa")

    assert client.get(f"/personer/{written}/?namn=Elsa").status_code == 404

    assert Entry.objects.get().subjects == ["public_id:?"]


def test_an_id_of_something_out_of_scope_is_told(town: Town) -> None:
    there = town.units["almskolan"]

    assert town.browser(Role.TEACHER, "bjorkskolan/7A").get(f"/enheter/{there.public_id}/")

    assert Entry.objects.get().subjects == [f"public_id:{there.public_id}"]


def test_a_refusal_asks_once_which_ids_are_there(town: Town) -> None:
    ids = {there.public_id for there in town.units.values()}

    with CaptureQueriesContext(connection) as asked:
        assert known_ids({*ids, "Elsa-Provsson-20150132", "x"}) == ids

    assert len(asked) == 1


def test_in_the_demo_a_link_of_a_mail_leads_on_when_somebody_is_chosen(
    town: Town, settings: Settings
) -> None:
    settings.DEMO = True
    somebody = town.somebody(Role.PRINCIPAL, "almskolan")
    Account.objects.filter(assignments=somebody).update(is_demo=True)
    client = Client()

    asked = client.get("/flaggor/")
    assert asked["Location"] == "/?next=/flaggor/"
    shown = client.get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/flaggor/">' in shown
    chosen = client.post(f"/demo/var/{somebody.public_id}/", {"next": "/flaggor/"})
    assert chosen["Location"] == "/flaggor/"


@pytest.mark.parametrize("foreign", ["https://x.invalid/", "//x.invalid/", "javascript:x", ""])
def test_the_demos_sign_in_leads_nowhere_else(town: Town, settings: Settings, foreign: str) -> None:
    settings.DEMO = True
    somebody = town.somebody(Role.PRINCIPAL, "almskolan")
    Account.objects.filter(assignments=somebody).update(is_demo=True)

    shown = Client().get("/", {"next": foreign}).content.decode()
    chosen = Client().post(f"/demo/var/{somebody.public_id}/", {"next": foreign})

    assert f'name="next" value="{foreign}"' not in shown
    assert chosen["Location"] == "/att-gora/"
