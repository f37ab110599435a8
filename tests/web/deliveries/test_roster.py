"""What the ledger tells of places and people reaches the database, and nothing else does."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.contracts.small_town import deliver

from narvaro.pipeline import take_in
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    Placement,
    ProposedRole,
    Unit,
)
from narvaro.web.accounts.proposal_actions import put_in_force
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.roster import Serving, put_serving
from narvaro.web.audit.chain import NOBODY, Actor
from narvaro.web.audit.models import Entry
from narvaro.web.deliveries.people import take_people
from narvaro.web.deliveries.roster import sync_roster
from narvaro.web.pupils.models import Enrolment, Guardian, Protection, Pupil
from narvaro.web.pupils.numbers import decrypt

NOW = datetime(2018, 2, 1, tzinfo=UTC)
NUMBER = "20041399-0000"


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = deliver(tmp_path_factory.mktemp("roster") / "in")
    write(folder / "identities.csv", [
        {"pupil": "often", "given_name": "Åsa", "family_name": "Öberg-Påhitt",
         "personal_number": NUMBER},
        {"pupil": "seldom", "given_name": "Bo", "family_name": "Provsson"},
        {"pupil": "nobody-knows", "given_name": "X", "family_name": "Y"},
    ])  # fmt: skip
    write(folder / "guardians.csv", [
        {"pupil": "often", "guardian": "g1", "given_name": "Eva", "family_name": "Påhitt",
         "contact": "eva@hem.invalid", "protection": "marked"},
    ])  # fmt: skip
    write(folder / "staff.csv", [
        {"staff": "t1", "given_name": "Tor", "family_name": "Test", "email": "tor@skola.invalid",
         "role": "teacher", "organisation": "elementary", "class": "7A", "starts_on": "2017-07-01"},
        {"staff": "t2", "given_name": "Rut", "family_name": "Test", "email": "rut@skola.invalid",
         "role": "principal", "organisation": "other", "starts_on": "2017-07-01"},
    ])  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def ledger(delivery: Path) -> Path:
    path = delivery.parent / "ledger"
    take_in(delivery, path)
    return path


def write(path: Path, rows: list[dict[str, str]]) -> None:
    columns = sorted({name for row in rows for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def synced(delivery: Path, ledger: Path) -> Authority:
    sync_roster(ledger, at=NOW, by=NOBODY)
    authority = Authority.objects.get()
    take_people(delivery, ledger, source="files", authority=authority, by=NOBODY, at=NOW)
    put_in_force(ProposedRole.objects.filter(decision=""), by=NOBODY, at=NOW)
    return authority


@pytest.mark.django_db
def test_schools_classes_and_enrolments_stand_under_their_authority(ledger: Path) -> None:
    told = sync_roster(ledger, at=NOW, by=NOBODY)

    assert (told.authorities, told.pupils) == (1, Pupil.objects.count())
    names = set(Unit.objects.values_list("kind", "key"))
    assert {("school", "elementary"), ("class", "elementary/7A"), ("class", "other/7B")} <= names
    places = Unit.objects.get(key="elementary/7A").placements.values_list("parent__key", flat=True)
    assert list(places) == ["elementary"]
    assert Enrolment.objects.filter(class_key="other/7B").exists()


@pytest.mark.django_db
def test_a_second_sync_changes_nothing(delivery: Path, ledger: Path) -> None:
    synced(delivery, ledger)
    before = [sorted(model.objects.values_list("public_id", flat=True))
              for model in (Unit, Pupil, Assignment, Guardian, Account)]  # fmt: skip

    synced(delivery, ledger)

    after = [sorted(model.objects.values_list("public_id", flat=True))
             for model in (Unit, Pupil, Assignment, Guardian, Account)]  # fmt: skip
    assert after == before


@pytest.mark.django_db
def test_names_meet_their_keys_and_numbers_are_encrypted(delivery: Path, ledger: Path) -> None:
    synced(delivery, ledger)

    named = list(Pupil.objects.exclude(given_name="").in_name_order())
    assert [one.name for one in named] == ["Bo Provsson", "Åsa Öberg-Påhitt"]
    assert NUMBER.encode() not in bytes(named[1].number_encrypted)
    assert decrypt(named[1].number_encrypted) == NUMBER
    assert Guardian.objects.get().is_protected


@pytest.mark.django_db
def test_mentors_and_principals_get_their_roles_and_no_password(
    delivery: Path, ledger: Path
) -> None:
    synced(delivery, ledger)

    roles = set(Assignment.objects.values_list("role", "unit__key", "from_on"))
    assert roles == {
        (Role.MENTOR, "elementary/7A", date(2017, 7, 1)),
        (Role.PRINCIPAL, "other", date(2017, 7, 1)),
    }
    assert not any(one.has_usable_password() for one in Account.objects.all())


@pytest.mark.django_db
def test_a_delivery_gives_and_takes_no_role_at_another_authority(
    delivery: Path, ledger: Path
) -> None:
    synced(delivery, ledger)
    other = Authority.objects.create(name="En annan huvudman", kind="school_authority", key="b")

    take_people(delivery, ledger, source="files", authority=other, by=NOBODY, at=NOW)
    assert Assignment.objects.filter(role=Role.PRINCIPAL, unit__key="other").exists()

    Assignment.objects.all().delete()
    ProposedRole.objects.all().delete()
    take_people(delivery, ledger, source="files", authority=other, by=NOBODY, at=NOW)
    assert not Assignment.objects.exists()
    assert not ProposedRole.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["town", "elementary/7A"])
def test_a_principal_told_of_at_anything_but_a_school_gets_no_role(
    delivery: Path, ledger: Path, place: str
) -> None:
    authority = synced(delivery, ledger)
    staff = Account.objects.exclude(staff_keys=[])[0].staff_keys[0]
    duty = Serving(staff, Role.PRINCIPAL, place, date(2017, 7, 1), None)

    put_serving([duty], within=authority, by=NOBODY, at=NOW)

    assert not Assignment.objects.filter(role=Role.PRINCIPAL, unit__key=place).exists()
    assert not ProposedRole.objects.filter(decision="").exists()


@pytest.mark.django_db
def test_the_log_tells_how_many_and_no_names(delivery: Path, ledger: Path) -> None:
    synced(delivery, ledger)

    told = " ".join(str(one.subjects) for one in Entry.objects.all())
    assert Entry.objects.count() == 7
    assert not any(word in told for word in ("Åsa", "Bo", "often", NUMBER))


@pytest.mark.django_db
def test_a_word_nobody_knows_counts_as_protected(delivery: Path, ledger: Path) -> None:
    write(delivery / "identities.csv", [
        {"pupil": "often", "given_name": "Åsa", "family_name": "Ö", "protection": "hemlig"},
    ])  # fmt: skip
    synced(delivery, ledger)

    assert Pupil.objects.get(protection=Protection.UNKNOWN_MARKING).given_name == "Åsa"
    sync_roster(ledger, at=NOW, by=NOBODY)  # every load tells the roster again, without a marking
    assert Pupil.objects.get(protection=Protection.UNKNOWN_MARKING).given_name == "Åsa"


@pytest.mark.django_db
def test_a_marking_that_came_with_the_names_goes_when_the_names_come_without_it(
    delivery: Path, ledger: Path
) -> None:
    asa = {"pupil": "often", "given_name": "Åsa", "family_name": "Ö"}
    write(delivery / "identities.csv", [asa | {"protection": "marked"}])
    synced(delivery, ledger)
    write(delivery / "identities.csv", [asa])
    synced(delivery, ledger)
    sync_roster(ledger, at=NOW, by=NOBODY)

    assert not Pupil.objects.exclude(protection=Protection.NONE).exists()


@pytest.mark.django_db
def test_a_unit_that_was_moved_by_hand_stays_where_it_was_put(ledger: Path) -> None:
    sync_roster(ledger, at=NOW, by=NOBODY)
    school, other = Unit.objects.get(key="elementary"), Unit.objects.get(key="other")
    moved = Unit.objects.get(key="elementary/7A")
    moved.placements.update(to_on=date(2018, 1, 31), comes_from_source=False)
    Placement.objects.create(unit=moved, parent=other, from_on=date(2018, 2, 1))

    sync_roster(ledger, at=NOW, by=NOBODY)

    placed = moved.placements.order_by("from_on").values_list("parent", "to_on")
    assert list(placed) == [(school.pk, date(2018, 1, 31)), (other.pk, None)]


@pytest.mark.django_db
def test_an_account_from_a_source_is_closed_until_an_administrator_opens_it(
    delivery: Path, ledger: Path
) -> None:
    synced(delivery, ledger)

    assert Account.objects.exists()
    assert not Account.objects.filter(is_active=True).exists()


@pytest.mark.django_db
def test_nobody_gives_themselves_a_role_by_what_they_take_in(delivery: Path, ledger: Path) -> None:
    authority = synced(delivery, ledger)
    Assignment.objects.all().delete()
    own = Account.objects.get(email="rut@skola.invalid")
    uploader = Actor(own.public_id, "system_owner")

    take_people(delivery, ledger, source="files", authority=authority, by=uploader, at=NOW)

    assert set(Assignment.objects.values_list("role", flat=True)) == {Role.MENTOR}
    assert not ProposedRole.objects.filter(decision="").exists()
    told = Entry.objects.filter(action="accounts.put_serving").first()
    assert told is not None
    assert any(one.endswith(":mentor") for one in told.subjects)
