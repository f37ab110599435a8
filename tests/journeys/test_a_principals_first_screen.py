"""What a principal knows without scrolling or clicking, and where it leads."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Walker


def _is_on_the_screen(found: Locator) -> bool:
    """Whether the whole of something is in the window."""
    box = found.bounding_box()
    assert box is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= 800 and box["x"] + box["width"] <= 1280


def _panel(page: Page, heading: str) -> Locator:
    return page.locator("section.panel", has=page.get_by_role("heading", name=heading))


def test_the_first_screen_says_what_holds_who_moved_and_for_whom_nothing_is_done(
    walker: Walker,
) -> None:
    # Given a principal who has just signed in, at 1280 by 800
    page = walker.be("Rektor")
    assert page.evaluate("window.scrollY") == 0

    # Then it stands there how far the figures can be trusted
    trust = _panel(page, "Kan jag lita på siffrorna?")
    expect(trust).to_contain_text(re.compile(r"av \d+ klasser"))
    freshness = page.get_by_role("region", name="Hur färska siffrorna är")
    expect(freshness).to_contain_text("preliminär")

    # and how many have come to the list and left it
    moved = _panel(page, "Listan")
    expect(moved).to_contain_text("nya i november")
    expect(moved).to_contain_text("ut i november")

    # and for how many nothing has been done
    untouched = page.get_by_role("heading", name=re.compile("inget är gjort"))

    assert all(map(_is_on_the_screen, (freshness, trust, moved, untouched)))
    walker.look()


def test_a_principal_finds_who_moved_in_why_and_whether_it_can_be_trusted(walker: Walker) -> None:
    # Given a principal whose month is ready
    page = walker.be("Rektor")
    page.get_by_role("link", name=re.compile(r"Se vilka\s*:")).click()

    # Then each who came is named, with why and how sure
    moves = page.locator("#in-och-ut")
    row = moves.locator("tbody tr", has=page.get_by_role("link")).first
    expect(row).to_contain_text(re.compile("Säker|Trolig"))
    expect(row).to_contain_text(re.compile("Mer frånvaro|Ny på skolan|Rättad|Fönstret|Blev"))
    walker.look()

    # When the pupil's page is opened
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Det som hänt")).to_be_visible()

    # Then the minutes behind the figure stand there, with their verdict
    counted = _panel(page, "Så räknas det").first
    expect(counted).to_contain_text("Kvitterad tid")
    expect(counted).to_contain_text(re.compile("Säkert|Troligen|Kan inte bedömas"))
    assert "–" in page.title()
    assert page.title().startswith("Elev")
    walker.look()


def test_the_list_of_those_for_whom_nothing_is_done_is_two_clicks_from_a_pupil(
    walker: Walker,
) -> None:
    page = walker.be("Rektor")
    page.get_by_role("link", name=re.compile("Gå igenom")).click()
    walker.look()
    page.locator("main a[href^='/elever/']").first.click()
    expect(page.get_by_role("heading", name="Det vi ska göra")).to_be_visible()
