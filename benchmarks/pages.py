"""How fast pages are with a large municipality and many people at once.

`python benchmarks/pages.py FOLDER [--pupils 25000] [--users 50] [--seconds 120]` makes an invented
municipality in FOLDER (once), starts the web application on this machine, signs in people of
several roles, lets each open a page every ten seconds, and prints the server's own time for each
kind of page. The load and the server share the machine's cores.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
EVERY_SECONDS = 10
TODAY = "2026-12-02"
RUNS = (
    ("2026-09", "2026-10-05T00:00:00Z"),
    ("2026-10", "2026-11-05T00:00:00Z"),
    ("2026-11", "2026-12-01T05:00:00Z"),
)
GOAL_MS = 200
GOAL_BYTES = 150_000
KINDS = (
    ("overview", re.compile(r"^/kommunen/")),
    ("queue", re.compile(r"^/(att-gora|lektioner)/")),
    ("school", re.compile(r"^/(skolor|klasser)/")),
    ("pupil", re.compile(r"^/elever/[^/]+/$")),
    ("registration", re.compile(r"^/registrering/")),
)
ASK = """
import json, os, sys
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from datetime import UTC, datetime
from narvaro.web.accounts.doors import ACTING_AS
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil
Store = import_module(settings.SESSION_ENGINE).SessionStore
day = settings.TODAY
told = []
wanted = int(sys.argv[1])
shares = ((Role.PRINCIPAL, 20), (Role.MENTOR, 20), (Role.ANALYST, 5), (Role.TEACHER, 1000))
for role, most in shares:
    rows = Assignment.objects.in_force(day).filter(role=role, account__isnull=False)
    for one in rows.select_related('account', 'unit__authority').order_by('public_id')[:most]:
        if len(told) >= wanted:
            break
        session = Store()
        session[SESSION_KEY] = str(one.account.pk)
        session[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'
        session[HASH_SESSION_KEY] = one.account.get_session_auth_hash()
        session[ACTING_AS] = one.public_id
        session.create()
        viewer = Viewer(one.account, one, day, datetime.now(UTC))
        pages = ['/att-gora/']
        if role == Role.ANALYST:
            pages += ['/kommunen/', '/registrering/']
        else:
            mine = Pupil.objects.visible_to(viewer, 'pupils.pupil').filter(protection='none')
            pages += [f'/elever/{key}/' for key in mine.values_list('public_id', flat=True)[:40]]
        if role == Role.PRINCIPAL:
            pages += [f'/skolor/{one.unit.public_id}/'] * 20
        if role in (Role.MENTOR, Role.TEACHER):
            pages += ['/lektioner/'] * 10 + [f'/klasser/{one.unit.public_id}/'] * 10
        told.append({'cookie': session.session_key, 'pages': pages})
print(json.dumps(told))
"""


def main(words: Sequence[str]) -> int:
    """Make, serve, load, print. Returns 1 when anything answered with an error."""
    options = _options(words)
    _make(options)
    environment = _environment(options.folder)
    told = subprocess.run(
        [sys.executable, "-c", ASK, str(options.users)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    users = json.loads(told.stdout.strip().splitlines()[-1])
    log = options.folder / "pages.log"
    log.unlink(missing_ok=True)
    with _serving(environment, log) as address:
        _warm(address, users)
        marked = log.stat().st_size
        _load(address, users, options.seconds)
        weights = _weights(address, users)
    lines = log.read_bytes()[marked:].decode().splitlines()
    return _tell(lines, weights, len(users), options)


def _options(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser("pages", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pupils", type=int, default=25_000)
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    return parser.parse_args(words)


def _make(options: Namespace) -> None:
    folder, ledger = options.folder, options.folder / "ledger"
    narvaro = [sys.executable, "-m", "narvaro.cli"]
    if not (folder / "manifest.json").exists():
        size = ["--pupils", str(options.pupils), "--schools", str(options.schools)]
        year = ["--school-years", "1", "--first-year", "2026"]
        subprocess.run([*narvaro, "demo", str(folder), *size, *year], check=True)
    if not (ledger / "ledger.json").exists():
        subprocess.run(
            [*narvaro, "import", str(folder / "delivery"), "--ledger", str(ledger)], check=True
        )
        programme = str(ROOT / "src" / "narvaro" / "demo" / "linnasa.toml")
        for month, known in RUNS:
            words = ["--programme", programme, "--at", month, "--as-known-at", known]
            subprocess.run([*narvaro, "run", "--ledger", str(ledger), *words], check=True)
    if not (folder / "narvaro.sqlite3").exists():
        start = [sys.executable, "-m", "narvaro.web.config.start", str(folder)]
        subprocess.run([*start, "--stop", "--today", TODAY], check=True)


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "NARVARO_DEMO": "1",
        "NARVARO_DATA": str(folder.resolve()),
        "NARVARO_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
    }


@contextmanager
def _serving(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--log-level", "warning", "--access-logfile", str(log)),
        *("--access-logformat", "%(D)s %(s)s %(U)s"),
    ]
    serving = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, "narvaro.web.config.wsgi:application"],
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                httpx.get(address, timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield address
    finally:
        serving.terminate()
        serving.wait()


def _client(address: str, cookie: str) -> httpx.Client:
    return httpx.Client(
        base_url=address,
        cookies={"sessionid": cookie},
        timeout=60,
        headers={"Accept-Encoding": "gzip"},
    )


def _warm(address: str, users: Sequence[Mapping[str, object]]) -> None:
    """Each worker has seen each kind of page once, as after a start with the nightly job done."""
    for user in users[:: max(1, len(users) // 12)]:
        pages = _pages(user)
        with _client(address, str(user["cookie"])) as client:
            for path in {pages[0], pages[-1], pages[len(pages) // 2]}:
                client.get(path)
                client.get(path)


def _pages(user: Mapping[str, object]) -> list[str]:
    pages = user["pages"]
    assert isinstance(pages, list)
    return pages


def _load(address: str, users: Sequence[Mapping[str, object]], seconds: int) -> None:
    until = time.monotonic() + seconds

    def one(number: int, user: Mapping[str, object]) -> None:
        chance = random.Random(number)
        pages = _pages(user)
        with _client(address, str(user["cookie"])) as client:
            time.sleep(chance.uniform(0, EVERY_SECONDS))
            while time.monotonic() < until:
                client.get(chance.choice([pages[0], *pages]))
                time.sleep(EVERY_SECONDS)

    threads = [threading.Thread(target=one, args=told) for told in enumerate(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _weights(address: str, users: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Compressed bytes of each kind of page with its styles and scripts, without fonts."""
    found: dict[str, int] = {}
    for user in users:
        with _client(address, str(user["cookie"])) as client:
            for path in _pages(user):
                if _kind(path) not in found:
                    found[_kind(path)] = _weight(client, path)
    return found


def _weight(client: httpx.Client, path: str) -> int:
    page = client.get(path).text
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page))
    parts = [page.encode(), *(client.get(name).content for name in files)]
    return sum(len(gzip.compress(part)) for part in parts)


def _kind(path: str) -> str:
    return next((name for name, shape in KINDS if shape.match(path)), "other")


def _tell(lines: Sequence[str], weights: Mapping[str, int], users: int, options: Namespace) -> int:
    times: dict[str, list[int]] = defaultdict(list)
    errors = 0
    for line in lines:
        micros, status, path = line.split(" ", 2)
        if _kind(path) != "other":
            times[_kind(path)].append(int(micros))
            errors += int(status) >= 400
    print(f"{users} people, a page every {EVERY_SECONDS} s for {options.seconds} s")
    print(f"{'page':<14}{'opened':>8}{'median ms':>11}{'p95 ms':>9}{'most ms':>9}{'kB':>7}")
    for name, _ in KINDS:
        took = sorted(times.get(name, []))
        if took:
            middle, late = took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]
            print(
                f"{name:<14}{len(took):>8}{middle / 1000:>11.0f}{late / 1000:>9.0f}"
                f"{took[-1] / 1000:>9.0f}{weights.get(name, 0) / 1000:>7.0f}"
            )
    print(f"goal: p95 under {GOAL_MS} ms, {GOAL_BYTES // 1000} kB, no errors; errors: {errors}")
    return 1 if errors else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
