"""A month end by a button: kept, corrected as a new version, its pupils for those who may."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests.contracts import small_town
from tests.web.conftest import Town
from tests.web.deliveries.conftest import work
from tests.web.figures.conftest import PROGRAMME

from narvaro.pipeline import Door, take_in
from narvaro.web.accounts.models import Assignment, Authority, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.chain import NOBODY
from narvaro.web.audit.models import Entry
from narvaro.web.deliveries.month_ends import kept_runs
from narvaro.web.deliveries.roster import sync_roster
from narvaro.web.jobs.actions import Asked, enqueue
from narvaro.web.jobs.models import Job

BEFORE, AFTER = datetime(2018, 1, 10, tzinfo=UTC), datetime(2018, 1, 20, tzinfo=UTC)


@pytest.fixture
def smastad(town: Town, place: Path) -> Town:
    """The small town and its correction, and a programme in force."""
    for number, (make, at) in enumerate(
        ((small_town.deliver, small_town.TOLD), (small_town.deliver_correction, small_town.CORRECTED))
    ):  # fmt: skip
        take_in(make(place / f"d{number}"), place / "ledger", Door(arrived_at=at))
    django_settings.PROGRAMME_FOLDER.mkdir()
    (django_settings.PROGRAMME_FOLDER / "own.toml").write_text(PROGRAMME, "utf-8")
    sync_roster(place / "ledger", at=AFTER, by=NOBODY)
    made = Town(Authority.objects.get(key="town"))
    made.units = {one.key: one for one in Unit.objects.filter(authority=made.authority)}
    Authority.objects.filter(pk=town.authority.pk).update(kind="region")
    return made


def run_as_known(town: Town, at: datetime) -> None:
    asked = Asked(at, authority=town.authority)
    enqueue("deliveries.month_end", {"month": "2017-12", "authority": "town"}, asked=asked)
    work()


def test_a_correction_gives_a_new_version_whose_pupils_only_their_school_sees(
    smastad: Town,
) -> None:
    run_as_known(smastad, BEFORE)
    run_as_known(smastad, AFTER)
    run_as_known(smastad, AFTER)
    runs = kept_runs("town", AFTER)
    assert [(one.month, one.version) for one in runs] == [("2017-12", 2), ("2017-12", 1)]
    assert kept_runs("town", BEFORE)[0].version == 1
    address = f"/kallor/avstamningar/{runs[0].public_id}/2/"

    owner = smastad.browser(Role.SYSTEM_OWNER, "town")
    receipt = owner.get(address).content.decode()
    assert "Rättade registreringar" in receipt
    assert "often" not in receipt
    assert owner.get(address + "elever/").status_code == 404

    principal = smastad.browser(Role.PRINCIPAL, "elementary")
    Assignment.objects.update(from_on=date(2017, 8, 1))
    from narvaro.web.pupils.models import Enrolment

    Enrolment.objects.update(to_on=None)
    pupils = principal.get(address + "elever/")
    assert len(pupils.context["page"].rows) == 1
    assert Entry.objects.filter(action="deliveries.run_pupils", kind="read").exists()
    elsewhere = smastad.browser(Role.PRINCIPAL, "other").get(address + "elever/")
    assert [row.pupil for row in elsewhere.context["page"].rows] == []


def test_the_button_queues_one_job_and_a_wrong_month_is_told(smastad: Town) -> None:
    owner = smastad.browser(Role.SYSTEM_OWNER, "town")

    wrong = owner.post("/kallor/avstamningar/kor/", {"month": "2017-13"})
    for _ in range(2):
        owner.post("/kallor/avstamningar/kor/", {"month": "2017-12"})

    assert wrong.status_code == 400
    assert "Skriv månaden som" in wrong.content.decode()
    assert Job.objects.filter(kind="deliveries.month_end").count() == 1


@pytest.mark.parametrize("address", ["x/1/", "x/1/elever/"])
def test_a_run_that_is_not_there_is_not_found(owner: Client, address: str) -> None:
    assert owner.get(f"/kallor/avstamningar/{address}").status_code == 404
