"""Puts a backup back where nothing is: checked whole first, then every part, the ledger last."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from narvaro.errors import BadRequest, Fault, InputRefused
from narvaro.web.config.backing_up import (
    FORMAT,
    KEYS_ELSEWHERE,
    LOG_HEADS,
    MANIFEST,
    Places,
    digest,
    names_in,
    run_postgresql,
)


def restore(places: Places, folder: Path, *, keys: Path | None = None) -> None:
    """Put a backup back. Raises InputRefused for one that is torn, and takes nothing of it.

    Nothing that is there is overwritten, unless it is the very same file: a restore that was
    ended in the middle is gone on with by starting it again.
    """
    about = checked(folder)
    if about["keys_apart"]:
        if keys is None:
            raise BadRequest("The backup's keys lie apart.", remedy="Name their folder: --keys.")
        checked(keys)
    secrets = keys or folder / "keys"
    _check_room(places, folder, secrets, about)
    _keys(places, secrets)
    _database(places.database, folder, about)
    if (folder / LOG_HEADS).exists() and not places.log_heads.exists():
        _put(folder / LOG_HEADS, places.log_heads)
    if (folder / "programmes").is_dir():
        shutil.copytree(folder / "programmes", places.programmes, dirs_exist_ok=True)
    if (folder / "ledger").is_dir():
        _put(folder / "ledger", places.ledger)


def checked(folder: Path) -> dict[str, Any]:
    """Hold a backup against its manifest, file by file; returns the manifest."""
    try:
        about = json.loads((folder / MANIFEST).read_text("utf-8"))
        told, is_known = dict(about["files"]), about["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        raise BadRequest(
            f"{folder.name} is no whole backup: its {MANIFEST} is not there or not readable.",
            remedy="It may be torn. Use another backup; nothing has been changed.",
        ) from None
    faults = list(_torn(folder, told)) if is_known else [Fault(MANIFEST, 0, "", "other format")]
    if faults:
        raise InputRefused(f"The backup {folder.name}", faults)
    return dict(about)


def _torn(folder: Path, told: Mapping[str, str]) -> Iterator[Fault]:
    there = set(names_in(folder))
    for name, wanted in sorted(told.items()):
        if name not in there:
            yield Fault(name, 0, "", "the file is gone", "Use another backup.")
        elif digest(folder / name) != wanted:
            yield Fault(name, 0, "", "the file is torn or changed", "Use another backup.")


def _check_room(places: Places, folder: Path, secrets: Path, about: Mapping[str, Any]) -> None:
    """Refuse, before anything is written, to write over what is there and is not the same."""
    if (places.ledger / "ledger.json").exists():
        raise _is_there("a ledger")
    file = Path(str(places.database["NAME"]))
    is_sqlite = str(places.database["ENGINE"]).endswith("sqlite3")
    if is_sqlite != (about["database"] == "sqlite"):
        raise BadRequest(
            f"The backup's database is {about['database']}, and the settings name another kind.",
            remedy="Set NARVARO_DATABASE as it was when the backup was made.",
        )
    if is_sqlite and file.exists() and not _is_same(folder / "database.sqlite3", file):
        raise _is_there("a database")
    if not is_sqlite and _has_tables(places.database):
        raise _is_there("a database with tables in it")
    for source, target in _key_files(places, secrets):
        if target.exists() and not _is_same(source, target):
            raise _is_there(f"another {target.name}")


def _is_there(what: str) -> BadRequest:
    return BadRequest(
        f"There is {what} here already.",
        remedy="Restore to an empty place, or move what is there away first; nothing was changed.",
    )


def _is_same(one: Path, other: Path) -> bool:
    return digest(one) == digest(other)


def _key_files(places: Places, secrets: Path) -> Iterator[tuple[Path, Path]]:
    if (secrets / "ledger.key").exists():
        yield secrets / "ledger.key", places.key_file
    for file in sorted((secrets / "secrets").rglob("*")):
        if file.is_file():
            yield file, places.secrets / file.relative_to(secrets / "secrets")
    for name, target in places.key_files.items():
        if (secrets / KEYS_ELSEWHERE / name).exists():
            yield secrets / KEYS_ELSEWHERE / name, target


def _keys(places: Places, secrets: Path) -> None:
    for source, target in _key_files(places, secrets):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.restoring")
        shutil.copyfile(source, new)
        new.chmod(0o600)
        new.replace(target)


def _database(database: Mapping[str, Any], folder: Path, about: Mapping[str, Any]) -> None:
    if about["database"] == "sqlite":
        _put(folder / "database.sqlite3", Path(str(database["NAME"])))
        return
    program = shutil.which("pg_restore")
    if program is None:
        raise BadRequest(
            "pg_restore is not on this machine.", remedy="Install PostgreSQL's client programs."
        )
    words = [program, "--no-owner", "--exit-on-error", "--single-transaction"]
    run_postgresql(
        [*words, f"--dbname={database['NAME']}", str(folder / "database.pgdump")], database
    )


def _has_tables(database: Mapping[str, Any]) -> bool:
    import psycopg

    with psycopg.connect(
        dbname=str(database["NAME"]),
        user=database.get("USER") or None,
        password=database.get("PASSWORD") or None,
        host=database.get("HOST") or None,
        port=database.get("PORT") or None,
    ) as connection:
        found = connection.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()
    return bool(found and found[0])


def _put(source: Path, target: Path) -> None:
    """A file or a folder, whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.restoring")
    if source.is_dir():
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(source, new)
    else:
        shutil.copyfile(source, new)
        new.chmod(0o600)
    new.replace(target)
