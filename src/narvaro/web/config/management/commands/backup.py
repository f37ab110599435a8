"""`narvaro-web backup FOLDER`: database, ledger and keys together."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from narvaro.web.config.backing_up import back_up
from narvaro.web.config.environment import Environment
from narvaro.web.config.restore_command import places_of


class Command(BaseCommand):
    """Writes a backup; work goes on meanwhile."""

    help = "Write a backup of database, ledger, keys and programmes; work goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's options."""
        parser.add_argument("folder", type=Path, help="a folder that is not there yet")
        parser.add_argument("--keys", type=Path, help="keep the secrets apart, in this folder")

    def handle(self, *_: Any, **options: Any) -> None:
        """Back up."""
        places = places_of(Environment())
        made = back_up(places, options["folder"].absolute(), keys=_absolute(options["keys"]))
        self.stdout.write(f"The backup is in {made}.")


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path else None
