"""`narvaro-web work`: do the jobs of the queue."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from narvaro.web.jobs.clock import installation_now
from narvaro.web.jobs.leases import LAPSE_SECONDS, Watch
from narvaro.web.jobs.trying import BEAT_SECONDS
from narvaro.web.jobs.worker import Loop


class Command(BaseCommand):
    """Runs one worker until it is asked to stop."""

    help = "Do the jobs of the queue, one at a time, until stopped. Start several for more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's options."""
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the starting process ends"
        )
        parser.add_argument("--lapse", type=float, default=LAPSE_SECONDS, metavar="SECONDS")
        parser.add_argument("--beat", type=float, default=BEAT_SECONDS, metavar="SECONDS")

    def handle(self, *_: Any, **options: Any) -> None:
        """Work."""
        stop = _Stop(os.getppid() if options["with_parent"] else None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop.asked)
        loop = Loop(
            clock=installation_now,
            stopping=stop.is_wanted,
            watch=Watch(options["lapse"]),
            beat_seconds=options["beat"],
        )
        loop.run(once=options["once"])


class _Stop:
    """Asked by a signal, or by the end of the process that started us."""

    def __init__(self, parent: int | None) -> None:
        self.parent = parent
        self.was_asked = False

    def asked(self, _number: int, _frame: FrameType | None) -> None:
        self.was_asked = True

    def is_wanted(self) -> bool:
        return self.was_asked or self.parent not in (None, os.getppid())
