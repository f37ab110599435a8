"""`narvaro-web sign-log`: signs where the log stands; run it every night."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from narvaro.web.audit.checkpoints import sign_head


class Command(BaseCommand):
    """Adds a checkpoint, and a line to the file outside the database."""

    help = "Sign where the log stands, in the database and in a file outside it."

    def handle(self, *_given: Any, **_named: Any) -> None:
        """Sign and say so."""
        made = sign_head(at=datetime.now(UTC))
        self.stdout.write("Nothing new to sign." if made is None else f"Signed at {made.number}.")
