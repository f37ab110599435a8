"""The list of people: a page at a time, searched without a name in any address."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.ui.pager import pager
from narvaro.web.ui.written import dated


@pytest.fixture
def admin(town: Town) -> Client:
    return town.browser(Role.ADMINISTRATOR, "linnasa")


def people(town: Town, names: list[str]) -> None:
    at = Account.objects.count()
    made = Account.objects.bulk_create(
        Account(email=f"q{at + i}@linnasa.invalid", name=name, password="!")  # noqa: S106
        for i, name in enumerate(names)
    )
    unit = town.units["almskolan/7B"]
    Assignment.objects.bulk_create(
        Assignment(account=one, role=Role.TEACHER, unit=unit, from_on=LONG_AGO) for one in made
    )


def shown(browser: Client, address: str = "/personer/") -> list[str]:
    return [one.name for one, _roles in browser.get(address).context["page"].people]


def searched(browser: Client, text: str) -> str:
    answer = browser.post("/personer/", {"namn": text})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_fifty_stand_on_a_page_in_swedish_order(town: Town, admin: Client) -> None:
    people(town, [f"Lärare {i:03}" for i in range(120)] + ["Örjan Provsson", "Åsa Provsson"])

    pages = [shown(admin, f"/personer/?sida={number}") for number in (1, 2, 3)]

    assert [len(one) for one in pages] == [50, 50, 23]
    assert len({name for one in pages for name in one}) == 123
    assert pages[2][-2:] == ["Åsa Provsson", "Örjan Provsson"]


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "9" * 5_000, "²"])
def test_what_is_no_page_is_the_nearest(town: Town, admin: Client, asked: str) -> None:
    people(town, [f"Lärare {i:03}" for i in range(60)])

    assert len(shown(admin, f"/personer/?sida={asked}")) == 50
    assert pager("7", rows=60, kept={}).number == 2


def test_a_search_is_sent_and_its_address_holds_no_name(town: Town, admin: Client) -> None:
    people(town, ["Elsa Provsson", "Åke Exempel", "Zäta Exempel"])

    address = searched(admin, "elsa")

    assert "elsa" not in address.lower()
    assert shown(admin, address) == ["Elsa Provsson"]
    assert shown(admin, searched(admin, "ÅKE")) == ["Åke Exempel"]
    assert shown(admin, searched(admin, "z")) == ["Zäta Exempel"]  # and nobody with an å
    assert len(shown(admin, searched(admin, " "))) == 4


def test_a_search_is_told_as_one_with_whom_it_showed(town: Town, admin: Client) -> None:
    people(town, ["Elsa Provsson", "Åke Exempel"])
    admin.get("/personer/")
    assert not Entry.objects.filter(kind=Kind.SEARCH).exists()

    admin.get(searched(admin, "elsa"))

    entry = Entry.objects.get(kind=Kind.SEARCH)
    elsa = Account.objects.get(name="Elsa Provsson")
    assert (entry.action, entry.subjects) == ("accounts.people", [f"account:{elsa.public_id}"])


def test_a_search_stays_from_page_to_page(town: Town, admin: Client) -> None:
    people(town, [f"Provsson {i:03}" for i in range(70)] + ["Exempel"] * 70)
    first = admin.get(searched(admin, "provsson")).context["page"]

    second = shown(admin, f"/personer/{first.pager.after}")

    assert first.count == 70
    assert [len(second), second[-1]] == [20, "Provsson 069"]


def test_somebody_elses_search_and_one_that_is_no_longer_kept_show_everybody(
    town: Town, admin: Client
) -> None:
    people(town, ["Elsa Provsson"])
    address = searched(admin, "elsa")
    other = town.browser(Role.ADMINISTRATOR, "linnasa")

    assert "Sökningen finns inte kvar" in other.get(address).content.decode()
    assert len(shown(other, address)) == 3
    for _ in range(10):
        searched(admin, "x")
    assert "Sökningen finns inte kvar" in admin.get(address).content.decode()


def test_no_more_is_asked_of_the_database_for_more_people(town: Town, admin: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            admin.get("/personer/?sida=2")
        return len(found)

    admin.get("/personer/")
    people(town, [f"Lärare {i:04}" for i in range(60)])
    few = asked()
    people(town, [f"Vikarie {i:04}" for i in range(600)])

    assert asked() == few


def test_days_in_tables_are_written_with_their_year_when_it_is_another_school_year(
    town: Town, admin: Client
) -> None:
    one = town.somebody(Role.TEACHER, "almskolan/7B")
    assert one.account is not None

    text = admin.get(f"/personer/{one.account.public_id}/").content.decode()

    assert '<time datetime="2020-01-01">1\xa0jan\xa02020</time>' in text


def test_the_school_year_turns_with_july() -> None:
    today = date(2026, 12, 2)

    assert dated(date(2026, 7, 1), today) == "1\xa0jul"
    assert dated(date(2027, 6, 30), today) == "30\xa0jun"
    assert dated(date(2025, 12, 18), today) == "18\xa0dec\xa02025"
    assert dated(date(2027, 7, 1), today) == "1\xa0jul\xa02027"
