"""An installation whose worker is killed: makes it, queues in it, works in it, shows it.

As a program: `make`, `queue KEY`, `load ZIP`, `work`, `show`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

STEPS, STEP_SECONDS = 8, 0.15
LAPSE_SECONDS, BEAT_SECONDS = 3.0, 0.3


def main(words: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "narvaro.web.config.settings"
    from narvaro.web.config.secret_files import make_secrets

    if words[0] == "make":
        make_secrets()
    import django

    django.setup()
    programs: dict[str, Callable[..., None]] = {
        "make": make,
        "queue": queue,
        "load": load,
        "work": work,
        "show": show,
    }
    programs[words[0]](*words[1:])


def make() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def queue(key: str) -> None:
    from narvaro.web.jobs.actions import enqueue

    register()
    enqueue("test.steps", {"file": str(data() / f"{key}.txt")}, key=key)


def load(zipped: str) -> None:
    """A load that somebody has decided to take in."""
    from django.utils import timezone

    from narvaro.web.accounts.models import Authority, AuthorityKind
    from narvaro.web.audit.chain import NOBODY
    from narvaro.web.deliveries.models import Load, Source
    from narvaro.web.jobs.actions import enqueue

    authority = Authority.objects.create(name="Town", kind=AuthorityKind.SCHOOL, key="town")
    source = Source.objects.create(
        authority=authority, name="files", kind="exchange", has_pseudonyms=True
    )
    folder = data() / "uploads" / "token"
    folder.mkdir(parents=True)
    shutil.copyfile(zipped, folder / "upload.zip")
    now = datetime.now(UTC)
    made = Load.objects.create(
        source=source,
        asked_at=now,
        asked_by=asdict(NOBODY),
        stored="token",
        looked_at=timezone.now(),
        decided_at=now,
    )
    enqueue("deliveries.take_in", {"load": made.public_id}, key="load")


def work() -> None:
    from narvaro.web.jobs.leases import Watch
    from narvaro.web.jobs.worker import Loop

    register()
    Loop(watch=Watch(LAPSE_SECONDS), beat_seconds=BEAT_SECONDS, poll_seconds=0.2).run()


def show() -> None:
    from narvaro.web.deliveries.models import Load
    from narvaro.web.jobs.models import Job

    jobs = Job.objects.exclude(kind__in=("figures.prewarm", "jobs.tidy")).exclude(slot__gt="")
    said = {
        "jobs": list(
            jobs.order_by("pk").values("kind", "key", "outcome", "attempts", "error_kind")
        ),
        "loads": list(Load.objects.values("outcome", "batch", "stored")),
    }
    sys.stdout.write(json.dumps(said))


def register() -> None:
    from narvaro.web.jobs.handlers import Running, offer_job

    def steps(running: Running) -> None:
        file = Path(str(running.arguments["file"]))
        with file.open("a") as told:
            told.write(f"began {running.attempt} {os.getpid()}\n")
            told.flush()
            for step in range(STEPS):
                running.progress("steps", step, STEPS)
                time.sleep(STEP_SECONDS)
            told.write("done\n")

    offer_job("test.steps", "steps", steps, attempts=50)


def data() -> Path:
    from django.conf import settings

    return Path(settings.DATA_FOLDER)


if __name__ == "__main__":
    main(sys.argv[1:])
