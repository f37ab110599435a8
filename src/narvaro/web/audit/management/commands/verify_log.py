"""`narvaro-web verify-log`: reads the whole log and says where it does not hold."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from narvaro.web.audit.verification import verify


class Command(BaseCommand):
    """Ends with 1 when the log does not hold."""

    help = "Read the log of reads and writes again and say where it does not hold."

    def handle(self, *_given: Any, **_named: Any) -> None:
        """Print the verdict."""
        verdict = verify()
        for fault in verdict.faults[:100]:
            self.stdout.write(f"entry {fault.number}: {fault.what}")
        if not verdict.holds:
            self.stdout.write(f"The log does NOT hold: {len(verdict.faults)} places.")
            sys.exit(1)
        self.stdout.write(
            f"The log holds: {verdict.count} entries, {verdict.first} to {verdict.last}."
        )
