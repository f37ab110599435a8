"""A system owner takes in a file from an unknown system, and mends how it is read."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Walker

REPORT = """Frånvarorapport Exempelskolan Norr;;;;;;;;
Personnr;Elev;Skola;Grupp;Datum;Tid;Status;Frånvaro (tim);Rapporterad
20120304-1040;Påhittad Ett;Exempelskolan Norr;7A Ma;1/9 2026;08:10-08:55;Sjuk;0,75;Ja
120517-1175;Påhittad Två;Exempelskolan Norr;7A Ma;1/9 2026;08:10-08:55;Närvarande;;Ja
20130101TF01;Påhittad Tre;Exempelskolan Norr;7A Ma;1/9 2026;08:10-08:55;Praktik;45 min;Ja
20120304-1040;Påhittad Ett;Exempelskolan Norr;7A Ma;15/9 2026;08:10-08:55;Närvarande;;Nej
120517-1175;Påhittad Två;Exempelskolan Norr;7A Ma;15/9 2026;08:10-08:55;Praktik;0:45;Nej
20130101TF01;Påhittad Tre;Exempelskolan Norr;7A Ma;15/9 2026;08:10-08:55;Närvarande;;Nej
20120304-1040;Påhittad Ett;Exempelskolan Norr;7A Ma;22/9 2026;08:10-08:55;Praktik;0:45;Ja
Totalt;;;;;;;3,75;
"""


def _added(walker: Walker) -> str:
    """The address of a new source that is read by a mapping profile."""
    page = walker.page
    page.locator(".menu-wide").get_by_role("link", name="Källor").click()
    walker.look()
    page.get_by_role("link", name="Lägg till källa").click()
    walker.look()
    page.get_by_label("Namn").fill("Skolsystem Norr")
    page.get_by_label("Så kommer uppgifterna").select_option("profile")
    page.get_by_role("button", name="Lägg till").click()
    walker.look()
    return page.url


def _send(walker: Walker, file: Path) -> Page:
    """Send the file of the open source, and have it looked at."""
    page = walker.page
    page.get_by_role("link", name="Skicka filer").click()
    walker.look()
    page.get_by_label("Filer").set_input_files(file)
    page.get_by_role("button", name="Skicka och granska").click()
    return _worked(walker)


def _worked(walker: Walker) -> Page:
    """The open page, once the queue has been worked through."""
    walker.installation.run("work", "--once")
    walker.page.goto(walker.page.url)
    return walker.page


def test_a_fault_is_shown_with_its_place_and_mended_and_the_file_taken_in(
    walker: Walker, tmp_path: Path
) -> None:
    # Given a system owner with a report of a system that nobody has told of
    file = tmp_path / "rapport.csv"
    file.write_text(REPORT, "cp1252")
    page = walker.be("Systemansvarig")
    source = _added(walker)

    # When the file is sent, what its columns are is guessed, and saved as guessed
    _send(walker, file)
    page.get_by_role("link", name="Se igenom läsprofilen").click()
    walker.look()
    page.get_by_role("button", name="Spara och granska på nytt").click()
    _worked(walker)

    # Then what could not be read stands there by line and column, with what to do
    fault = page.locator("tr", has_text="kolumn Status").first
    expect(fault).to_contain_text("rad 5")
    expect(fault.get_by_role("cell").last).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("Inget har lästs in")
    assert "Påhittad" not in page.locator("main").inner_text()
    walker.look()

    # When the word is given its meaning, and the file is sent again
    page.goto(source)
    page.get_by_role("link", name="Ändra läsprofilen").click()
    page.get_by_label("Praktik", exact=True).select_option(label="annan skolaktivitet")
    page.get_by_role("button", name="Spara och granska på nytt").click()
    page.goto(source)
    _send(walker, file)

    # Then what would change is shown before anything is taken in
    expect(page.locator("main")).to_contain_text("Inget är inläst än")
    expect(page.get_by_role("heading", name="Rader")).to_be_visible()
    walker.look()

    # When it is decided, it is taken in, and the page tells how far it has come and how it went
    page.get_by_role("button", name="Läs in leveransen").click()
    walker.look()
    _worked(walker)
    expect(page.locator("main")).to_contain_text(re.compile("inläst", re.I))
    expect(page.get_by_role("button", name="Ångra inläsningen")).to_be_visible()
    walker.look()
