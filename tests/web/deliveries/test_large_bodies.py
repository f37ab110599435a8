"""What is large is refused before it is read, but for who may send files, where files are sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.roles import Role
from narvaro.web.deliveries.models import Load, Source

MB = 1024 * 1024


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were begun to be read."""
    begun: list[str] = []
    new_file = TemporaryFileUploadHandler.new_file
    from narvaro.web.deliveries.uploading import LimitedUpload

    def told(self: Any, *given: Any, **named: Any) -> None:
        begun.append("file")
        real(self, *given, **named)

    real = LimitedUpload.new_file
    assert real is not new_file
    monkeypatch.setattr(LimitedUpload, "new_file", told)
    return begun


def send(browser: Client, address: str, size: int) -> int:
    file = SimpleUploadedFile("marks.csv", b"x" * size)
    return browser.post(address, {"files": [file]}).status_code


def test_who_may_send_files_sends_large_ones_to_a_source(
    owner: Client, source: Source, read: list[str]
) -> None:
    assert send(owner, f"/kallor/{source.public_id}/filer/", 4 * MB) == 302
    assert read == ["file"]
    assert Load.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/", "/kallor/", "/kallor/{}/", "/kallor/{}/lasprofil/", "/no/such/page/"]
)
def test_nowhere_else_is_anything_large_read(
    owner: Client, source: Source, read: list[str], address: str
) -> None:
    assert send(owner, address.format(source.public_id), 4 * MB) == 413
    assert read == []


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.PROJECT_LEADER])
def test_who_may_not_send_files_is_refused_before_they_are_read(
    town: Town, source: Source, place: object, read: list[str], role: Role
) -> None:
    browser = town.browser(role, "linnasa")

    assert send(browser, f"/kallor/{source.public_id}/filer/", 4 * MB) == 413
    assert send(Client(), f"/kallor/{source.public_id}/filer/", 4 * MB) == 413
    assert read == []
    assert place


def test_a_source_of_another_authority_takes_nothing(owner: Client, read: list[str]) -> None:
    other = Authority.objects.create(name="En annan", kind="school_authority", key="b")
    theirs = Source.objects.create(authority=other, name="theirs", kind="exchange")

    assert send(owner, f"/kallor/{theirs.public_id}/filer/", 4 * MB) == 413
    assert read == []


def test_without_the_second_factor_nothing_large_is_read(
    owner: Client, source: Source, settings: Settings, read: list[str]
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True

    assert send(owner, f"/kallor/{source.public_id}/filer/", 4 * MB) == 413
    assert read == []


def test_the_answer_says_how_much_and_what_to_do(
    owner: Client, source: Source, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 3 * MB
    file = {"files": [SimpleUploadedFile("marks.csv", b"x" * 5 * MB)]}

    there = owner.post(f"/kallor/{source.public_id}/filer/", file).content.decode()
    file = {"files": [SimpleUploadedFile("marks.csv", b"x" * 5 * MB)]}
    elsewhere = owner.post("/", file).content.decode()

    assert "högst 3 MB" in there
    assert "NARVARO_UPLOAD_MAX_MB" in there
    assert "högst 2 MB" in elsewhere


def test_what_is_told_is_the_limit_and_no_more_is_taken(
    owner: Client, settings: Settings, read: list[str]
) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = owner.post("/", {"files": [SimpleUploadedFile("marks.csv", b"x" * limit)]})

    assert answer.status_code == 413
    assert f"högst {limit // MB} MB" in answer.content.decode()
    assert limit % MB == 0
    assert read == []


def test_a_length_that_is_no_number_is_no_way_around(owner: Client, source: Source) -> None:
    answer = owner.post(
        f"/kallor/{source.public_id}/",
        data=b"x",
        content_type="text/plain",
        CONTENT_LENGTH="\u0662",
    )

    assert answer.status_code < 500
