"""The tree is dated: districts dissolve, and what was stays readable (P16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Placement, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.tree import above, below
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind

TODAY = date.today()  # noqa: DTZ011
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def admin(town: Town) -> Client:
    """An administrator's browser, in a town with a second area."""
    town.unit("sodra", UnitKind.AREA, under="linnasa")
    return town.browser(Role.ADMINISTRATOR, "linnasa")


def move(admin: Client, town: Town, name: str, *, to: str, version: int = 1) -> int:
    given = {
        "parent": town.units[to].public_id,
        "from_on": TODAY.isoformat(),
        "version": str(version),
    }
    address = reverse("move_unit", args=[town.units[name].public_id])
    return admin.post(address, given).status_code


def names(units: tuple[Unit, ...]) -> list[str]:
    return [one.name for one in units]


def test_a_moved_school_hangs_elsewhere_from_the_day_and_hung_where_it_hung_before(
    town: Town, admin: Client
) -> None:
    assert move(admin, town, "almskolan", to="sodra") == 302

    school = town.units["almskolan"]
    assert names(above(school, on=YESTERDAY)) == ["linnasa", "norra"]
    assert names(above(school, on=TODAY)) == ["linnasa", "sodra"]
    assert town.units["almskolan/7B"] in below([town.units["sodra"]], on=TODAY)
    entry = Entry.objects.get(kind=Kind.WRITE)
    assert entry.action == "accounts.move_unit"


def test_the_area_manager_sees_the_schools_of_the_day_only(town: Town, admin: Client) -> None:
    manager = town.somebody(Role.AREA_MANAGER, "norra")
    assert manager.account is not None
    move(admin, town, "almskolan", to="sodra")

    def reach(day: date) -> frozenset[str]:
        from datetime import UTC, datetime

        assert manager.account is not None
        viewer = Viewer(manager.account, manager, day, datetime.now(UTC))
        return viewer.reach("accounts.unit").school_keys

    assert reach(YESTERDAY) == {"almskolan", "bjorkskolan"}
    assert reach(TODAY) == {"bjorkskolan"}


def test_a_district_is_dissolved_once_it_is_empty(town: Town, admin: Client) -> None:
    address = reverse("close_unit", args=[town.units["norra"].public_id])
    given = {"last_on": YESTERDAY.isoformat(), "version": "1"}

    answer = admin.post(address, given)
    assert "Flytta det först" in answer.content.decode()

    for name in ("almskolan", "bjorkskolan"):
        move(admin, town, name, to="sodra")
    assert admin.post(address, given).status_code == 302

    assert names(above(town.units["norra"], on=TODAY)) == []
    assert names(above(town.units["norra"], on=YESTERDAY)) == ["linnasa"]


def test_the_page_of_a_unit_shows_the_day_that_was_asked_for(town: Town, admin: Client) -> None:
    move(admin, town, "almskolan", to="sodra")
    address = reverse("unit", args=[town.units["norra"].public_id])

    then = admin.get(address, {"dag": YESTERDAY.isoformat()}).content.decode()
    now = admin.get(address).content.decode()

    assert "almskolan" in then
    assert "almskolan" not in now


def test_a_unit_cannot_hang_under_itself_or_out_of_order(town: Town, admin: Client) -> None:
    assert move(admin, town, "norra", to="almskolan") == 200
    assert move(admin, town, "norra", to="norra") == 200
    assert Placement.objects.filter(from_on=TODAY).count() == 0


def test_a_unit_with_somebody_in_it_is_not_dissolved(town: Town, admin: Client) -> None:
    town.somebody(Role.AREA_MANAGER, "sodra")
    address = reverse("close_unit", args=[town.units["sodra"].public_id])

    answer = admin.post(address, {"last_on": YESTERDAY.isoformat(), "version": "1"})

    assert "Avsluta det först" in answer.content.decode()


def test_the_second_of_two_who_move_a_unit_is_told(town: Town, admin: Client) -> None:
    assert move(admin, town, "almskolan", to="sodra") == 302
    assert move(admin, town, "almskolan", to="linnasa") == 409


def test_a_unit_is_made_under_another(town: Town, admin: Client) -> None:
    given = {
        "kind": "school",
        "name": "Cederskolan",
        "parent": town.units["sodra"].public_id,
        "from_on": TODAY.isoformat(),
    }

    assert admin.post("/enheter/ny/", given).status_code == 302

    made = Unit.objects.get(name="Cederskolan")
    assert names(above(made, on=TODAY)) == ["linnasa", "sodra"]


def test_a_collaboration_area_lets_nobody_see_anything(town: Town) -> None:
    from narvaro.web.accounts.models import Authority, CollaborationArea

    area = CollaborationArea.objects.create(name="Närvårdssamverkan")
    other = Authority.objects.create(
        name="Granby", kind="school_authority", key="granby", collaboration_area=area
    )
    town.authority.collaboration_area = area
    town.authority.save()
    there = Unit.objects.create(authority=other, kind="authority", name="granby", key="granby")
    town.units["granby"] = there
    stranger = town.browser(Role.ADMINISTRATOR, "granby")

    page = stranger.get("/personer/")

    assert page.status_code == 200
    assert "almskolan" not in page.content.decode()
    address = reverse("unit", args=[town.units["almskolan"].public_id])
    assert stranger.get(address).status_code == 404


def test_a_placement_ends_after_it_starts(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.update(to_on=LONG_AGO - timedelta(days=1))
    assert town.authority.pk
