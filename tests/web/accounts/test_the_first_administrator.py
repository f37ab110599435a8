"""An empty installation gets its first administrator from the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.audit.models import Entry

pytestmark = pytest.mark.django_db
GIVEN = ("--authority", "Linnåsa kommun", "--name", "Rut Provmark")


def add(email: str) -> None:
    call_command("add_administrator", *GIVEN, "--email", email, stdout=StringIO())


def test_it_makes_the_authority_its_top_and_the_account() -> None:
    add("Rut@linnasa.invalid")

    made = Assignment.objects.get()
    assert (made.role, made.unit.name, made.unit.kind) == (
        "administrator",
        "Linnåsa kommun",
        "authority",
    )
    assert Account.objects.get().email == "rut@linnasa.invalid"
    assert Entry.objects.get().action == "accounts.add_person"


def test_a_second_one_joins_the_same_authority() -> None:
    add("rut@linnasa.invalid")
    add("nils@linnasa.invalid")

    assert len({one.unit_id for one in Assignment.objects.all()}) == 1


@pytest.mark.parametrize("email", ["rut@linnasa.invalid", "ingen adress"])
def test_an_address_is_an_address_and_has_one_account(email: str) -> None:
    add("rut@linnasa.invalid")

    with pytest.raises(CommandError):
        add(email)
