"""Every step of the routine's tutorials does what the page says, in a demo just started."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.conftest import (
    AS_STARTED,
    ROOT,
    Installation,
    Walker,
    environment_of,
    serving,
    walking,
)

TUTORIALS = ROOT / "docs" / "tutorials"
PAGES = {
    "fran-flagga-till-beslut-som-mentor.md": ("Mentor", "from-flag-to-decision-as-a-mentor.md"),
    "ett-mote-som-elevhalsa.md": ("Skolkurator", "a-meeting-as-student-health.md"),
    "rutinen-som-rektor.md": ("Rektor", "the-routine-as-a-principal.md"),
}
OWN = "dig själv i "
FIRST = {
    "det första ärendet": "main tbody a",
    "det första försenade steget": "#forsenade tbody th a",
}


@pytest.fixture(scope="module")
def untouched(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The demo as it was when it was started, whatever other journeys have changed since."""
    folder = tmp_path_factory.mktemp("tutorials") / "demo"
    shutil.copytree(installation.folder, folder, ignore=shutil.ignore_patterns("*.sqlite3*"))
    shutil.copy(installation.folder.parent / AS_STARTED, folder / "narvaro.sqlite3")
    with serving(folder, environment_of(folder)) as served:
        yield served
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def reader(untouched: Installation, chromium: Browser) -> Iterator[Walker]:
    with walking(untouched, chromium, {}) as walker:
        yield walker


def steps(name: str) -> list[tuple[str, str]]:
    """Each step of a page: its verb and what follows."""
    text = (TUTORIALS / name).read_text("utf-8")
    blocks = re.findall(r"```steg\n(.*?)```", text, re.S)
    found = []
    for line in (line for block in blocks for line in block.splitlines()):
        verb = next(one for one in VERBS if line == one or line.startswith(f"{one} "))
        found.append((verb, line.removeprefix(verb).strip()))
    return found


def _follow(walker: Walker, words: str) -> None:
    page = walker.page
    if words in FIRST:
        page.locator(FIRST[words]).first.click()
    else:
        page.get_by_role("link", name=re.compile(f"^{re.escape(words)}")).first.click()


def _press(walker: Walker, words: str) -> None:
    name = re.compile(f"^{re.escape(words)}")
    walker.page.get_by_role("button", name=name).first.click()


def _choose(walker: Walker, words: str) -> None:
    page = walker.page
    if words.startswith(OWN):
        me = page.locator("ul.coming legend", has_text="Skolkurator").locator(".secondary")
        field = page.get_by_label(words.removeprefix(OWN))
        field.select_option(label=me.inner_text())
    else:
        _field(page, words).check()


def _write(walker: Walker, rest: str) -> None:
    label, _colon, text = rest.partition(": ")
    _field(walker.page, label).fill(text)


def _field(page: Page, label: str) -> Locator:
    """The field of a label; an option's label may go on with what follows of it."""
    named = page.get_by_label(label, exact=True)
    if named.count():
        return named.first
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first


def _mark_all(walker: Walker, _rest: str) -> None:
    for answer in walker.page.locator("ul.coming input[value=yes]").all():
        answer.check()


def _open(walker: Walker, words: str) -> None:
    walker.page.locator("summary", has_text=re.compile(f"^{re.escape(words)}$")).first.click()


def _see(walker: Walker, words: str) -> None:
    expect(walker.page.locator("body")).to_contain_text(words)


VERBS: dict[str, Callable[[Walker, str], object]] = {
    "öppna": Walker.go,
    "gå tillbaka": lambda walker, _rest: walker.page.go_back(),
    "flytta dagen till": Walker.move_to,
    "följ": _follow,
    "tryck": _press,
    "välj": _choose,
    "skriv": _write,
    "markera att alla var med": _mark_all,
    "fäll ut": _open,
    "se": _see,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_followed_to_its_end(reader: Walker, name: str) -> None:
    reader.be(PAGES[name][0])

    for number, (verb, rest) in enumerate(steps(name), 1):
        try:
            VERBS[verb](reader, rest)
        except Exception as broken:
            broken.add_note(f"step {number} of {name}: {verb} {rest}")
            raise

    assert len(steps(name)) > 20
    assert reader.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_the_translated_page_has_the_same_steps(name: str) -> None:
    assert steps(PAGES[name][1]) == steps(name)


def test_a_step_that_does_not_hold_is_seen(reader: Walker) -> None:
    reader.be("Mentor")

    with pytest.raises(AssertionError):
        expect(reader.page.locator("body")).to_contain_text("Det här står inte här", timeout=500)
