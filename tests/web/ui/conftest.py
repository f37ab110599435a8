"""Pages as Django answers them, shown in a real browser without a server between.

Every page is asked for before the browser starts: its event loop and the database do not share a
thread, so a test that shows a page touches no database. What a page fetches from `/static/` is
read from the apps' own files.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, Route
from pytest_django import DjangoDbBlocker
from tests.web.conftest import small_town

from narvaro.web.accounts.roles import Role

ADDRESS = "http://127.0.0.1:9"  # every request is answered here; none leaves the process
GALLERY, HOME = "/stil/", "/att-gora/"
FOR_EVERYONE = (
    "/",
    "/sa-raknas-franvaro/",
    "/tillganglighet/",
    "/personuppgifter/",
    "/konto/login/",
    "/konto/password/reset/",
    "/finns-inte/",
    "/dold/",
)
Asked = dict[str, tuple[int, dict[str, str], bytes]]


@dataclass
class Shown:
    """A browser's page, what it was given, and what it complained of."""

    page: Page
    asked: Asked
    complaints: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """What the server would answer."""
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.posts.append(path)
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            assert isinstance(file, str), path
            kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
            route.fulfill(body=Path(file).read_bytes(), content_type=kind)
            return
        status, headers, body = self.asked.get(path, (404, {}, b""))
        route.fulfill(status=status, headers=headers, body=body)

    def open(self, path: str) -> Page:
        """Show a page that was asked for."""
        self.page.goto(ADDRESS + path)
        return self.page


def ask(client: Client, *paths: str) -> Asked:
    """What is answered at addresses."""
    answers = {path: client.get(path) for path in paths}
    return {path: (a.status_code, dict(a.items()), a.content) for path, a in answers.items()}


@pytest.fixture(scope="session")
def asked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Asked:  # noqa: ARG001
    """The gallery, the pages for everyone, and a principal's home."""
    with (
        django_db_blocker.unblock(),
        override_settings(SECOND_FACTOR_REQUIRED=False),
        transaction.atomic(),
    ):
        principal = small_town().browser(Role.PRINCIPAL, "almskolan")
        made = ask(Client(), *FOR_EVERYONE) | ask(principal, HOME)
        with override_settings(DEMO=True):
            made = made | ask(Client(), GALLERY)
        transaction.set_rollback(True)
    return made


@pytest.fixture
def show(asked: Asked, chromium: Browser) -> Iterator[Callable[..., Shown]]:
    """Show what was asked for: `show(color_scheme="dark")`, options of a browser context."""
    contexts = []

    def shown(**options: Any) -> Shown:
        wanted: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "sv-SE"}
        context = chromium.new_context(**(wanted | options))
        contexts.append(context)
        made = Shown(context.new_page(), asked)
        context.route("**/*", made.answer)
        made.page.on(
            "console", lambda s: made.complaints.append(s.text) if s.type == "error" else None
        )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield shown
    for one in contexts:
        one.close()
