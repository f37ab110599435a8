"""An SS 12000 server: connected by a form, checked, fetched by night; its secrets stay in files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.ss12000_server.invented import MUNICIPALITY
from tests.ss12000_server.serving import STATIC_TOKEN, Server, serve
from tests.web.conftest import Town
from tests.web.deliveries.conftest import work

from narvaro.errors import BadRequest
from narvaro.sources.ss12000 import check_source
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.deliveries.addresses import opened
from narvaro.web.deliveries.connection import profile_from_table
from narvaro.web.deliveries.fetching import nightly
from narvaro.web.deliveries.models import Load, Outcome, Source
from narvaro.web.jobs.handlers import Running
from narvaro.web.jobs.models import Job
from narvaro.web.pupils.models import Pupil

OUTSIDE = "203.0.114.7"  # of no network kept for examples: those count as internal


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def roster(town: Town, place: Path, server: Server, settings: Settings) -> Source:
    """A source of the authority that the server knows by its own id."""
    town.authority.key = server.id_of(MUNICIPALITY)
    town.authority.save()
    folder = place / "secrets" / "sources"
    folder.mkdir(parents=True)
    settings.INTERNAL_SOURCES = ["127.0.0.1"]
    (folder / "roster.token").touch(mode=0o600)
    (folder / "roster.token").write_text(STATIC_TOKEN)
    (place / "secrets" / "django.key").touch(mode=0o600)
    return Source.objects.create(authority=town.authority, name="roster", kind="ss12000")


def connect(browser: Client, source: Source, server: Server, **more: object) -> int:
    said = {
        "base_url": server.base_url,
        "kind": "bearer",
        "secret": "roster.token",
        "version": source.version,
    }
    return browser.post(f"/kallor/{source.public_id}/anslutning/", said | more).status_code


def test_a_server_is_connected_checked_and_fetched_with_the_names_of_its_people(
    owner: Client, roster: Source, server: Server
) -> None:
    assert connect(owner, roster, server) == 302
    roster.refresh_from_db()
    assert STATIC_TOKEN not in roster.profile

    owner.post(f"/kallor/{roster.public_id}/kontroll/")
    work()
    shown = owner.get(f"/kallor/{roster.public_id}/").content.decode()
    assert "calendarEvents" in shown
    assert not Load.objects.exists()

    owner.post(f"/kallor/{roster.public_id}/hamta/")
    work()
    load = Load.objects.get()
    job = Job.objects.get(kind="deliveries.fetch")
    assert load.outcome == Outcome.TAKEN, (job.error_kind, job.error, load.faults, load.held)
    assert Pupil.objects.exclude(given_name="").exists()
    assert Account.objects.exclude(staff_keys=[]).exists()


def test_the_night_fetches_every_source_that_is_on_and_none_twice(
    owner: Client, roster: Source, server: Server
) -> None:
    connect(owner, roster, server)
    running = Running("", {}, timezone.now(), 1, lambda *_: None)

    nightly(running)
    nightly(running)

    assert Load.objects.count() == 1
    Load.objects.update(ended_at=timezone.now(), outcome="unchanged")
    Source.objects.update(is_on=False)
    nightly(running)
    assert Load.objects.count() == 1


def test_a_server_that_does_not_answer_is_tried_again_and_told_of(
    owner: Client, roster: Source, server: Server
) -> None:
    connect(owner, roster, server, base_url="http://127.0.0.1:9/nowhere")
    owner.post(f"/kallor/{roster.public_id}/hamta/")
    Source.objects.update(
        profile=Source.objects.get().profile.replace("[source]", "[source]\nattempts = 1")
    )
    work()

    job = Job.objects.get(kind="deliveries.fetch")
    assert (job.error_kind, job.is_waiting, job.attempts) == ("SourceUnreachable", True, 1)
    assert "Källan svarar inte" in owner.get(f"/jobb/{job.public_id}/").content.decode()


@pytest.mark.parametrize(
    "secret",
    ["../django.key", "/etc/passwd", "none.token", "..", "a/b", "x" * 80, "roster.token\x00"],
)
def test_a_secret_lies_in_its_own_folder_or_is_refused(
    owner: Client, roster: Source, server: Server, secret: str
) -> None:
    assert connect(owner, roster, server, secret=secret) in (200, 404)
    roster.refresh_from_db()
    assert roster.profile == ""


def test_an_address_without_tls_elsewhere_is_refused(
    owner: Client, roster: Source, server: Server
) -> None:
    assert connect(owner, roster, server, base_url="http://server.example/ss12000") == 200
    roster.refresh_from_db()
    assert roster.profile == ""


def test_the_second_of_two_who_edit_a_connection_overwrites_nothing(
    owner: Client, roster: Source, server: Server
) -> None:
    assert connect(owner, roster, server) == 302
    kept = Source.objects.get().profile

    assert connect(owner, roster, server, scope="other") == 200
    assert Source.objects.get().profile == kept


def test_an_analyst_does_not_connect_servers(town: Town, roster: Source) -> None:
    browser = town.browser(Role.ANALYST, "linnasa")

    assert browser.get(f"/kallor/{roster.public_id}/anslutning/").status_code == 404


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8443",
        "localhost",
        "[::1]",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "2130706433",
        "0.1.2.3",
        "100.64.0.1",
    ],
)
def test_a_server_inside_our_own_network_is_refused_unless_it_is_named(
    owner: Client, roster: Source, server: Server, settings: Settings, host: str
) -> None:
    settings.INTERNAL_SOURCES = []
    inside, outside = f"https://{host}/v2", f"https://{OUTSIDE}/v2"

    assert connect(owner, roster, server, base_url=inside) == 200
    token = {"kind": "client_credentials", "client_id": "x", "token_url": inside}
    assert connect(owner, roster, server, base_url=outside, **token) == 200
    roster.refresh_from_db()
    assert roster.profile == ""


def test_a_name_that_leads_inside_by_the_time_of_the_fetch_is_not_asked(
    owner: Client, roster: Source, server: Server, settings: Settings
) -> None:
    assert connect(owner, roster, server) == 302
    settings.INTERNAL_SOURCES = []
    before = len(server.requests)

    owner.post(f"/kallor/{roster.public_id}/hamta/")
    work()

    load = Load.objects.get()
    assert (load.outcome, len(server.requests)) == (Outcome.REFUSED, before)
    assert "internt nät" in owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()


def test_what_was_looked_at_is_what_is_connected_to(
    roster: Source, server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look finds an outer address; the second, at the connection, an inner one."""
    settings.INTERNAL_SOURCES = []
    answers = iter([OUTSIDE, "127.0.0.1"])
    looked = socket.getaddrinfo

    def rebound(host: str, port: int, *given: Any, **named: Any) -> Any:
        address = next(answers) if host == "moved.example" else host
        return looked(address, port, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    port = server.base_url.split(":")[2].split("/")[0]
    table = {
        "source": {"base_url": f"http://moved.example:{port}/ss12000/v2.0", "allow_http": True},
        "access": {"kind": "none"},
    }
    with closing(opened(profile_from_table(table))) as found, pytest.raises(BadRequest):
        check_source(found)
    assert server.requests == []
    assert roster.profile == ""
