"""Every step of a principal's first hour does what the page says, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import ROOT, Walker

TUTORIALS = ROOT / "docs" / "tutorials"
PAGE, TRANSLATED = "forsta-timmen-som-rektor.md", "first-hour-as-a-principal.md"
VERBS = ("öppna", "följ", "fäll ut", "se")


def steps(name: str) -> list[tuple[str, str]]:
    """Each step of a page: its verb and what follows."""
    text = (TUTORIALS / name).read_text("utf-8")
    blocks = re.findall(r"```steg\n(.*?)```", text, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    verbs = [next(verb for verb in VERBS if line.startswith(f"{verb} ")) for line in lines]
    return [(verb, line.removeprefix(f"{verb} ")) for verb, line in zip(verbs, lines, strict=True)]


def follow(walker: Walker, verb: str, rest: str) -> None:
    """Do one step."""
    page = walker.page
    does: dict[str, Callable[[], object]] = {
        "öppna": lambda: walker.go(rest),
        "följ": lambda: _link(page, rest),
        "fäll ut": lambda: page.get_by_text(rest).first.click(),
        "se": lambda: expect(page.locator("body")).to_contain_text(rest),
    }
    does[verb]()


def _link(page: Page, words: str) -> None:
    if words.startswith("den första eleven"):
        page.locator("#in-och-ut tbody a[href^='/elever/']").first.click()
    else:
        page.get_by_role("link", name=re.compile(re.escape(words))).first.click()


def test_the_page_can_be_followed_to_its_end(walker: Walker) -> None:
    walker.be("Rektor")

    for step in steps(PAGE):
        follow(walker, *step)

    assert len(steps(PAGE)) > 20
    assert walker.complaints == []


def test_the_translated_page_has_the_same_steps() -> None:
    assert steps(TRANSLATED) == steps(PAGE)


def test_a_step_that_does_not_hold_is_seen(walker: Walker) -> None:
    walker.be("Rektor")

    with pytest.raises(AssertionError):
        expect(walker.page.locator("body")).to_contain_text("Det här står inte här", timeout=500)
