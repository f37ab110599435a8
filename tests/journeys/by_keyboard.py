"""Somebody who has only a keyboard: Tab, Space, Enter and letters."""

from __future__ import annotations

from playwright.sync_api import Locator

MOST = 80
"""Nothing one wants stands further away than so many Tabs."""


def tab_to(place: Locator) -> None:
    """Press Tab until the place has the focus."""
    page = place.page
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if place.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: {MOST} Tabs did not lead to {place}")


def press(place: Locator, key: str = "Enter") -> None:
    """Go there and press a key."""
    tab_to(place)
    place.page.keyboard.press(key)


def write(place: Locator, text: str) -> None:
    """Go there and write."""
    tab_to(place)
    place.page.keyboard.type(text)
