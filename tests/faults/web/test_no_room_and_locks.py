"""A full disk and a locked database: a clear message, nothing lost, nothing half done."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from tests.web.conftest import town
from tests.web.deliveries.conftest import owner, place, send, source, work, zipped

from narvaro.errors import StorageFailed
from narvaro.web.deliveries import taking
from narvaro.web.deliveries.models import Load, Outcome, Source
from narvaro.web.jobs.models import Job
from narvaro.web.jobs.worker import Loop

__all__ = ["owner", "place", "send", "source", "town", "zipped"]


def full(*_: Any, **__: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def left(place: Path) -> list[str]:
    return [one.name for one in (place / "uploads").rglob("*") if one.name != "arriving"]


@pytest.mark.parametrize("where", ["while it comes", "when it is kept"])
def test_an_upload_to_a_full_disk_is_told_and_leaves_nothing(
    owner: Client, source: Source, place: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "while it comes":
        monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    else:
        monkeypatch.setattr(shutil, "copyfile", full)
    file = SimpleUploadedFile("marks.csv", b"lesson,pupil\n")

    answer = owner.post(f"/kallor/{source.public_id}/filer/", {"files": [file]})

    assert answer.status_code == 507
    assert "Disken är full" in answer.content.decode()
    assert not Load.objects.exists()
    assert left(place) == []


def test_a_disk_that_is_full_for_a_while_delays_a_load_and_loses_nothing(
    owner: Client,
    send: Any,
    source: Source,
    zipped: bytes,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = send(source, "delivery.zip", zipped)
    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/")

    def no_room(*_: Any, **__: Any) -> NoReturn:
        raise StorageFailed("The ledger could not be written: No space left on device.")

    with monkeypatch.context() as disk:
        disk.setattr(taking, "taken_from", no_room)
        work()
    job = Job.objects.get(kind="deliveries.take_in")
    assert (job.is_waiting, job.error_kind) == (True, "StorageFailed")
    assert left(place) != []
    assert "Disken är full" in owner.get(f"/kallor/leverans/{load.public_id}/").content.decode()

    Job.objects.update(due_at=timezone.now())
    work()
    load.refresh_from_db()
    assert load.outcome == Outcome.TAKEN
    assert left(place) == []


@pytest.mark.django_db
def test_a_locked_database_makes_a_worker_wait_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def step(loop: Loop) -> bool:
        del loop
        asked.append(1)
        if len(asked) < 3:
            raise OperationalError("database is locked")
        return False

    monkeypatch.setattr(Loop, "step", step)
    monkeypatch.setattr("narvaro.web.jobs.worker.connections.close_all", lambda: None)

    Loop(poll_seconds=0, beat_seconds=0, stopping=lambda: len(asked) >= 3).run()

    assert len(asked) == 3
