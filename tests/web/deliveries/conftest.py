"""An installation with an empty ledger, and a system owner at the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.contracts import small_town
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.deliveries.models import Load, Source
from narvaro.web.jobs.worker import Loop


def work() -> None:
    """Do every job that is due."""
    Loop(beat_seconds=0).run(once=True)


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    """A data folder of the test's own; no ledger is there yet."""
    settings.DATA_FOLDER = tmp_path
    settings.LEDGER = tmp_path / "ledger"
    settings.PROGRAMME_FOLDER = tmp_path / "programmes"
    settings.SECRETS_FOLDER = tmp_path / "secrets"
    return tmp_path


@pytest.fixture
def owner(town: Town, place: Path) -> Client:  # noqa: ARG001
    """The system owner's browser."""
    return town.browser(Role.SYSTEM_OWNER, "linnasa")


@pytest.fixture
def source(town: Town) -> Source:
    """A source of files in the exchange format, whose keys are nobody's."""
    town.authority.key = "town"  # as the small town's deliveries name it
    town.authority.save()
    return Source.objects.create(
        authority=town.authority, name="roster", kind="exchange", has_pseudonyms=True
    )


@pytest.fixture(scope="session")
def zipped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small town's first delivery as a zip."""
    folder = tmp_path_factory.mktemp("zipped")
    small_town.deliver(folder / "delivery")
    return Path(shutil.make_archive(str(folder / "d"), "zip", folder / "delivery")).read_bytes()


Send = Callable[..., Load]


@pytest.fixture
def send(owner: Client) -> Send:
    """Upload one file to a source, and let it be looked at."""

    def sent(source: Source, name: str, content: bytes) -> Load:
        file = SimpleUploadedFile(name, content)
        answer = owner.post(f"/kallor/{source.public_id}/filer/", {"files": [file]})
        assert answer.status_code == 302, answer.content.decode()
        work()
        return Load.objects.latest("pk")

    return sent
