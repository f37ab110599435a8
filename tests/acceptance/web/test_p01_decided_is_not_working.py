"""P1: registration was decided on, and still did not work at most schools.

What a school has come to is told from evidence, week by week, with the help it was given.
"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.registration.school_weeks import DAYS, Told, usual

from narvaro.web.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("noon")
EVERY = [one["lesson"] for one in usual()]


@pytest.fixture
def leader(town: Town) -> Client:
    return town.signed_in(town.somebody(Role.PROJECT_LEADER, "linnasa", name="Jonas Provberg"))


def page(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def school(town: Town, name: str) -> str:
    return f"/registrering/{town.units[name].public_id}/"


def test_a_timetable_without_any_acknowledgement_is_not_registration(
    told: Told, town: Town, leader: Client
) -> None:
    told.deliver(usual(missing=EVERY))

    shown = page(leader, school(town, "almskolan"))

    assert "Ingen kvitterar än" in shown
    assert "Ingen lektion är kvitterad." in shown
    assert "Tillförlitlig" not in shown


def test_a_school_that_nothing_ever_came_from_has_no_system(told: Told, leader: Client) -> None:
    told.deliver(usual())

    shown = page(leader, "/registrering/")

    assert "bjorkskolan: Inget system" in shown
    assert "Ingen lektion vid skolan har någonsin lämnats." in shown


def test_only_evidence_makes_a_school_reliable_never_a_note(
    told: Told, town: Town, leader: Client
) -> None:
    told.calendar[0] |= {"from": DAYS[0]}
    told.deliver(usual(missing=EVERY))
    url = school(town, "almskolan")
    help_ = {"topic": "system", "text": "Alla kan nu kvittera", "given_on": "2026-11-27"}
    leader.post(f"{url}hjalp/", help_)

    noted = page(leader, url)
    told.deliver(usual())
    delivered = page(leader, url)

    assert "Ingen kvitterar än" in noted
    assert "Tillförlitlig" not in noted
    assert "Tillförlitlig" in delivered


def test_help_says_by_whom_and_when_until_it_is_resolved(
    told: Told, town: Town, leader: Client
) -> None:
    told.deliver(usual(missing=EVERY))
    url = school(town, "almskolan")
    help_ = {"topic": "accounts", "text": "Gav tre lärare konto", "given_on": "2026-11-25"}
    leader.post(f"{url}hjalp/", help_)
    before = page(leader, url)
    number = before.split("/registrering/hjalp/")[1].split("/")[0]

    leader.post(f"/registrering/hjalp/{number}/", {"outcome": "Alla kan logga in", "version": "1"})
    after = page(leader, url)

    assert "Konton och behörighet, ons" in before
    assert "Gavs av Jonas Provberg. Inte avslutad." in " ".join(before.split())
    assert "Avslutad mån" in after
    assert "Alla kan logga in" in after


def test_lessons_acknowledged_are_told_for_every_week(
    told: Told, town: Town, leader: Client
) -> None:
    first_week = [one["lesson"] for one in usual() if one["starts_at"].date() in DAYS[:5]]
    told.deliver(usual(missing=first_week))

    shown = page(leader, school(town, "almskolan"))
    row = shown.split('<th scope="row">')[1].split("</tr>")[0]

    assert "heat-lowest" in row
    assert ">0</span>" in row
    assert ">100</span>" in row


def test_a_principal_sees_the_own_schools_status_and_nobody_elses(told: Told, town: Town) -> None:
    told.deliver(usual())
    client = town.browser(Role.PRINCIPAL, "almskolan")

    assert "Läge denna termin" in page(client, "/registrering/")
    assert client.get(school(town, "bjorkskolan")).status_code == 404
