"""`narvaro-web restore FOLDER`: runs before any setting is read that needs a secret's file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from narvaro.web.config.backing_up import Places
from narvaro.web.config.environment import Environment
from narvaro.web.config.restoring import restore


def run(words: list[str]) -> int:
    """Restore; returns the exit code. Raises what `restoring.restore` raises."""
    parser = ArgumentParser(
        "narvaro-web restore",
        description="Put a backup back where nothing is: onto a new machine, or an emptied one.",
    )
    parser.add_argument("folder", type=Path, help="the backup")
    parser.add_argument("--keys", type=Path, help="the folder of its secrets, if they lie apart")
    given = parser.parse_args(words)
    restore(places_of(Environment()), given.folder.absolute(), keys=given.keys)
    sys.stdout.write("Restored. Run `narvaro-web migrate`, then start the application.\n")
    return 0


def places_of(env: Environment) -> Places:
    """Where the settings say that everything is; read without needing any of it."""
    data = env.path("DATA", Path("data"))
    ledger = env.path("LEDGER", data / "ledger")
    return Places(
        database=env.database("DATABASE", data / "narvaro.sqlite3"),
        ledger=ledger,
        key_file=env.path("KEY_FILE", ledger.with_name(ledger.name + ".key")),
        secrets=env.path("SECRETS", data / "secrets"),
        programmes=env.path("PROGRAMMES", data / "programmes"),
    )
