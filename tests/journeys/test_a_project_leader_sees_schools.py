"""A project leader sees schools join and leave."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import Walker


def test_a_school_that_leaves_stays_on_the_page_with_its_dates(walker: Walker) -> None:
    # Given the project leader on the project's front page
    page = walker.be("Projektledare")
    walker.look()
    walker.go("/projekt/")
    walker.look()
    page.get_by_role("link", name="Närvaro i Linnåsa").click()
    walker.look()
    left = page.locator("tr", has_text="Skolan byter huvudman")
    expect(left.get_by_role("cell").nth(1)).to_contain_text("lämnade")
    expect(page.locator("tr", has_text="Grannby kommun")).to_contain_text("tackade nej")
    school = page.locator("tr", has_text="projektskola").first.get_by_role("rowheader").inner_text()

    # When another school leaves
    page.get_by_role("link", name="Anteckna skola eller kommun").click()
    walker.look()
    page.get_by_label("Skola", exact=True).select_option(label=school)
    page.get_by_label("Vad som hände").select_option("left")
    page.get_by_label("Datum").fill("2026-11-30")
    page.get_by_role("button", name="Spara").click()

    # Then it stands there with the day it left, beside the day it joined
    row = page.locator("tr", has_text=school)
    expect(row).to_contain_text("30 nov 2026")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("lämnade")
    walker.look()
