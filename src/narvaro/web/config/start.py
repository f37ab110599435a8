"""What `./start` does after the municipality is there: fill the database, serve, work the queue.

`python -m narvaro.web.config.start FOLDER [--port N] [--today DAY] [--stop]`
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

TODAY = "2026-12-02"
"""The demo's day, unless another is asked for: a Wednesday in the second autumn."""


def main(words: list[str]) -> int:
    """Fill and serve, until Ctrl+C. Returns the exit code."""
    options = _options(words)
    folder = options.folder.resolve()
    os.environ |= {
        "NARVARO_DEMO": "1",
        "NARVARO_DATA": str(folder),
        "NARVARO_TODAY": options.today.isoformat(),
        "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
    }
    os.environ.setdefault("NARVARO_PUBLIC_ADDRESS", f"http://127.0.0.1:{options.port}")
    _fill(options)
    if options.stop:
        return 0
    return _serve(options.port)


def _options(words: list[str]) -> Namespace:
    parser = ArgumentParser("start", description="Närvaro with an invented municipality in it.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("demo"))
    parser.add_argument("--port", type=int, default=8000, help="where, on this machine only (8000)")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=date.fromisoformat(TODAY),
        help=f"the day it is in the demo ({TODAY})",
    )
    parser.add_argument("--stop", action="store_true", help="stop before serving")
    return parser.parse_known_args(words)[0]


def _fill(options: Namespace) -> None:
    from narvaro.web.config.secret_files import make_secrets

    make_secrets()
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    from narvaro.web.config.demo import fill_demo

    pupils = fill_demo()
    _say(f"The web application knows {pupils} pupils and somebody in every role.")
    from narvaro.web.config.demo_cases import make_cases
    from narvaro.web.config.demo_class_staff import choose_class_staff
    from narvaro.web.config.demo_consents import make_consents
    from narvaro.web.config.demo_together import make_together
    from narvaro.web.exports.sending import send_out
    from narvaro.web.figures.warming import prewarm
    from narvaro.web.ui.registry import day_moved

    noon = datetime.combine(options.today, time(12), ZoneInfo("Europe/Stockholm"))
    send_out(noon)  # who takes part changes figures: told before they are worked out
    _say("Working out the figures of the pages …")
    prewarm(noon)
    _say("Opening the autumn's cases …")
    make_cases(noon)
    make_consents(noon)
    make_together(noon)
    day_moved(noon)
    choose_class_staff(noon)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _serve(port: int) -> int:
    from narvaro.web.config.serving import serve

    _say(f"\nOpen http://127.0.0.1:{port}/ (Ctrl+C stops)")
    return serve("127.0.0.1", port, processes=2, with_worker=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
