"""Every shared part in its states, and the pages for everyone: axe, widths, text size, no scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.web.ui.conftest import FOR_EVERYONE, GALLERY, Shown

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
Show = Callable[..., Shown]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in found]


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_part(show: Show, scheme: str) -> None:
    shown = show(color_scheme=scheme)
    page = shown.open(GALLERY)

    assert violations(page) == []
    assert shown.complaints == []


def test_axe_finds_nothing_in_any_part_at_320_pixels(show: Show) -> None:
    page = show(viewport={"width": 320, "height": 640}).open(GALLERY)

    assert violations(page) == []
    assert width_of(page) == 320


def test_something_inaccessible_is_seen(show: Show) -> None:
    page = show().open(GALLERY)
    page.evaluate("document.querySelector('main h1').insertAdjacentHTML('afterend', '<img src=x>')")

    assert any("image-alt" in one for one in violations(page))


def test_text_twice_as_large_does_not_make_a_page_scroll_sideways(show: Show) -> None:
    page = show().open(GALLERY)
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")

    assert width_of(page) == 1280


def test_nothing_moves_and_everything_is_seen_in_forced_colours(show: Show) -> None:
    page = show(forced_colors="active", reduced_motion="reduce").open(GALLERY)

    assert violations(page) == []
    assert page.evaluate("getComputedStyle(document.querySelector('.skeleton')).animationName") in (
        "none",
        "",
    )


def test_paper_is_light_and_holds_no_buttons(show: Show) -> None:
    page = show(color_scheme="dark").open(GALLERY)
    page.emulate_media(media="print")
    seen = "[...document.querySelectorAll('.ds-button, .top, .bottom, .crumbs')]"

    assert page.evaluate(f"{seen}.filter(e => e.checkVisibility()).length") == 0
    ground = "getComputedStyle(document.querySelector('.panel')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_the_pages_for_everyone_have_nothing_that_axe_finds(show: Show) -> None:
    shown = show()
    found = {path: violations(shown.open(path)) for path in FOR_EVERYONE}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert [one for one in shown.complaints if "404" not in one] == []


def test_the_pages_for_everyone_fit_in_320_pixels(show: Show) -> None:
    shown = show(viewport={"width": 320, "height": 640})

    assert {path: width_of(shown.open(path)) for path in FOR_EVERYONE} == dict.fromkeys(
        FOR_EVERYONE, 320
    )


def test_a_form_with_faults_is_opened_at_its_list_of_faults(show: Show) -> None:
    page = show().open(GALLERY)

    assert page.evaluate("document.activeElement.className") == "summary"
    page.locator(".summary a").first.click()
    assert page.evaluate("document.querySelector(location.hash).tagName") == "FIELDSET"
