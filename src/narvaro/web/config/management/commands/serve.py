"""`narvaro-web serve`: the pages, and a worker beside them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from narvaro.web.config.serving import serve


class Command(BaseCommand):
    """Serves with gunicorn; on this machine only unless told otherwise."""

    help = "Serve the pages, and do the jobs in a worker beside them, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's options."""
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (this machine)")
        parser.add_argument("--port", type=int, default=8000, help="at which port (8000)")
        parser.add_argument("--processes", type=int, default=2, help="processes that answer (2)")
        parser.add_argument("--no-worker", action="store_true", help="serve the pages alone")

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve."""
        code = serve(
            options["host"],
            options["port"],
            processes=options["processes"],
            with_worker=not options["no_worker"],
        )
        raise SystemExit(code)
