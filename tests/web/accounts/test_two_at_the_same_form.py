"""Who is second sees what the first one wrote beside the draft, and one verb goes on with it."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Account, Assignment, Placement, Unit
from narvaro.web.accounts.roles import Role

TODAY = date.today()  # noqa: DTZ011


@pytest.fixture
def admin(town: Town) -> Client:
    return town.browser(Role.ADMINISTRATOR, "linnasa")


@pytest.fixture
def somebody(town: Town) -> Assignment:
    return town.somebody(Role.PRINCIPAL, "almskolan", name="Före Provsson")


def pairs(answer: Any) -> dict[str, tuple[str, str]]:
    assert answer.status_code == 409
    both = answer.context["both"]
    text = unescape(answer.content.decode())
    assert all(f"<td>{one.theirs}</td>" in text for one in both)
    assert "Någon annan hann före" in text
    assert text.count("Spara det jag skrev") == 1
    assert "Det gick inte att spara" not in text
    return {one.words: (one.theirs, one.yours) for one in both}


def test_of_a_person_both_names_are_shown_and_the_draft_can_be_saved(
    somebody: Assignment, admin: Client
) -> None:
    assert somebody.account is not None
    address = reverse("change_person", args=[somebody.account.public_id])
    admin.post(address, {"name": "Första Provsson", "version": "1"})
    draft = {"name": "Andra Provsson", "is_active": "on"}

    answer = admin.post(address, {**draft, "version": "1"})

    assert pairs(answer) == {
        "Namn": ("Första Provsson", "Andra Provsson"),
        "Kontot är öppet": ("nej", "ja"),
    }
    assert 'value="Andra Provsson"' in answer.content.decode()
    assert admin.post(address, {**draft, "version": "2"}).status_code == 302
    found = Account.objects.get(pk=somebody.account.pk)
    assert (found.name, found.is_active) == ("Andra Provsson", True)


def test_of_an_assignment_what_another_form_changed_is_shown_too(
    somebody: Assignment, admin: Client
) -> None:
    change = reverse("change_role", args=[somebody.public_id])
    end = reverse("end_role", args=[somebody.public_id])
    admin.post(change, {"percentage": "50", "version": "1"})

    said = pairs(admin.post(end, {"last_on": "2027-06-30", "version": "1"}))

    assert said["Omfattning i procent av heltid"] == ("50", "–")
    assert said["Sista dag"] == ("–", "30\xa0jun\xa02027")
    assert pairs(admin.post(change, {"percentage": "75", "version": "1"})) == {
        "Omfattning i procent av heltid": ("50", "75"),
        "Sista dag": ("–", "–"),
    }
    assert admin.post(end, {"last_on": "2027-06-30", "version": "2"}).status_code == 302


def test_of_a_unit_both_places_are_shown_by_their_names(town: Town, admin: Client) -> None:
    sodra = Unit.objects.create(authority=town.authority, kind="area", name="Södra")
    Placement.objects.create(unit=sodra, parent=town.units["linnasa"], from_on=LONG_AGO)
    unit = town.units["almskolan"]
    move, close = (reverse(name, args=[unit.public_id]) for name in ("move_unit", "close_unit"))
    given = {"from_on": TODAY.isoformat(), "version": "1"}
    admin.post(move, {**given, "parent": sodra.public_id})

    said = pairs(admin.post(move, {**given, "parent": town.units["linnasa"].public_id}))
    shut = pairs(admin.post(close, {"last_on": "2027-06-30", "version": "1"}))

    assert said["Ligger under"] == ("Södra (område)", "linnasa (huvudman)")
    assert shut["Ligger under"] == ("Södra", "–")
    assert shut["Sista dag"] == ("–", "30\xa0jun\xa02027")
