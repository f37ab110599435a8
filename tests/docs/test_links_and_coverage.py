"""Links lead somewhere, and everything that can be typed is written about."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.docs.console import ROOT

from narvaro.cli.command import Command
from narvaro.cli.commands import COMMANDS
from narvaro.cli.parsing import make_parser, read_options
from narvaro.programmes import programme_ids

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def prose(page: Path) -> str:
    """The page without fenced blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    """The names that headings get as places to link to."""
    plain = (re.sub(r"[`*_\[\]]", "", text).lower() for text in HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in plain}


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        yield from ((page, target) for target in LINK.findall(prose(page)))


def leads_nowhere(page: Path, target: str) -> bool:
    path, _, place = target.partition("#")
    file = page.parent / unquote(path) if path else page
    if not file.exists():
        return True
    return bool(place) and place not in anchors(file)


def test_every_link_within_the_project_leads_somewhere() -> None:
    own = [(page, target) for page, target in links() if "://" not in target]
    broken = [f"{p.relative_to(ROOT)}: {t}" for p, t in own if leads_nowhere(p, t)]

    assert len(own) > 40
    assert broken == []


def test_a_link_to_nothing_is_seen() -> None:
    page = ROOT / "README.md"

    assert leads_nowhere(page, "docs/no-such-page.md")
    assert leads_nowhere(page, "DEVELOPING.md#no-such-heading")
    assert not leads_nowhere(page, "DEVELOPING.md#add-a-measure")


@pytest.mark.parametrize("page", [p for p in PAGES if "docs" in p.parts], ids=lambda p: p.stem)
def test_every_page_is_reached_from_another(page: Path) -> None:
    reached = {(one.parent / unquote(t.partition("#")[0])).resolve() for one, t in links()}

    assert page.resolve() in reached


def every_command() -> Iterator[str]:
    for command in COMMANDS:
        if isinstance(command, Command):
            yield command.name
        else:
            yield from (f"{command.name} {below.name}" for below in command.commands)


@pytest.mark.parametrize("name", list(every_command()))
def test_every_command_is_in_the_reference(name: str) -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")

    assert f"narvaro {name}" in page


@pytest.mark.parametrize("programme", programme_ids())
def test_every_programme_is_in_the_reference(programme: str) -> None:
    assert f"`{programme}`" in (ROOT / "docs/reference/programmes.md").read_text("utf-8")


def tour() -> list[str]:
    """The commands that the README shows."""
    return re.findall(r"^narvaro .+$", (ROOT / "README.md").read_text("utf-8"), re.M)


def test_the_readme_has_a_tour() -> None:
    assert len(tour()) > 5


@pytest.mark.parametrize("typed", tour())
def test_every_command_of_the_tour_can_be_typed(typed: str) -> None:
    words = shlex.split(typed, comments=True)

    assert callable(read_options(make_parser(COMMANDS), words[1:]).call)


def test_the_decisions_are_numbered_without_gaps() -> None:
    pages = sorted(p.name for p in (ROOT / "docs" / "decisions").glob("0*.md"))

    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    for name in pages:
        text = (ROOT / "docs" / "decisions" / name).read_text("utf-8")
        for part in ("What pressed", "What was weighed", "What was decided", "What enforces it"):
            assert f"## {part}" in text, name
