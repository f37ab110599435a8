"""The ten main pages: in light and dark, on paper, in English; and their pictures in the docs.

NARVARO_APPROVE=1 pytest tests/journeys/test_the_ten_main_pages.py    takes the pictures anew
"""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import ROOT, Walker
from tests.journeys.looked_at import violations
from tests.journeys.main_pages import MAIN_PAGES, MainPage, open_page

PICTURES = ROOT / "docs" / "pictures" / "web"
KINDS = ("light", "dark", "english", "print")
FADE_MS = 800  # buttons fade from one look to the other; their contrast counts when they have
LARGEST, ALL_TOGETHER = 120_000, 3_000_000  # bytes
SWEDISH = re.compile(
    r"\b(och|är|inte|elever|frånvaro|lektion(er)?|kvittera[dt]?e?|spara|visa|dölj|lägg|ändra|sök"
    r"|välj|varför|skolor|skolan|månad(er)?|läsår|säker|källor|regler|anteckna|räkna|skicka)\b",
    re.I,
)
QUALITY = 62


@pytest.mark.parametrize("one", MAIN_PAGES, ids=lambda one: one.name)
def test_a_main_page_holds_in_light_and_dark_and_english(one: MainPage, walker: Walker) -> None:
    page = open_page(one, walker)
    walker.look()
    _picture(page, one.name, "light")

    page.emulate_media(media="print")
    _picture(page, one.name, "print")
    page.emulate_media(media="screen", color_scheme="dark")
    page.wait_for_timeout(FADE_MS)
    assert violations(page) == []
    _picture(page, one.name, "dark")

    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == "en"
    assert _swedish_on(page) == []
    _picture(page, one.name, "english")
    page.get_by_role("button", name="Svenska").click()
    assert walker.complaints == []


def _swedish_on(page: Page) -> list[str]:
    """Headings, buttons, links of the menu and column names that are still Swedish."""
    said = page.locator("h1, h2, h3, button, .menu-wide a, thead th, label, summary").all()
    words = [text for one in said if (text := one.inner_text().strip())]
    return [text for text in words if SWEDISH.search(text) and "procent" not in text]


def _picture(page: Page, name: str, kind: str) -> None:
    if os.environ.get("NARVARO_APPROVE") != "1":
        return
    width, height = (1000, 1414) if kind == "print" else (1280, 1000)
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("window.scrollTo(0, 0); document.activeElement?.blur()")
    taken = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}-{kind}.webp").write_bytes(base64.b64decode(taken["data"]))


def _all_pictures() -> set[Path]:
    return {PICTURES / f"{one.name}-{kind}.webp" for one in MAIN_PAGES for kind in KINDS}


def test_every_picture_is_there_and_small_and_no_other() -> None:
    assert set(PICTURES.iterdir()) == _all_pictures()
    sizes = [path.stat().st_size for path in _all_pictures()]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= ALL_TOGETHER


def test_every_picture_is_shown_in_the_docs() -> None:
    page = (ROOT / "docs" / "explanation" / "the-application-in-pictures.md").read_text("utf-8")

    assert [path.name for path in sorted(_all_pictures()) if path.name not in page] == []
