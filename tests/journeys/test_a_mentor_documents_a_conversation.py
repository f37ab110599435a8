"""A mentor documents the conversation with the home, saved while typing, and signs it for good."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Walker


def begun(walker: Walker) -> Page:
    """A documentation of the conversation about the mentor's first pupil."""
    page = walker.be("Mentor")
    walker.go("/elever/")
    page.locator("main a[href^='/elever/']").first.click()
    page.get_by_role("link", name="Skriv ett dokument").click()
    page.get_by_label("Dokumentation av samtalet med hemmet").check()
    page.get_by_role("button", name="Börja skriva").click()
    return page


def fill(page: Page) -> None:
    page.get_by_label("Eleven", exact=True).check()
    page.get_by_label("Vad säger eleven själv?").fill("Det går bättre när någon står vid dörren.")
    page.get_by_label("Vad säger hemmet?").fill("Mornarna har blivit lugnare.")
    page.get_by_label("Vad har skolan provat, och vad hände?").fill("Möte vid entrén, åäö.")


def test_what_is_typed_is_saved_by_itself_and_locked_when_it_is_signed(walker: Walker) -> None:
    # Given a documentation that is begun from the pupil's page
    page = begun(walker)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Dokumentation av samtalet med hemmet"
    )
    walker.look()

    # When the mentor types, it is saved without a click
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        fill(page)
    assert answered.value.status == 200
    expect(page.locator("#saved")).to_contain_text("Sparat")
    expect(page.locator("#version")).not_to_have_value("1")

    # And goes on to the preview at once, it is not in its own way
    page.get_by_role("button", name="Förhandsgranska och signera").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Förhandsgranska och signera")
    expect(page.get_by_text("Möte vid entrén, åäö.")).to_be_visible()
    walker.look()
    page.get_by_role("button", name="Signera").click()

    # Then it is read, printed, and added to, and no longer changed
    expect(page.get_by_text(re.compile("Signerat av"))).to_be_visible()
    expect(page.get_by_role("link", name="Fyll i")).to_have_count(0)
    page.get_by_label("Tillägg").fill("Det var en torsdag.")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text("Det var en torsdag.")).to_be_visible()
    walker.look()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hämta PDF").click()
    assert re.fullmatch(
        r"teacher-documentation-\d{4}-\d\d-\d\d\.pdf", fetched.value.suggested_filename
    )
    walker.go("/dokument/")
    walker.look()


def test_what_remains_is_told_with_links_to_the_fields(walker: Walker) -> None:
    page = begun(walker)

    page.get_by_role("button", name="Förhandsgranska och signera").click()

    expect(page.get_by_role("alert")).to_contain_text("4 saker återstår")
    walker.look()
    page.get_by_role("link", name=re.compile("Vad säger hemmet")).click()
    expect(page).to_have_url(re.compile(r"/fyll-i/#f_home_says$"))


@pytest.mark.parametrize("walker", [{"java_script_enabled": False}], indirect=True)
def test_all_of_it_works_without_scripts(walker: Walker) -> None:
    page = begun(walker)
    fill(page)
    page.get_by_role("button", name="Fortsätt senare").click()
    page.get_by_role("link", name="Dokumentation av samtalet med hemmet").first.click()
    expect(page.get_by_label("Vad säger hemmet?")).to_have_value("Mornarna har blivit lugnare.")
    page.get_by_role("button", name="Förhandsgranska och signera").click()
    page.get_by_role("button", name="Signera").click()

    expect(page.get_by_text(re.compile("Signerat av"))).to_be_visible()


def test_a_counsellor_writes_what_only_student_health_reads(walker: Walker) -> None:
    page = walker.be("Skolkurator")
    walker.go("/elever/")
    page.locator("main a[href^='/elever/']").first.click()
    page.get_by_role("link", name="Skriv ett dokument").click()
    walker.look()
    page.get_by_label("Utredning av frånvaron").check()
    page.get_by_role("button", name="Börja skriva").click()
    expect(page.get_by_text("Det skrivs aldrig ut").first).to_be_visible()
    walker.look()
    page.get_by_label("Lång sjukdom: hur får eleven sin utbildning?").fill("På distans")
    page.get_by_role("button", name="Fortsätt senare").click()
    walker.go("/dokument/")
    address = str(
        page.get_by_role("link", name="Utredning av frånvaron").first.get_attribute("href")
    )

    walker.go(address.replace("fyll-i/", ""))
    expect(page.get_by_text("På distans")).to_have_count(0)
    walker.look()
    page.get_by_role("button", name="Visa skyddad text").click()

    expect(page.get_by_text("På distans")).to_be_visible()


def test_the_routines_documents_are_found_written_and_compared(walker: Walker) -> None:
    page = walker.be("Projektledare")
    walker.go("/mallar/")
    walker.look()
    page.get_by_role("link", name="Skriv nytt dokument").click()
    walker.look()
    page.get_by_label("Namn").fill("Konsultation")
    page.get_by_label("Text").fill("# Samtalet\nMentor ringer.\n\n- inom tio skoldagar")
    page.get_by_role("button", name="Spara utkastet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Konsultation")
    walker.look()
    page.get_by_role("link", name="Ändra utkastet").click()
    walker.look()
    walker.go("/mallar/")
    page.get_by_role("link", name="Samtal med hemmet").click()
    page.get_by_role("link", name="Jämför två versioner").click()
    expect(page.locator("ins")).to_contain_text("Bestäm innan ni skiljs åt")
    walker.look()
    walker.go("/mallar/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hämta hela rutinen (Word)").click()
    assert fetched.value.suggested_filename.startswith("rutinen-")
