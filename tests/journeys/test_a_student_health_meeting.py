"""A student health meeting: from the agenda that was made to minutes that are locked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Walker

MEETING = "2026-12-09"
OPINION = "Ljudnivån i matsalen, åäö."
GENERAL = "Vi gick igenom rutinen för anpassade prov."


def opened(walker: Walker, role: str) -> Page:
    """The agenda on its day, by one click from the list of things to do."""
    page = walker.be(role)
    walker.move_to(MEETING)
    page.get_by_role("link", name=re.compile("^Öppna dagordningen")).click()
    return page


def test_from_an_agenda_that_is_made_to_minutes_that_are_locked(walker: Walker) -> None:
    # Given a team that opens its meeting and finds whom to decide on, why, and what
    page = opened(walker, "Skolkurator")
    agenda = page.locator("ol.agenda > li")
    expect(agenda.first).to_contain_text("Att besluta")
    expect(page.locator("body")).to_contain_text("Dagordningen är gjord ur ärendena")
    for said in ("Provat", "Det läraren lärt"):
        expect(agenda.first).to_contain_text(said)
    walker.look()
    meeting = page.url.partition("?")[0]

    # And the figure of the agenda is the one on the pupil's own page
    figure = agenda.first.locator(".figure").inner_text()
    page.get_by_role("link", name="Elevens sida").click()
    expect(page.locator("main")).to_contain_text(figure)
    page.goto(meeting)

    # When it analyses a pupil and decides, with a reason and a person
    for more in page.locator("details.more > summary").all():
        more.click()
    waiting = agenda.filter(has_text="Hur går ärendet vidare?").first
    expect(waiting).not_to_contain_text("Inget dokumenterat.")
    expect(waiting).not_to_contain_text("Ingen uppgift.")
    pupil = waiting.get_by_role("link").first.inner_text()
    waiting.get_by_role("link").first.click()
    page.get_by_label("I skolan").fill(OPINION)
    page.get_by_label(re.compile("^Gå vidare: ")).first.check()
    page.get_by_label("Skäl", exact=True).fill("Analysen visar att mer behöver utredas.")
    page.get_by_label("Vem gör nästa sak").select_option(label=_name_of(page, "Specialpedagog"))
    walker.look()
    page.get_by_role("button", name="Spara beslut, nästa elev").click()
    expect(page.get_by_text("Beslutet är sparat.")).to_be_visible()

    # And notes who was there, ends the meeting and writes what is general
    _is_held(walker)

    _is_approved(walker, meeting, pupil)
    _is_locked(walker, meeting)
    _is_counted(walker)

    # And the step stands in the queue of who got it, with its last day
    walker.be("Specialpedagog")
    walker.move_to(MEETING)
    row = page.locator(".queue-row", has_text=pupil)
    expect(row.first).to_contain_text(re.compile("skoldag"))


def _name_of(page: Page, profession: str) -> str:
    line = page.locator("ul.coming legend", has_text=profession)
    return line.locator(".secondary").inner_text()


def _is_held(walker: Walker) -> None:
    """Everybody was there but the doctor; the general part names nobody."""
    page = walker.page
    for answer in page.locator("ul.coming input[value=yes]").all():
        answer.check()
    page.get_by_role("group", name="Skolläkare").get_by_label("Inte med").check()
    page.get_by_role("button", name="Spara vilka som var med").click()
    page.get_by_role("button", name="Avsluta mötet").click()
    expect(page.get_by_text("Mötet är avslutat. Punkter")).to_be_visible()
    page.get_by_role("link", name="Den allmänna delen").click()
    page.get_by_role("link", name="Skriv den allmänna delen").click()
    page.locator("main textarea").fill(GENERAL)
    page.get_by_role("button", name="Spara").click()
    walker.look()


def _is_approved(walker: Walker, meeting: str, pupil: str) -> None:
    """The principal finds it in the list, reads the two parts, and locks them."""
    page = walker.be("Rektor")
    walker.move_to(MEETING)
    page.get_by_role("link", name=re.compile("^Justera protokollet")).click()
    page.get_by_role("link", name="Delen med elever").click()
    expect(page.locator("main")).to_contain_text(pupil)
    expect(page.locator("main")).to_contain_text(OPINION)
    walker.look()
    page.goto(meeting + "protokoll/allmant/")
    expect(page.locator("main")).to_contain_text(GENERAL)
    expect(page.locator("main")).not_to_contain_text(pupil)
    page.get_by_role("button", name="Justera och lås båda delarna").click()
    expect(page.get_by_text("Protokollet är justerat och låst.")).to_be_visible()


def _is_locked(walker: Walker, meeting: str) -> None:
    """Who goes to change it finds the minutes, why they stand, and where an addendum is written."""
    page = walker.page
    page.goto(meeting + "protokoll/skriv/")
    expect(
        page.get_by_text("Protokollet är justerat. Skriv ett tillägg i stället.")
    ).to_be_visible()
    expect(page.locator("main textarea")).to_have_count(0)
    walker.look()
    expect(page.locator("main")).to_contain_text(GENERAL)


def _is_counted(walker: Walker) -> None:
    """Who was away is counted by profession."""
    page = walker.go("/moten/deltagande/")
    row = page.locator("tbody tr", has_text="Skolläkare")
    present, held = map(int, re.findall(r"(\d+) av (\d+)", row.inner_text())[-1])
    assert (present, held) == (held - 1, held)
    assert held == 4
    walker.look()
