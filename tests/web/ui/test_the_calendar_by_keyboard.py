"""The year of school days by the keyboard: one stop, arrow keys, every day in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.web.ui.charts.drawing import html
from tests.web.ui.charts.examples import CALENDAR
from tests.web.ui.conftest import ADDRESS, Shown
from tests.web.ui.test_the_parts_are_accessible import violations

HEAD = """<!doctype html><html lang="sv"><head><title>Kalender</title>
<link rel="stylesheet" href="/static/ui/css/tokens.css"><link rel="stylesheet" href="/static/ui/charts.css">
<script src="/static/ui/calendar.js" defer></script></head><body><main><h1>Kalender</h1>
<p><a href="#efter">Före</a></p>"""
END = '<p><a id="efter" href="#fore">Efter</a></p></main></body></html>'
FOCUSED = "document.activeElement.getAttribute('aria-label')"


def _shown(chromium: Browser, *, width: int = 1280, scripts: bool = True) -> Page:
    body = (HEAD + html(CALENDAR) + END).encode()
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    shown = Shown(
        context.new_page(), {"/": (200, {"Content-Type": "text/html; charset=utf-8"}, body)}
    )
    context.route("**/*", shown.answer)
    shown.page.goto(ADDRESS + "/")
    return shown.page


def _focused(page: Page) -> str:
    return str(page.evaluate(FOCUSED))


@pytest.mark.parametrize("width", [1280, 480])
def test_the_calendar_is_one_stop_and_arrow_keys_walk_its_days(
    chromium: Browser, width: int
) -> None:
    page = _shown(chromium, width=width)
    page.get_by_text("Före").focus()
    page.keyboard.press("Tab")
    first = _focused(page)
    page.keyboard.press("Home")
    home = _focused(page)
    page.keyboard.press("ArrowUp")
    up = _focused(page)

    assert "5\N{NO-BREAK SPACE}nov" in first
    assert "22\N{NO-BREAK SPACE}okt" in home
    assert "21\N{NO-BREAK SPACE}okt" in up
    said = page.locator(".chart-told:visible").inner_text()
    assert said.split() == up.split()

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Shift+Tab")
    assert _focused(page) == up


def test_a_day_says_its_date_its_lessons_and_what_was_missed(chromium: Browser) -> None:
    page = _shown(chromium)
    said = page.locator("[role=gridcell]:visible").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )

    assert len(said) == len(CALENDAR.drawn[0].squares)
    assert all("lektion" in one for one in said)
    assert any("ogiltig" in one for one in said)


@pytest.mark.parametrize("width", [1280, 480, 320])
def test_axe_finds_nothing_in_the_calendar(chromium: Browser, width: int) -> None:
    assert violations(_shown(chromium, width=width)) == []


def test_without_scripts_the_calendar_is_a_picture_with_its_table(chromium: Browser) -> None:
    page = _shown(chromium, scripts=False)

    assert page.locator("svg[role=img]:visible").count() >= 1
    assert page.locator("[role=gridcell]").count() == 0
    assert page.locator("details table").count() == 1
