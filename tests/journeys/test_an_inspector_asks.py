"""An inspector asks when the school knew, what it did, and whom it told: one page, and its paper."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.journeys.conftest import Walker

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def test_one_page_answers_from_the_late_list_and_the_case_and_on_paper(
    walker: Walker, tmp_path: Path
) -> None:
    # Given a principal who is asked about a step that is late
    page = walker.be("Rektor")
    walker.turn_to("Uppföljning")
    late = page.locator("#forsenade tbody tr", has_text="huvudmannen").first
    pupil = late.get_by_role("link").first.inner_text()
    late.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ärende för {pupil}")
    first_action = page.locator("dl.facts div", has_text="Första åtgärd").inner_text()

    # When the case is taken out, with a reason
    page.get_by_role("link", name="Ta ut ärendet för tillsyn").click()
    walker.look()
    page.get_by_label("Skolinspektionen har begärt uppgifter").check()
    page.get_by_role("button", name="Visa sidan").click()

    # Then the four questions have their days, the same as the case says
    expect(page.get_by_role("heading", level=1)).to_have_text(pupil)
    answers = page.locator("#svar tbody tr")
    expect(answers).to_have_count(4)
    for number in range(3):
        expect(answers.nth(number)).to_contain_text(DAY)
    acted = DAY.search(answers.nth(1).inner_text())
    assert acted is not None
    assert str(int(acted.group()[-2:])) in first_action
    expect(page.locator("#handelser")).to_contain_text("Signerat: ")
    walker.look()

    # And the paper is a tagged file whose name tells nobody
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Hämta PDF").click()
    assert re.fullmatch(r"tillsyn-\d{4}-\d\d-\d\d\.pdf", fetched.value.suggested_filename)
    kept = tmp_path / "tillsyn.pdf"
    fetched.value.save_as(kept)
    assert b"pdfuaid" in kept.read_bytes()


def test_a_head_of_schools_is_answered_without_pupils(walker: Walker) -> None:
    page = walker.be("Skolchef")
    walker.go("/rutinen/")
    page.locator("#skolorna tbody a").first.click()
    page.get_by_role("link", name=re.compile("^Tiden i ärenden")).click()

    expect(page.locator("main")).to_contain_text("Från kännedom till utredning")
    expect(page.locator("main tbody a")).to_have_count(0)
    walker.look()
