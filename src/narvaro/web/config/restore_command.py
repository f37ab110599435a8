"""`narvaro-web restore FOLDER`: runs before any setting is read that needs a secret's file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from narvaro.web.config.backing_up import Places
from narvaro.web.config.environment import Environment
from narvaro.web.config.restoring import restore

SECRET_FILES = {
    "SECRET_KEY_FILE": "django.key",
    "PERSONAL_NUMBER_KEY_FILE": "personal-numbers.key",
    "LOG_KEY_FILE": "log.key",
}
"""The settings that name a secret's file, and its name among the secrets."""


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
    secrets = env.path("SECRETS", data / "secrets")
    return Places(
        database=env.database("DATABASE", data / "narvaro.sqlite3"),
        ledger=ledger,
        key_file=env.path("KEY_FILE", ledger.with_name(ledger.name + ".key")),
        secrets=secrets,
        programmes=env.path("PROGRAMMES", data / "programmes"),
        log_heads=env.path("LOG_HEADS", data / "log-heads.jsonl"),
        key_files={
            name: env.path(setting, secrets / name) for setting, name in SECRET_FILES.items()
        },
    )
