"""A backup of the database, the ledger and the keys, consistent with each other.

The database is copied first and the ledger after it. So the ledger in the backup holds at least
every batch that the database knows of, and a load that was under way is found done, or is done
again. Nobody has to stop working meanwhile: the ledger's files are never changed once written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from narvaro.errors import BadRequest, LedgerBusy, StorageFailed

FORMAT = 1
MANIFEST = "backup.json"
LOG_HEADS, KEYS_ELSEWHERE = "log-heads.jsonl", "elsewhere"
NOT_COPIED = {"lock", "arriving", "staging"}
TRIES = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Where an installation keeps what a backup holds. `database` as Django describes it.

    `key_files`: the web application's own keys by their usual names, wherever the settings have
    them. `log_heads`: where the log has stood.
    """

    database: Mapping[str, Any]
    ledger: Path
    key_file: Path
    secrets: Path
    programmes: Path
    log_heads: Path
    key_files: Mapping[str, Path]

    @property
    def keys_elsewhere(self) -> Mapping[str, Path]:
        """The keys that do not lie among the secrets."""
        found = self.key_files.items()
        return {name: one for name, one in found if self.secrets not in one.parents}


def back_up(places: Places, folder: Path, *, keys: Path | None = None) -> Path:
    """Write a backup to a folder that is not there yet; `keys`: the secrets in one of their own.

    The folder appears whole or not at all. Raises BadRequest, StorageFailed, LedgerBusy.
    """
    for one in filter(None, (folder, keys)):
        if one.exists():
            raise BadRequest(
                f"There is something at {one} already.", remedy="Name a folder that is not there."
            )
    partial = folder.with_name(f".{folder.name}.partial")
    apart = keys.with_name(f".{keys.name}.partial") if keys else partial / "keys"
    for one in (partial, apart):
        shutil.rmtree(one, ignore_errors=True)
    try:
        with _no_space_is_said():
            _write(places, partial, apart)
            if keys:
                _manifest(apart, {"keys_of": folder.name})
                apart.rename(keys)
            _manifest(partial, {"keys_apart": keys is not None, **_about(places)})
            partial.rename(folder)
            _synced(folder.parent)
    finally:
        for one in (partial, apart):
            shutil.rmtree(one, ignore_errors=True)
    return folder


def _write(places: Places, partial: Path, apart: Path) -> None:
    partial.mkdir(mode=0o700, parents=True)
    apart.mkdir(mode=0o700, parents=True, exist_ok=True)
    if places.log_heads.exists():  # before the database, which then holds all that they tell of
        _copied(places.log_heads, partial / LOG_HEADS)
    copy_database(places.database, partial)
    if (places.ledger / "ledger.json").exists():
        copy_ledger(places.ledger, partial / "ledger")
    if places.programmes.is_dir():
        shutil.copytree(places.programmes, partial / "programmes")
    if places.key_file.exists():
        _copied(places.key_file, apart / "ledger.key")
    if places.secrets.is_dir():
        shutil.copytree(places.secrets, apart / "secrets")
    for name, file in places.keys_elsewhere.items():
        if file.exists():
            (apart / KEYS_ELSEWHERE).mkdir(mode=0o700, exist_ok=True)
            _copied(file, apart / KEYS_ELSEWHERE / name)


def copy_database(database: Mapping[str, Any], into: Path) -> None:
    """Copy the database as it stands at one moment, while others write to it."""
    if str(database["ENGINE"]).endswith("sqlite3"):
        if not Path(str(database["NAME"])).exists():
            raise BadRequest("There is no database yet.", remedy="Run `narvaro-web migrate`.")
        with (
            contextlib.closing(sqlite3.connect(str(database["NAME"]), timeout=60)) as source,
            contextlib.closing(sqlite3.connect(into / "database.sqlite3")) as target,
        ):
            source.backup(target)
        return
    dump = shutil.which("pg_dump")
    if dump is None:
        raise BadRequest(
            "pg_dump is not on this machine.", remedy="Install PostgreSQL's client programs."
        )
    words = [dump, "--format=custom", f"--file={into / 'database.pgdump'}"]
    run_postgresql(words, database)


def copy_ledger(ledger: Path, into: Path) -> None:
    """Copy the ledger as its newest batch left it; what is written meanwhile may come along.

    Raises LedgerBusy when a disposal took files away while they were copied, time after time.
    """
    for _ in range(TRIES):
        shutil.rmtree(into, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            _copy_once(ledger, into)
            if _is_whole(into):
                return
    raise LedgerBusy(
        "Files of the ledger went away while they were copied.",
        remedy="A disposal is under way; try again when it is done.",
    )


def _copy_once(ledger: Path, into: Path) -> None:
    """The batches first: the tables copied after them hold every version that those name."""
    into.mkdir(mode=0o700, parents=True)
    _copy_tree(ledger / "batches", into / "batches")
    others = sorted(one for one in ledger.iterdir() if one.name not in NOT_COPIED | {"batches"})
    for one in others:
        if one.is_dir():
            _copy_tree(one, into / one.name)
        else:
            _copied(one, into / one.name)


def _copy_tree(folder: Path, into: Path) -> None:
    """A folder; the pointer to a log's newest checkpoint before the log it points into."""
    into.mkdir(parents=True)
    for one in sorted(folder.iterdir(), key=lambda path: path.name != "_last_checkpoint"):
        if one.is_dir():
            _copy_tree(one, into / one.name)
        else:
            _copied(one, into / one.name)


def _is_whole(ledger: Path) -> bool:
    from narvaro.ledger import open_ledger

    snapshot = open_ledger(ledger).snapshot()
    files = (file for name in snapshot.batch.versions for file in snapshot.table(name).files)
    return all(Path(str(file)).exists() for file in files)


def _copied(file: Path, there: Path) -> None:
    shutil.copyfile(file, there)
    there.chmod(0o600)


def _about(places: Places) -> dict[str, Any]:
    kind = "sqlite" if str(places.database["ENGINE"]).endswith("sqlite3") else "postgresql"
    return {"made_at": datetime.now(UTC).isoformat(), "database": kind}


def _manifest(folder: Path, about: Mapping[str, Any]) -> None:
    """What the folder holds, last of all: a backup without it, or unlike it, is torn."""
    files = {name: digest(folder / name) for name in names_in(folder)}
    text = json.dumps({"format": FORMAT, **about, "files": files}, indent=1)
    for name in files:
        _synced(folder / name)
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def names_in(folder: Path) -> Iterator[str]:
    """Every file of a backup but its manifest, by its place in it."""
    for one in sorted(folder.rglob("*")):
        name = one.relative_to(folder).as_posix()
        if one.is_file() and name != MANIFEST:
            yield name


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def run_postgresql(words: list[str], database: Mapping[str, Any]) -> None:
    """Run one of PostgreSQL's programs on the database; its password by the environment only."""
    given = {
        "PGDATABASE": database["NAME"],
        "PGUSER": database.get("USER"),
        "PGPASSWORD": database.get("PASSWORD"),
        "PGHOST": database.get("HOST"),
        "PGPORT": database.get("PORT"),
    }
    env = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    done = subprocess.run(words, env=env, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise StorageFailed(
            f"{Path(words[0]).name} ended with {done.returncode}; nothing was kept of it.",
            remedy="Run it by hand to see what it says.",
        )


@contextlib.contextmanager
def _no_space_is_said() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as problem:
        why = getattr(problem, "strerror", None) or "the database could not be copied"
        raise StorageFailed(
            f"The backup could not be written: {why}.",
            remedy="Make room and try again; nothing is left of this one.",
        ) from problem
