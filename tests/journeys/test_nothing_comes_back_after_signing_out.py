"""Whoever takes over the machine after somebody has signed out sees no pupil."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.journeys.conftest import Walker


def test_the_back_button_shows_no_pupil_after_signing_out(walker: Walker) -> None:
    # Given a mentor who has opened a pupil's page
    page = walker.be("Mentor")
    walker.go("/elever/")
    page.locator("main a[href^='/elever/']").first.click()
    page.wait_for_url(re.compile(r"/elever/[\w-]{22}/$"))
    pupil, address = page.locator("h1").inner_text(), page.url
    assert pupil
    opened = page.reload()
    assert opened is not None
    assert "no-store" in opened.headers["cache-control"], "the browser may keep it"

    # When the mentor signs out
    page.locator("form[action='/konto/logout/'] button").first.evaluate("one => one.form.submit()")
    expect(page.locator("h1")).not_to_have_text(pupil)

    # Then neither the back button nor the address brings the page back
    for _ in range(3):
        page.go_back()
        expect(page.get_by_text(pupil)).to_have_count(0)
    page.goto(address)
    expect(page.get_by_text(pupil)).to_have_count(0)
