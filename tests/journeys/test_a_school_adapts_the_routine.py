"""A principal shortens a step for the school; those over it see the difference; cases stay."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Walker

STEP, DAYS = "Utredning av frånvaron", "12"
WHY = "Skolpsykologen är här varje tisdag."


def running(walker: Walker) -> str:
    """The school's open cases with their last days."""
    walker.go("/arenden/")
    return walker.page.locator("main table").inner_text()


def adapted(page: Page) -> None:
    page.get_by_label("Kortare tid").fill(DAYS)
    page.get_by_label("Varför skolan gör annorlunda").fill(WHY)
    page.get_by_role("button", name="Se skillnaden").click()


def test_a_shorter_deadline_is_seen_before_it_is_saved_and_by_those_over_the_school(
    walker: Walker,
) -> None:
    # Given a principal whose school has cases under way
    page = walker.be("Rektor")
    before = running(walker)
    walker.turn_to("Rutinen")
    walker.look()
    page.get_by_role("link", name="Anpassa på skolan").click()
    school = page.get_by_role("heading", level=1).inner_text().removeprefix("Rutinen på ")
    page.get_by_role("link", name=STEP, exact=True).click()

    # When a step is shortened, the difference is shown and nothing is saved
    adapted(page)
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
    row = page.get_by_role("region", name="Det här ändras").locator("tbody tr")
    expect(row).to_contain_text("15 skoldagar")
    expect(row).to_contain_text("12 skoldagar")
    walker.look()
    page.get_by_role("button", name="Spara anpassningen").click()

    # Then it stands beside the common one, and cases under way are as they were
    expect(page.get_by_text("Anpassningen är sparad.")).to_be_visible()
    expect(page.locator("main")).to_contain_text(WHY)
    walker.look()
    assert running(walker) == before

    # And those who lead the area and the municipality see what and why
    for role in ("Verksamhetschef", "Skolchef"):
        walker.be(role)
        walker.turn_to("Rutinen")
        page.get_by_role("link", name="Skolornas anpassningar").click()
        mine = page.locator("main tbody tr", has_text=school)
        expect(mine).to_contain_text("12 skoldagar")
        expect(mine).to_contain_text(WHY)
    walker.look()
