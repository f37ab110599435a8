"""Everything that a leaving mentor answers for gets a new owner on one page, and can be undone."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import Walker


def test_all_of_it_is_looked_at_given_and_undone(walker: Walker) -> None:
    # Given a principal, and somebody who answers for cases
    page = walker.be("Rektor")
    page.get_by_role("link", name="Ärenden", exact=True).first.click()
    page.get_by_role("link", name="Lämna över för någon som slutar").click()
    walker.look()
    row = (
        page.locator("main tbody tr", has_text="ärenden").filter(has_not_text="steg i andras").first
    )
    who = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Lämna över allt {who} svarar för")
    walker.look()

    # When one person is chosen for all of it, it is shown before anything changes
    choice = page.get_by_label("Ny ägare för allt på")
    heir = choice.locator("option").nth(1).inner_text()
    choice.select_option(index=1)
    page.locator("main textarea").fill("Mentorn slutar.")
    page.get_by_role("button", name="Granska").click()
    expect(page.get_by_role("heading", name="Så blir det")).to_be_visible()
    expect(page.locator("main")).to_contain_text(heir)
    walker.look()
    page.get_by_role("button", name="Lämna över", exact=True).click()

    # Then nothing is left with who leaves, and the same day it can be taken back
    expect(page.get_by_text("Inget att lämna över")).to_be_visible()
    walker.look()
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("button", name="Granska")).to_be_visible()
