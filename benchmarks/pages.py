"""How fast pages are with a large municipality and many people at once.

`python benchmarks/pages.py FOLDER [--pupils 25000] [--users 50] [--seconds 120]` makes an invented
municipality in FOLDER (once), starts the web application on this machine, signs in people of
several roles, lets each open a page every ten seconds, and prints for each kind of page the
server's own time, by the clock and of the processor, and the memory of the server's processes. The
load and the server share the machine's cores; when other things run on it too, the processor's time
is what can still be judged.
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
    ("flags", re.compile(r"^/flaggor/")),
    ("cases", re.compile(r"^/arenden/")),
    ("meetings", re.compile(r"^/moten/")),
    ("flow", re.compile(r"^/(rutinen|tillsyn)/")),
)
START = """
import sys
import django
from narvaro.web.config.secret_files import make_secrets
make_secrets()
django.setup()
from narvaro.web.config import demo_cases
demo_cases.SCHOOLS, demo_cases.PUPILS = 60, 12
from narvaro.web.config.start import main
sys.exit(main(sys.argv[1:]))
"""
NIGHTLY = """
import django
django.setup()
from datetime import datetime, time
from zoneinfo import ZoneInfo
from django.conf import settings
from narvaro.web.figures.warming import prewarm
prewarm(datetime.combine(settings.TODAY, time(12), ZoneInfo('Europe/Stockholm')))
"""
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
from narvaro.web.cases.models import Case
from narvaro.web.pupils.models import Pupil
Store = import_module(settings.SESSION_ENGINE).SessionStore
day = settings.TODAY
told = []
wanted = int(sys.argv[1])
# there are few who see the whole municipality: each of them sits at several screens
wide = (Role.ANALYST, Role.HEAD_OF_SCHOOLS)
shares = ((Role.PRINCIPAL, 15), (Role.MENTOR, 15), *((role, 5) for role in wide), (Role.TEACHER, 1000))
for role, most in shares:
    rows = Assignment.objects.in_force(day).filter(role=role, account__isnull=False)
    found = list(rows.select_related('account', 'unit__authority').order_by('public_id')[:most])
    times = -(-most // len(found)) if role in wide and found else 1
    for one in (found * times)[:most]:
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
        if role in wide:
            pages += ['/kommunen/', '/registrering/', '/rutinen/'] * 3
        else:
            mine = Pupil.objects.visible_to(viewer, 'pupils.pupil').filter(protection='none')
            pages += [f'/elever/{key}/' for key in mine.values_list('public_id', flat=True)[:40]]
        if role == Role.PRINCIPAL:
            pages += [f'/skolor/{one.unit.public_id}/'] * 20
            pages += ['/flaggor/', '/flaggor/inget-gjort/', '/arenden/', '/arenden/uppgifter/'] * 5
            pages += [f'/rutinen/skolor/{one.unit.public_id}/', '/moten/'] * 3
            cases = Case.objects.visible_to(viewer, 'cases.case').still_open()
            pages += [f'/arenden/{key}/' for key in cases.values_list('public_id', flat=True)]
        if role in (Role.MENTOR, Role.TEACHER):
            pages += ['/flaggor/'] * 5 if role == Role.MENTOR else []
            pages += ['/lektioner/'] * 10 + [f'/klasser/{one.unit.public_id}/'] * 10
        told.append({'cookie': session.session_key, 'pages': pages})
print(json.dumps(told))
"""


def main(words: Sequence[str]) -> int:
    """Make, serve, load, print. Returns 1 when anything answered with an error."""
    options = _options(words)
    _make(options)
    environment = _environment(options.folder)
    manage = [sys.executable, "-m", "narvaro.web.config.manage"]
    subprocess.run([*manage, "migrate", "-v", "0"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", NIGHTLY], env=environment, check=True)
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
    busy = os.getloadavg()[0]
    with _serving(environment | {"PAGES_STOPWATCH": str(log.resolve())}) as (address, server):
        memory = [_memory(server)]
        _warm(address, users)
        memory.append(_memory(server))
        marked = log.stat().st_size
        _load(address, users, options.seconds)
        memory.append(_memory(server))
        loaded = log.stat().st_size
        weights = _weights(address, users)
    lines = log.read_bytes()[marked:loaded].decode().splitlines()
    print(f"load average before {busy:.1f}, after {os.getloadavg()[0]:.1f}")
    for when, found in zip(("at the start", "warm", "after the load"), memory, strict=True):
        print(f"MB of the server's processes {when}: {' '.join(map(str, found))}")
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
        start = [sys.executable, "-c", START, str(folder), "--stop", "--today", TODAY]
        subprocess.run(start, env=_environment(folder), check=True)


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "NARVARO_DEMO": "1",
        "NARVARO_DATA": str(folder.resolve()),
        "NARVARO_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
    }


@contextmanager
def _serving(environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--log-level", "warning", "--pythonpath", str(Path(__file__).parent)),
    ]
    serving = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words, "timed:application"],
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
        yield address, serving.pid
    finally:
        serving.terminate()
        serving.wait()


def _memory(server: int) -> list[int]:
    """Resident megabytes of each worker of the server; nothing where /proc is not."""
    try:
        workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in workers]
    except OSError:
        return []
    return [one * os.sysconf("SC_PAGE_SIZE") // 1_000_000 for one in pages]


def _client(address: str, cookie: str) -> httpx.Client:
    return httpx.Client(
        base_url=address,
        cookies={"sessionid": cookie},
        timeout=300,
        headers={"Accept-Encoding": "gzip"},
    )


def _warm(address: str, users: Sequence[Mapping[str, object]]) -> None:
    """Each worker has seen each kind of page once, as after a start with the nightly job done."""
    wide = next((user for user in users if "/kommunen/" in _pages(user)), users[0])
    for user in (*users[:: max(1, len(users) // 12)], wide, wide):
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
    times: dict[str, list[tuple[int, int]]] = defaultdict(list)
    errors = 0
    for line in lines:
        clock, processor, status, path = line.split(" ", 3)
        if _kind(path) != "other":
            times[_kind(path)].append((int(clock), int(processor)))
            errors += int(status) >= 400
    print(f"{users} people, a page every {EVERY_SECONDS} s for {options.seconds} s")
    print(f"{'ms':<22}{'by the clock':>27}{'of the processor':>27}")
    print(
        f"{'page':<14}{'opened':>8}{'median      p95     most':>27}"
        + f"{'median      p95     most':>27}{'kB':>7}"
    )
    for name, _ in KINDS:
        if name in times:
            shown = "".join(_spread(column) for column in zip(*times[name], strict=True))
            print(f"{name:<14}{len(times[name]):>8}{shown}{weights.get(name, 0) / 1000:>7.0f}")
    print(f"goal: p95 under {GOAL_MS} ms, {GOAL_BYTES // 1000} kB, no errors; errors: {errors}")
    return 1 if errors else 0


def _spread(micros: Sequence[int]) -> str:
    """Median, 95th percentile and the longest, in milliseconds."""
    took = sorted(micros)
    told = (took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))], took[-1])
    return f"{told[0] / 1000:>9.0f}" + "".join(f"{one / 1000:>9.0f}" for one in told[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
