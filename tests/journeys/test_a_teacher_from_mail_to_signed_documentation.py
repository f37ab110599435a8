"""A mentor goes from the week's mail to the signed documentation of the conversation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.by_keyboard import press, tab_to, write
from tests.journeys.conftest import Installation, Walker
from tests.journeys.mails import links_in, names_in, weekly_mail

FIELDS = "form.document fieldset.field, form.document div.field"
TEXTS = {
    "Vad säger eleven själv?": "Det går bättre när någon står vid dörren.",
    "Vad säger hemmet?": "Mornarna har blivit lugnare.",
    "Vad har skolan provat, och vad hände?": "Möte vid entrén, åäö.",
}
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def installation(of_its_own: Installation) -> Installation:
    """Flags are spent here that others count."""
    return of_its_own


@pytest.fixture(scope="module")
def mail(installation: Installation) -> str:
    """The week's mail to the mentor, as it lies in the folder."""
    return weekly_mail(installation, "mentor")


def _left(page: Page) -> list[str]:
    """The fields that are empty, by their labels."""
    return list(
        page.locator(FIELDS).evaluate_all(
            """all => all.filter(one => {
                const inputs = [...one.querySelectorAll('input, textarea, select')];
                const chosen = inputs.filter(i => ['radio', 'checkbox'].includes(i.type));
                return chosen.length ? !chosen.some(i => i.checked) : inputs.some(i => !i.value);
            }).map(one => one.querySelector('legend, label').innerText)"""
        )
    )


def test_the_mail_says_what_waits_and_names_nobody(mail: str, installation: Installation) -> None:
    assert "saker att göra" in mail
    assert links_in(mail)[0] == f"{installation.address}/att-gora/"
    assert names_in(mail, installation) == set()


def _opened(walker: Walker, link: str) -> str:
    """Follow the link of the mail, say who one is, and open a case from the first flag."""
    page = walker.page
    page.goto(link)
    walker.look()
    page.locator("main li", has=page.get_by_text("Mentor", exact=True)).get_by_role(
        "button"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Att göra")
    walker.look()
    page.get_by_role("link", name="Ta ställning").first.click()
    walker.look()
    page.get_by_role("button", name="Öppna ärende").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Ärende för "))
    return page.url


def _filled_in(page: Page) -> None:
    """Saved as it is typed, without a click."""
    page.get_by_label("Eleven", exact=True).check()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        for label, text in TEXTS.items():
            page.get_by_label(label).fill(text)
    assert answered.value.status == 200
    page.reload()
    assert _left(page) == []


def test_from_the_mail_four_fields_lead_to_a_step_that_rests_on_what_was_signed(
    walker: Walker, mail: str
) -> None:
    # Given a case that was opened from the mail
    page, case = walker.page, _opened(walker, links_in(mail)[0])
    expect(page.get_by_text("är inte signerat")).to_be_visible()
    walker.look()

    # When the documentation is begun, at most four fields are left: the rest stands there
    page.get_by_role("button", name=re.compile("Börja skriva")).click()
    assert 1 <= len(_left(page)) <= 4
    for said in ("Frånvaro", "Mönster", "Hittills i ärendet", "Missad tid per dag"):
        expect(page.locator(".prefilled").first).to_contain_text(said)
    expect(
        page.get_by_text(re.compile(r"Siffror till \w+\s\d+\s\w+\s\d{4}\skl\..*frysta"))
    ).to_be_visible()
    walker.look()
    _filled_in(page)

    # And signed, which locks it
    page.get_by_role("button", name="Förhandsgranska och signera").click()
    walker.look()
    page.get_by_role("button", name="Signera").click()
    expect(page.get_by_role("status")).to_contain_text("signerat och låst")
    expect(page.get_by_label("Vad säger hemmet?")).to_have_count(0)
    walker.look()

    # Then the step rests on it, and what happened says so
    page.get_by_role("link", name="Till ärendet").click()
    assert page.url == case
    expect(page.get_by_text("Underlaget är klart.")).to_be_visible()
    expect(page.get_by_text("är inte signerat")).to_have_count(0)
    expect(page.locator(".timeline")).to_contain_text("Signerat: ")
    walker.look()


@pytest.mark.parametrize("walker", [PHONE], indirect=True)
def test_all_of_it_goes_by_keyboard_on_a_narrow_screen(walker: Walker, mail: str) -> None:
    page = walker.page
    page.goto(links_in(mail)[0])
    here = page.locator("main li", has=page.get_by_text("Mentor", exact=True))
    press(here.get_by_role("button"))
    page.wait_for_url("**/att-gora/")
    press(page.get_by_role("link", name="Ta ställning").first)
    page.wait_for_url("**/flaggor/*/")
    press(page.get_by_role("button", name="Öppna ärende"))
    page.wait_for_url("**/arenden/*/")
    press(page.get_by_role("button", name=re.compile("Börja skriva")))
    page.wait_for_url("**/fyll-i/")

    # the focus stays where one writes when what was written is saved
    press(page.get_by_label("Eleven", exact=True), "Space")
    for label, text in TEXTS.items():
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            write(page.get_by_label(label), text)
        expect(page.locator("#saved")).to_contain_text("Sparat")
        expect(page.get_by_label(label)).to_be_focused()

    press(page.get_by_role("button", name="Förhandsgranska och signera"))
    page.wait_for_url("**/granska/")
    press(page.get_by_role("button", name="Signera"))
    expect(page.get_by_role("status")).to_contain_text("signerat och låst")
    press(page.get_by_role("link", name="Till ärendet"))
    page.wait_for_url("**/arenden/*/")

    # and so does the decision
    tab_to(page.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    write(page.get_by_label("Skäl", exact=True), "Hemmet och skolan är överens.")
    press(page.get_by_role("button", name=re.compile("Besluta")))
    expect(page.get_by_role("status")).to_contain_text("Beslutet är sparat")
    assert walker.complaints == []
