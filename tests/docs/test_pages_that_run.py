"""Every command on every page runs, and answers as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.console import ROOT, agrees, answer_of, make_desk, typed_on
from tests.docs.tutorial_town import DATA, files

OF_THEIR_OWN = {"join-roster-and-attendance.md"}  # run by tests that make their files
PAGES = sorted(
    path
    for kind in ("tutorials", "how-to", "explanation", "operate", "law")
    for path in (ROOT / "docs" / kind).glob("*.md")
    if "```console" in path.read_text("utf-8") and path.name not in OF_THEIR_OWN
)
TRANSLATED = {"analytikerns-manadsavstamning.md": "analyst-month-end.md"}


def page_name(path: Path) -> str:
    return path.relative_to(ROOT / "docs").as_posix()


@pytest.mark.parametrize("page", [p for p in PAGES if p.name not in TRANSLATED], ids=page_name)
def test_every_command_of_a_page_answers_as_the_page_says(page: Path, tmp_path: Path) -> None:
    environment = make_desk(tmp_path)
    for typed in typed_on(page.read_text("utf-8")):
        answer = answer_of(typed.command, tmp_path, environment)

        assert agrees(typed.expected, answer), (
            f"{page_name(page)} line {typed.line}: {typed.command}\nanswers\n{answer}\n"
            f"the page says\n{typed.expected}"
        )


@pytest.mark.parametrize("translated", TRANSLATED)
def test_a_translated_page_types_the_same_and_sees_the_same(translated: str) -> None:
    own = DATA.parent / translated
    other = DATA.parent / TRANSLATED[translated]

    seen, meant = (list(typed_on(path.read_text("utf-8"))) for path in (own, other))

    assert [(one.command, one.expected) for one in seen] == [
        (one.command, one.expected) for one in meant
    ]
    assert re.findall(r"^```toml\n.*?^```", own.read_text("utf-8"), re.M | re.S) == re.findall(
        r"^```toml\n.*?^```", other.read_text("utf-8"), re.M | re.S
    )


def test_the_data_of_the_tutorials_are_those_of_the_invented_town() -> None:
    for path, text in files().items():
        assert path.read_text("utf-8") == text, "run: python tests/docs/tutorial_town.py"


@pytest.mark.parametrize(
    ("expected", "answer", "is_right"),
    [
        ("a\nb", "a\nb", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...", "a\nb\nc", True),
        ("a ... c", "a b c", True),
        ("a ... c", "a b\n c", False),
        ("a", "a\nb", False),
        ("", "a", False),
    ],
)
def test_an_answer_is_held_against_the_page(expected: str, answer: str, *, is_right: bool) -> None:
    assert agrees(expected, answer) is is_right
