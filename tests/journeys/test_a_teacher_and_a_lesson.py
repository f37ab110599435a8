"""A teacher sees what is not acknowledged, says why not, and acknowledges in the source system."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Walker
from tests.journeys.deliveries import acknowledge

WAITS = re.compile(r"Kvittera \d+ lektion")


def _row(page: Page) -> str:
    """What the queue says of the teacher's lessons, or nothing."""
    row = page.get_by_role("heading", name=WAITS)
    return row.first.inner_text() if row.count() else ""


def test_a_reason_takes_a_lesson_from_the_queue_and_so_does_the_next_delivery(
    walker: Walker,
) -> None:
    # Given a teacher with a lesson that nobody has acknowledged
    page = walker.be("Lärare")
    before = _row(page)
    assert before
    walker.look()
    page.get_by_role("link", name=WAITS).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lektioner att kvittera")
    walker.look()

    # When the teacher notes why it cannot be acknowledged
    boxes = page.get_by_role("checkbox")
    numbers = [str(box.get_attribute("value")) for box in boxes.all()]
    boxes.first.check()
    page.get_by_label("Klassen var på annat").check()
    page.get_by_role("button", name="Notera skälet").click()

    # Then it has left the queue, and the reason stands beside it
    expect(page.get_by_role("status")).to_contain_text("Siffrorna ändras inte")
    expect(page.get_by_role("heading", name="Du eller en kollega har sagt varför")).to_be_visible()
    walker.look()
    walker.go("/att-gora/")
    assert _row(page) != before

    # When the reason is taken back, the lesson waits again
    walker.go("/lektioner/")
    page.get_by_role("button", name="Ta tillbaka skälet").first.click()
    expect(page.get_by_role("status")).to_contain_text("väntar igen")
    walker.go("/att-gora/")
    assert _row(page) == before

    # When the day after has come, the lesson still waits, until the source's next delivery
    walker.move_to("2026-12-03")
    walker.go("/lektioner/")
    expect(page.locator(f"input[value='{numbers[0]}']")).to_have_count(1)
    acknowledge(walker.installation, numbers[0])

    # Then it has left for good
    walker.go("/lektioner/")
    expect(page.locator(f"input[value='{numbers[0]}']")).to_have_count(0)
    walker.look()


def test_noting_a_reason_for_nothing_says_what_is_left_to_do(walker: Walker) -> None:
    # Given a principal at the lessons that nobody has acknowledged
    page = walker.be("Rektor")
    walker.go("/registrering/")
    walker.look()
    page.get_by_role("link", name="Alla okvitterade lektioner").click()

    # When no lesson and no reason is chosen
    page.get_by_role("button", name="Notera skälet").click()

    # Then the page says what remains, and nothing is lost
    expect(page.get_by_role("alert")).to_contain_text("Det här återstår")
    walker.look()
