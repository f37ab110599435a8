"""The demo as `./start` serves it, small, and a real browser to walk through it with.

Everything here runs in one process of the test run (the group `journeys`), so that the town is
made once. What a journey changes stands for those that come after it: write each so that it holds
whatever came before.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.journeys.looked_at import look_at

ROOT = Path(__file__).parents[2]
TODAY = "2026-12-02"
KEPT = "NARVARO_JOURNEYS_FOLDER"
AS_STARTED = "as-started.sqlite3"
"""The web application's database before any journey, kept beside the demo's folder."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey runs in the same process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journeys"))


@dataclass(frozen=True)
class Installation:
    """A demo that is being served: its folder, its address, and its settings."""

    folder: Path
    address: str
    environment: dict[str, str]

    def run(self, *words: str) -> None:
        """Run a command of `narvaro-web` in it."""
        self._do("-m", "narvaro.web.config.manage", *words)

    def python(self, code: str) -> str:
        """Run Python with Django ready; returns what it prints."""
        return self._do("-c", f"import django; django.setup()\n{code}")

    def _do(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr[-2_000:]
        return done.stdout


def environment_of(folder: Path) -> dict[str, str]:
    """The settings of a demo in a folder; nothing of the test run's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NARVARO_")}
    return kept | {
        "NARVARO_DEMO": "1",
        "NARVARO_DATA": str(folder),
        "NARVARO_TODAY": TODAY,
        "NARVARO_CLOCK": "10:00",
        "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@contextmanager
def serving(folder: Path, environment: dict[str, str]) -> Iterator[Installation]:
    """Serve a demo on this machine until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = environment | {"NARVARO_PUBLIC_ADDRESS": address}
    words = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "warning"]
    with (folder / "serving.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *words, "narvaro.web.config.wsgi:application"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address)
            yield Installation(folder, address, environment)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            httpx.get(address, timeout=10)
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the application did not answer within two minutes")


@pytest.fixture(scope="session")
def as_started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small municipality in the web application, made by the two steps of `./start`.

    NARVARO_JOURNEYS_FOLDER keeps the municipality, which takes minutes to invent, from one run to
    the next. It is copied before it is served: what journeys change is gone afterwards.
    """
    folder = tmp_path_factory.mktemp("journeys") / "demo"
    kept = os.environ.get(KEPT)
    if kept:
        if not (Path(kept) / "ledger" / "ledger.json").exists():
            _made(Path(kept), "narvaro.cli.first_hour", "--pupils", "300", "--schools", "6")
        shutil.copytree(kept, folder)
    else:
        _made(folder, "narvaro.cli.first_hour", "--pupils", "300", "--schools", "6")
    _made(folder, "narvaro.web.config.start")
    return folder


@contextmanager
def served_apart(as_started: Path, folder: Path) -> Iterator[Installation]:
    """A copy of the demo as it was started: nobody has changed anything in it."""
    shutil.copytree(as_started, folder)
    shutil.copy(folder / "narvaro.sqlite3", folder.parent / AS_STARTED)
    with serving(folder, environment_of(folder)) as served:
        yield served
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def installation(
    as_started: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The demo that most journeys share.

    A module that moves days or spends what others need has its own: see `of_its_own`.
    """
    with served_apart(as_started, tmp_path_factory.mktemp("shared") / "demo") as served:
        yield served


@pytest.fixture(scope="module")
def of_its_own(
    as_started: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A demo for one module alone."""
    with served_apart(as_started, tmp_path_factory.mktemp("apart") / "demo") as served:
        yield served


def _made(folder: Path, module: str, *words: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", module, str(folder), *words, "--today", TODAY, "--stop"],
        env=environment_of(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    assert made.returncode == 0, made.stdout + made.stderr


@dataclass
class Walker:
    """Somebody at a browser; remembers what the browser complained of."""

    installation: Installation
    context: BrowserContext
    page: Page
    complaints: list[str]

    def be(self, role: str) -> Page:
        """Sign in by one click as the demo's person in a role, as its label stands on the page."""
        self.context.clear_cookies()
        self.page.goto(self.installation.address + "/")
        label = self.page.get_by_text(role, exact=True)
        self.page.locator("main li", has=label).get_by_role("button").first.click()
        self.page.wait_for_url("**/att-gora/")
        return self.page

    def go(self, path: str) -> Page:
        """Open an address of the application."""
        self.page.goto(self.installation.address + path)
        return self.page

    def turn_to(self, place: str) -> Page:
        """Choose a place of the main menu, where it may stand among what opens."""
        menu = self.page.locator("nav.menu-wide")
        for more in menu.locator("summary").all():
            more.click()
        menu.get_by_role("link", name=place, exact=True).click()
        return self.page

    def move_to(self, day: str) -> None:
        """Move the demo's day in this browser."""
        self.page.get_by_label("Flytta dagen till").fill(day)
        self.page.get_by_role("button", name="Flytta", exact=True).click()
        self.page.wait_for_url("**/att-gora/")

    def look(self) -> None:
        """Hold the page that is open to what is asked of every page."""
        look_at(self.page)
        assert self.complaints == []


@pytest.fixture
def walker(
    installation: Installation, chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[Walker]:
    """A browser of 1280 × 800; parametrize indirectly with other options of a context."""
    with walking(installation, chromium, getattr(request, "param", {})) as somebody:
        yield somebody


@contextmanager
def walking(
    installation: Installation, chromium: Browser, wanted: dict[str, Any]
) -> Iterator[Walker]:
    """Somebody at a browser of an installation, with the wanted options of a context."""
    options: dict[str, Any] = {
        "viewport": {"width": 1280, "height": 800},
        "locale": "sv-SE",
        "reduced_motion": "reduce",
    }
    context = chromium.new_context(**(options | wanted))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Walker(installation, context, page, complaints)
    context.close()
