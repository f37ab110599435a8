"""A backup holds database, ledger and keys as they belong together; a torn one is refused."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import small_town
from tests.support.throwaway_postgres import throwaway_postgres

from narvaro.errors import BadRequest, InputRefused, StorageFailed
from narvaro.exchange import write_delivery
from narvaro.ledger import open_ledger
from narvaro.ledger.verifying import differences
from narvaro.pipeline import Door, take_in
from narvaro.web.config.backing_up import MANIFEST, Places, back_up
from narvaro.web.config.environment import Environment
from narvaro.web.config.restore_command import places_of
from narvaro.web.config.restoring import restore


def places(folder: Path) -> Places:
    return places_of(Environment({"NARVARO_DATA": str(folder)}))


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled")
    small_town.settle(folder)
    return folder


@pytest.fixture
def there(settled: Path, tmp_path: Path) -> Places:
    """An installation with something in each of its places."""
    found = places(tmp_path / "data")
    (tmp_path / "data").mkdir()
    shutil.copytree(settled / "ledger", found.ledger)
    shutil.copyfile(settled / "ledger.key", found.key_file)
    with contextlib.closing(sqlite3.connect(str(found.database["NAME"]))) as database, database:
        database.execute("CREATE TABLE things (name TEXT)")
        database.execute("INSERT INTO things VALUES ('one')")
    found.secrets.mkdir()
    (found.secrets / "django.key").write_bytes(b"k" * 32)
    found.programmes.mkdir()
    (found.programmes / "own.toml").write_text("schema = 1")
    return found


def things(at: Places) -> list[Any]:
    with contextlib.closing(sqlite3.connect(str(at.database["NAME"]))) as database:
        return database.execute("SELECT name FROM things").fetchall()


def test_a_backup_is_restored_onto_an_empty_machine(there: Places, tmp_path: Path) -> None:
    made = back_up(there, tmp_path / "backup")
    empty = places(tmp_path / "new" / "data")

    restore(empty, made)

    assert things(empty) == [("one",)]
    assert (empty.secrets / "django.key").stat().st_mode & 0o077 == 0
    assert (empty.programmes / "own.toml").read_text() == "schema = 1"
    ledger = open_ledger(empty.ledger)
    assert ledger.key_maker().fingerprint == open_ledger(there.ledger).key_maker().fingerprint
    assert set(differences(ledger.snapshot(), zone="Europe/Stockholm").values()) == {0}


def test_the_keys_can_lie_apart_and_are_asked_for(there: Places, tmp_path: Path) -> None:
    back_up(there, tmp_path / "backup", keys=tmp_path / "keys")
    assert not list((tmp_path / "backup").rglob("*.key"))
    empty = places(tmp_path / "new")

    with pytest.raises(BadRequest):
        restore(empty, tmp_path / "backup")
    assert not empty.ledger.exists()

    restore(empty, tmp_path / "backup", keys=tmp_path / "keys")
    assert (empty.secrets / "django.key").read_bytes() == b"k" * 32


@pytest.mark.parametrize("how", ["gone", "cut", "changed", "no manifest", "torn manifest"])
def test_a_torn_backup_is_refused_and_nothing_of_it_is_restored(
    there: Places, tmp_path: Path, how: str
) -> None:
    made = back_up(there, tmp_path / "backup")
    victim = sorted((made / "ledger").rglob("*.parquet"))[0]
    if how == "gone":
        victim.unlink()
    elif how == "cut":
        victim.write_bytes(victim.read_bytes()[:-7])
    elif how == "changed":
        (made / "database.sqlite3").write_bytes(b"something else")
    elif how == "no manifest":
        (made / MANIFEST).unlink()
    else:
        (made / MANIFEST).write_text((made / MANIFEST).read_text()[:-40])
    empty = places(tmp_path / "new")

    with pytest.raises((InputRefused, BadRequest)):
        restore(empty, made)

    assert not (tmp_path / "new").exists()


def test_nothing_that_is_there_is_written_over(there: Places, tmp_path: Path) -> None:
    made = back_up(there, tmp_path / "backup")

    with pytest.raises(BadRequest):
        restore(there, made)
    with pytest.raises(BadRequest):
        back_up(there, made)

    assert things(there) == [("one",)]


def test_a_restore_that_was_ended_in_the_middle_is_gone_on_with(
    there: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(there, tmp_path / "backup")
    empty = places(tmp_path / "new")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "copytree", full)
        with pytest.raises(OSError, match="No space"):
            restore(empty, made)
    assert not empty.ledger.exists()

    restore(empty, made)
    assert things(empty) == [("one",)]


def test_a_full_disk_leaves_no_half_backup(
    there: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)

    with pytest.raises(StorageFailed):
        back_up(there, tmp_path / "backup")

    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_backup_taken_while_an_import_runs_is_whole(there: Places, tmp_path: Path) -> None:
    done = threading.Event()
    problems: list[BaseException] = []

    def go_on_importing() -> None:
        try:
            for number in range(1, 7):
                mark = {"lesson": "elementary-10-04", "pupil": "often", "present_minutes": number}
                path = write_delivery({"marks": [mark]}, tmp_path / f"m{number}")
                at = small_town.CORRECTED + timedelta(days=number)
                take_in(path, there.ledger, Door(pupil_keys="as-given", arrived_at=at))
        except BaseException as problem:  # noqa: BLE001  told by the test itself
            problems.append(problem)
        finally:
            done.set()

    importing = threading.Thread(target=go_on_importing)
    importing.start()
    made: list[Path] = []
    while not done.is_set() and len(made) < 20:
        made.append(back_up(there, tmp_path / f"backup-{len(made)}"))
    importing.join()

    assert problems == []
    assert len(made) > 1
    for one in made:
        ledger = open_ledger(one / "ledger")
        assert set(differences(ledger.snapshot(), zone="Europe/Stockholm").values()) == {0}


def test_a_database_on_postgresql_is_backed_up_and_restored(tmp_path: Path, settled: Path) -> None:
    import psycopg

    with throwaway_postgres() as address, throwaway_postgres() as other:
        env = {"NARVARO_DATA": str(tmp_path / "data"), "NARVARO_DATABASE": address}
        there = places_of(Environment(env))
        (tmp_path / "data").mkdir()
        shutil.copytree(settled / "ledger", there.ledger)
        shutil.copyfile(settled / "ledger.key", there.key_file)
        with psycopg.connect(host=str(there.database["HOST"]), user="app", dbname="postgres") as db:
            db.execute("CREATE TABLE things (name TEXT)")
            db.execute("INSERT INTO things VALUES ('one')")
        made = back_up(there, tmp_path / "backup")
        empty = places_of(
            Environment({"NARVARO_DATA": str(tmp_path / "new"), "NARVARO_DATABASE": other})
        )

        restore(empty, made)

        with psycopg.connect(host=str(empty.database["HOST"]), user="app", dbname="postgres") as db:
            assert db.execute("SELECT name FROM things").fetchall() == [("one",)]
        with pytest.raises(BadRequest):
            restore(empty, made)
