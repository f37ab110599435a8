"""The menu's count of what waits is asked for once a minute, and again after something was done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.ui import registry
from narvaro.web.ui.registry import QueueGroup, QueueRow


@pytest.fixture
def asked() -> Iterator[list[int]]:
    """How many times the queue was asked for."""
    times: list[int] = []

    def provider(_viewer: object) -> list[QueueRow]:
        times.append(1)
        return [QueueRow("x", QueueGroup.NEW, "En sak", "Därför", "Öppna", "/att-gora/")]

    registry.offer_queue(provider)
    yield times
    registry.QUEUE.remove(provider)


def test_pages_ask_once_and_home_asks_each_time(town: Town, asked: list[int]) -> None:
    browser = town.browser(Role.PROJECT_LEADER, "linnasa")
    for _ in range(3):
        assert 'class="count">1<' in browser.get("/projekt/").content.decode()
    assert len(asked) == 1

    browser.get("/att-gora/")

    assert len(asked) == 2


def test_after_something_done_the_count_is_made_anew(town: Town, asked: list[int]) -> None:
    browser = town.browser(Role.PROJECT_LEADER, "linnasa")
    browser.get("/projekt/")

    browser.post("/projekt/starta/", {})
    browser.get("/projekt/")

    assert len(asked) >= 2
