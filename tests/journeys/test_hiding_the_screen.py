"""The screen is hidden at once, and comes back."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import Walker


def test_the_button_hides_everything_at_once_and_brings_it_back(walker: Walker) -> None:
    # Given a mentor at the list of the class
    page = walker.be("Mentor")
    walker.go("/elever/")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    # When the screen is hidden, nothing is seen and nobody was asked
    page.get_by_role("button", name="Dölj skärmen").click()
    expect(page.get_by_role("dialog", name="Skärmen är dold")).to_be_visible()
    expect(page.locator("main")).not_to_be_visible()
    expect(page.get_by_role("button", name="Visa igen")).to_be_focused()
    assert [url for url in asked if "/static/" not in url] == []

    # It stays hidden when the page is loaded again
    page.reload()
    expect(page.locator("main")).not_to_be_visible()

    # Then the button brings it back
    page.get_by_role("button", name="Visa igen").click()
    expect(page.locator("main")).to_be_visible()
    walker.look()


def test_escape_twice_hides_and_once_shows(walker: Walker) -> None:
    page = walker.be("Mentor")
    walker.go("/elever/")

    page.keyboard.press("Escape")
    expect(page.locator("main")).to_be_visible()
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("main")).not_to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("main")).to_be_visible()
