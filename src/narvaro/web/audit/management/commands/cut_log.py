"""`narvaro-web cut-log`: removes what is older than the log is kept, at a signed checkpoint."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from narvaro.web.audit.chain import NOBODY
from narvaro.web.audit.checkpoints import cut


class Command(BaseCommand):
    """The chain verifies from the checkpoint on."""

    help = "Remove entries older than NARVARO_LOG_KEPT_DAYS, at a signed checkpoint."

    def handle(self, *_given: Any, **_named: Any) -> None:
        """Cut and say how much."""
        now = datetime.now(UTC)
        done = cut(older_than=now - timedelta(days=settings.LOG_KEPT_DAYS), at=now, by=NOBODY)
        self.stdout.write(f"Removed {done.count} entries.")
