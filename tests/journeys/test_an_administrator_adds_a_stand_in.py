"""An administrator lets somebody stand in for somebody else."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import Walker


def test_a_stand_in_stands_beside_the_one_who_is_away_with_the_days(walker: Walker) -> None:
    # Given an administrator at the page of the system owner
    page = walker.be("Administratör")
    page.get_by_role("link", name="Personer och enheter").click()
    walker.look()
    page.get_by_label("Namn").fill("Fiktivsson")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Mona Fiktivsson").click()
    walker.look()
    page.get_by_role("link", name="Vikarie").first.click()
    walker.look()

    # When the last day is before the first, the page says so and keeps what was chosen
    page.get_by_label("Vikarie").select_option(label="Lars Exempelberg")
    page.get_by_label("Från och med").fill("2026-12-07")
    page.get_by_label("Till och med").fill("2026-12-01")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("alert")).to_contain_text("Det gick inte att spara")
    expect(page.get_by_label("Från och med")).to_have_value("2026-12-07")
    walker.look()

    # When it is mended
    page.get_by_label("Till och med").fill("2026-12-18")
    page.get_by_role("button", name="Lägg till").click()

    # Then the stand-in has the role, for those days
    walker.go("/personer/")
    page.get_by_label("Namn").fill("Exempelberg")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Lars Exempelberg").click()
    row = page.locator("tr", has_text="vikarie för Mona Fiktivsson")
    expect(row).to_contain_text("18 dec")
    walker.look()
