"""A backup holds database, ledger and keys as they belong together; a torn one is refused."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
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
    for name in ("django.key", "personal-numbers.key", "log.key", "sources/a.secret"):
        (found.secrets / name).parent.mkdir(exist_ok=True)
        (found.secrets / name).write_bytes(name[:1].encode() * 32)
    found.log_heads.write_text('{"number": 1}\n')
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
    for one in sorted(there.secrets.rglob("*.*")):
        restored = empty.secrets / one.relative_to(there.secrets)
        assert restored.read_bytes() == one.read_bytes(), one.name
        assert restored.stat().st_mode & 0o077 == 0
    assert {one.name for one in empty.secrets.rglob("*.*")} == {
        "django.key", "personal-numbers.key", "log.key", "a.secret",
    }  # fmt: skip
    assert empty.log_heads.read_text() == '{"number": 1}\n'
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
    assert (empty.secrets / "django.key").read_bytes() == b"d" * 32


def test_keys_that_the_settings_have_elsewhere_come_along_and_go_back_there(
    there: Places, tmp_path: Path
) -> None:
    apart = {"log.key": tmp_path / "vault" / "signs", "django.key": tmp_path / "vault" / "cookies"}
    (tmp_path / "vault").mkdir()
    for name, file in apart.items():
        (there.secrets / name).rename(file)
    there = replace(there, key_files={**there.key_files, **apart})

    made = back_up(there, tmp_path / "backup", keys=tmp_path / "keys")
    assert not [one for one in made.rglob("*") if one.name in ("signs", *apart)]
    shutil.rmtree(tmp_path / "vault")
    restore(
        replace(places(tmp_path / "new"), key_files=there.key_files), made, keys=tmp_path / "keys"
    )

    assert apart["log.key"].read_bytes() == b"l" * 32
    assert apart["django.key"].stat().st_mode & 0o077 == 0


def test_heads_of_the_log_that_were_kept_on_are_not_put_back(there: Places, tmp_path: Path) -> None:
    made = back_up(there, tmp_path / "backup")
    empty = places(tmp_path / "new")
    empty.log_heads.parent.mkdir()
    empty.log_heads.write_text("later")

    restore(empty, made)

    assert empty.log_heads.read_text() == "later"


def test_the_log_holds_after_a_restore(tmp_path: Path) -> None:
    mine = {"NARVARO_DATA": str(tmp_path / "data"), "NARVARO_LOG_KEY_FILE": str(tmp_path / "log.k")}
    new = mine | {"NARVARO_DATA": str(tmp_path / "new")}
    run(mine, "make-secrets")
    (tmp_path / "data/secrets/log.key").rename(tmp_path / "log.k")
    run(mine, "migrate", "-v0")
    person = ("--authority", "Linnåsa kommun", "--name", "Rut Provmark", "--email")
    run(mine, "add-administrator", *person, "rut@linnasa.invalid")
    run(mine, "sign-log")
    run(mine, "backup", str(tmp_path / "backup"))
    (tmp_path / "log.k").unlink()

    run(new, "restore", str(tmp_path / "backup"))

    assert (tmp_path / "new/log-heads.jsonl").read_text().count("\n") == 1
    assert "The log holds: 1 entries" in run(new, "verify-log")


def run(env: Mapping[str, str], *words: str, code: int = 0) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings", "NARVARO_HTTPS": "no"}
    done = subprocess.run(
        [sys.executable, "-m", "narvaro.web.config.manage", *words],
        env={**os.environ, **settings, **env},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


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
