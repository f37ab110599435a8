"""An authority that is known here by another key than in its sources is told of, loudly."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.web.conftest import Town
from tests.web.deliveries.conftest import Send, work

from narvaro.web.accounts.models import Authority, Unit
from narvaro.web.deliveries.models import Source
from narvaro.web.pupils.models import Pupil

LOUD = "Huvudmannen i uppgifterna är inte den Närvaro känner"


@pytest.mark.parametrize("key", ["", "linnasa"])
def test_a_delivery_of_an_unknown_authority_is_told_of_until_the_key_is_set(
    town: Town, owner: Client, send: Send, source: Source, zipped: bytes, key: str
) -> None:
    Authority.objects.update(key=key)
    Unit.objects.filter(kind="authority").update(key=key)
    Unit.objects.filter(kind="school").update(key="")

    load = send(source, "d.zip", zipped)
    seen = owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()
    assert LOUD in seen
    assert "<code>town</code>" in seen
    assert "set-authority-key" in seen
    assert LOUD not in owner.get("/kallor/").content.decode()

    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/", {"is_right": "yes"})
    work()
    assert LOUD in owner.get("/kallor/").content.decode()
    assert Authority.objects.count() == 1
    assert not Pupil.objects.exists()

    call_command("set_authority_key", authority=town.authority.name, key="town")
    assert LOUD not in owner.get("/kallor/").content.decode()
    assert Unit.objects.filter(authority=town.authority, key="elementary").exists()
    assert Unit.objects.filter(kind="authority").count() == 1
    assert Pupil.objects.filter(authority=town.authority).exists()


def test_a_known_authority_is_not_talked_of(
    owner: Client, send: Send, source: Source, zipped: bytes
) -> None:
    load = send(source, "d.zip", zipped)

    assert LOUD not in owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(("name", "key"), [("Ingen", "x"), ("Linnåsa kommun", "b")])
def test_a_key_is_given_to_one_authority_only(town: Town, place: Path, name: str, key: str) -> None:
    Authority.objects.create(name="En annan", kind="school_authority", key="b")

    with pytest.raises(CommandError):
        call_command("set_authority_key", authority=name, key=key)
    assert place
    assert Authority.objects.get(pk=town.authority.pk).key == "town"
