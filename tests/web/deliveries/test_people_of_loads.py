"""The people in an upload: what roles they would get, said before, and proposed after."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.contracts import small_town
from tests.web.conftest import Town
from tests.web.deliveries.conftest import Send, work

from narvaro.web.accounts.models import Account, Assignment, ProposedRole
from narvaro.web.accounts.roles import Role
from narvaro.web.deliveries.models import Load, Outcome, Source

STAFF = [
    {"staff": "t2", "given_name": "Rut", "family_name": "Test", "email": "rut@skola.invalid",
     "role": "principal", "organisation": "other", "starts_on": "2017-07-01"},
    {"staff": "t1", "given_name": "Tor", "family_name": "Test", "email": "tor@skola.invalid",
     "role": "teacher", "organisation": "elementary", "class": "7A", "starts_on": "2017-07-01"},
]  # fmt: skip
Zip = Callable[..., bytes]


@pytest.fixture
def roster(town: Town) -> Source:
    """A source with names, of the authority that the small town's deliveries are of."""
    town.authority.key = "town"
    town.authority.save()
    return Source.objects.create(authority=town.authority, name="names", kind="exchange")


@pytest.fixture
def with_people(tmp_path: Path) -> Zip:
    """The small town's first delivery with tables of people, as a zip."""
    folder = small_town.deliver(tmp_path / "delivery")

    def zipped(**tables: list[dict[str, str]] | str) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for file in (one for one in folder.iterdir() if one.stem not in tables):
                archive.write(file, file.name)
            for name, rows in tables.items():
                archive.writestr(f"{name}.csv", rows if isinstance(rows, str) else _csv(rows))
        return packed.getvalue()

    return zipped


def _csv(rows: list[dict[str, str]]) -> str:
    columns = sorted({name for row in rows for name in row})
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def take_in(browser: Client, load: Load) -> Load:
    browser.post(f"/kallor/leverans/{load.public_id}/ta-in/", {"is_right": "yes"})
    work()
    load.refresh_from_db()
    return load


def page(browser: Client, load: Load) -> str:
    return str(browser.get(f"/kallor/leverans/{load.public_id}/").content.decode())


def test_the_preview_tells_which_roles_a_delivery_would_give_and_they_wait_for_another(
    town: Town, owner: Client, send: Send, roster: Source, with_people: Zip
) -> None:
    load = send(roster, "d.zip", with_people(staff=STAFF))

    assert load.seen["roles"] == [{"role": "principal", "unit": "other", "account": ""}]
    seen = page(owner, load)
    assert "Rektor: 1" in seen
    assert "Rut" not in str(load.seen)

    assert take_in(owner, load).outcome == Outcome.TAKEN
    proposal = ProposedRole.objects.get()
    assert not Assignment.objects.filter(role=Role.PRINCIPAL).exists()
    address = f"/personer/forslag/{proposal.public_id}/godkann/"
    owner.post(address, {"version": proposal.version})
    assert not Assignment.objects.filter(role=Role.PRINCIPAL).exists()
    other = town.browser(Role.ADMINISTRATOR, "linnasa")
    other.post(address, {"version": proposal.version})
    assert Assignment.objects.filter(role=Role.PRINCIPAL).exists()

    again = send(roster, "d.zip", with_people(staff=STAFF))
    assert again.seen["roles"] == []


def test_a_colleague_is_named_only_to_who_may_see_names_and_others_see_how_many(
    town: Town, owner: Client, send: Send, roster: Source, with_people: Zip
) -> None:
    take_in(owner, send(roster, "d.zip", with_people(staff=STAFF[1:])))
    Account.objects.filter(name="Tor Test").update(is_active=True)
    promoted = STAFF[1] | {"role": "principal", "class": ""}

    load = send(roster, "d.zip", with_people(staff=[promoted]))

    assert "Tor Test (elementary)" in page(owner, load)
    shown = page(town.browser(Role.ANALYST, "linnasa"), load)
    assert "Rektor: 1" in shown
    assert "Tor" not in shown
    stranger = town.browser(Role.TEACHER, "almskolan/7B")
    assert stranger.get(f"/kallor/leverans/{load.public_id}/").status_code == 404


def test_the_uploader_does_not_approve_what_a_colleague_took_in(
    town: Town, owner: Client, send: Send, roster: Source, with_people: Zip
) -> None:
    load = send(roster, "d.zip", with_people(staff=STAFF))
    take_in(town.browser(Role.SYSTEM_OWNER, "linnasa"), load)
    proposal = ProposedRole.objects.get()

    owner.post(f"/personer/forslag/{proposal.public_id}/godkann/", {"version": proposal.version})

    assert not Assignment.objects.filter(role=Role.PRINCIPAL).exists()


BAD = "staff,given_name,family_name,role,organisation,starts_on,percentage\n"
BAD += (
    "t1,Hemlig,Hemlig,principal,other,2017-07-01,100\nt2,Hemlig,Hemlig,nurse,other,igår,Hemligt\n"
)
NOBODY = "pupil,given_name,family_name\n,Hemlig,Hemlig\n"


def test_every_bad_cell_of_the_people_is_told_at_the_look_and_never_what_stood_there(
    owner: Client, send: Send, roster: Source, with_people: Zip, place: Path
) -> None:
    load = send(roster, "d.zip", with_people(staff=BAD, identities=NOBODY))

    assert load.outcome == Outcome.REFUSED
    places = [(one["table"], one["line"], one["column"]) for one in load.faults]
    assert places == [
        ("identities", 2, "pupil"),
        ("staff", 3, "percentage"),
        ("staff", 3, "starts_on"),
    ]
    assert "Hemlig" not in page(owner, load)
    assert not (place / "ledger").exists()
    assert not any((place / "uploads").glob("*/*"))


def test_faults_of_the_people_and_of_the_rest_are_told_together(
    send: Send, roster: Source, with_people: Zip
) -> None:
    pupils = "pupil,birth_date\nx,igår\n"

    load = send(roster, "d.zip", with_people(staff=BAD, enrolments=pupils))

    assert {"staff", "enrolments"} <= {one["table"] for one in load.faults}


def test_the_ledger_is_unchanged_when_a_table_of_people_turns_bad_after_the_look(
    owner: Client, send: Send, roster: Source, with_people: Zip, place: Path
) -> None:
    load = send(roster, "d.zip", with_people(staff=STAFF))
    upload = place / "uploads" / load.stored / "upload.zip"
    upload.write_bytes(with_people(staff=BAD))

    assert take_in(owner, load).outcome == Outcome.REFUSED
    assert not (place / "ledger").exists()
    assert not Account.objects.filter(name__contains="Hemlig").exists()


def test_a_torn_zip_of_a_source_with_names_is_refused_in_words(
    send: Send, roster: Source, with_people: Zip
) -> None:
    load = send(roster, "d.zip", with_people(staff=STAFF)[:-40])

    assert [one["problem"] for one in load.faults] == ["the zip is damaged or cut short"]


def test_columns_of_people_are_known_in_any_case(
    owner: Client, send: Send, roster: Source, with_people: Zip
) -> None:
    text = _csv(STAFF)
    header, rest = text.split("\r\n", 1)

    load = send(roster, "d.zip", with_people(staff=f"{header.upper()}\r\n{rest}"))

    assert take_in(owner, load).outcome == Outcome.TAKEN
    assert Account.objects.filter(name="Tor Test").exists()
