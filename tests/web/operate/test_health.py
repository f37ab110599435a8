"""The one who watches over the installation is told in words, and nobody's data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.contracts import small_town

pytestmark = pytest.mark.django_db


def ready() -> tuple[int, dict[str, str]]:
    answer = Client().get("/redo/")
    return answer.status_code, answer.json()


def test_it_is_alive_and_ready_without_a_ledger(settings: Settings, tmp_path: Path) -> None:
    settings.LEDGER = tmp_path / "ledger"

    assert Client().get("/halsa/").json() == {"status": "ok"}
    code, said = ready()
    assert (code, said["ledger"], said["database"]) == (200, "none yet", "ok")
    assert said["worker"] == "none seen"


def test_it_is_not_ready_with_another_key_a_damaged_ledger_or_a_full_disk(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LEDGER = small_town.settle(tmp_path)
    assert ready()[0] == 200

    key = tmp_path / "ledger.key"
    kept = key.read_bytes()
    key.write_bytes(b"x" * 32)
    assert ready() == (503, ready()[1] | {"key": "WrongKeyFile", "status": "not ready"})
    key.write_bytes(kept)

    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))
        assert ready()[1]["disk"] == "full"

    (tmp_path / "ledger" / "ledger.json").write_text("{")
    code, said = ready()
    assert (code, said["ledger"]) == (503, "LedgerDamaged")
    assert str(tmp_path) not in str(said)
