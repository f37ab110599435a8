"""Habits of the templates that a machine can see."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.house.tree import PACKAGE, named, parsed, tracked, with_suffix

WEB = PACKAGE / "web"
FRAMES = {"ui/base.html", "ui/bare.html"}
# Answered alone, to be put into a page that is shown already
PARTS = {"jobs/progress.html", "deliveries/progress.html"}
# What a form, a note or a page is of, in words of ours
KINDS = {"{{ page_title }}", "{{ kind.title }}", "{{ unit.get_kind_display|capfirst }}"}
TITLE = re.compile(r"{% block (?:head_)?title %}(.*?){% endblock(?: \w+)? %}", re.S)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I)
HANDLER = re.compile(r"<[a-z][^>%]*\son[a-z]+\s*=", re.I)
STYLE = re.compile(r"<style\b|<[^>{]*\sstyle\s*=", re.I)


def templates() -> dict[str, str]:
    """The web application's templates by the name they are asked for with."""
    found = [path for path in tracked() if WEB in path.parents and path.suffix == ".html"]
    return {name_of(path): path.read_text("utf-8") for path in found}


def name_of(path: Path) -> str:
    return named(path).partition("/templates/")[2]


def rendered_as_pages() -> set[str]:
    """Names that Python hands to `render(request, NAME, …)`."""
    return {
        node.args[1].value
        for path in with_suffix(".py")
        if WEB in path.parents
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "render"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    }


def wrong_in(text: str) -> list[str]:
    """What the content security policy would stop."""
    checks = {"a style": STYLE, "a script": SCRIPT, "a handler": HANDLER}
    return [what for what, pattern in checks.items() if pattern.search(text)]


def test_no_template_holds_a_style_a_script_or_a_handler_of_its_own() -> None:
    found = {name: wrong for name, text in templates().items() if (wrong := wrong_in(text))}

    assert found == {}


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a class="x" onclick="go()">',
    ],
)
def test_what_the_policy_would_stop_is_seen(wrong: str) -> None:
    assert wrong_in(wrong)


def test_a_file_of_scripts_and_data_for_one_are_let_through() -> None:
    assert wrong_in('<script src="{% static "ui/page.js" %}" defer></script>') == []
    assert wrong_in('<script type="application/json">{}</script>') == []


def test_only_the_frames_are_whole_documents() -> None:
    whole = {name for name, text in templates().items() if "<html" in text}

    assert whole == FRAMES


def test_every_page_stands_in_a_frame() -> None:
    rendered = rendered_as_pages()
    pages = {name: text for name, text in templates().items() if name in rendered}
    without = {
        name
        for name, text in pages.items()
        if not re.search(r"{% extends ", text) and name not in PARTS
    }

    assert len(pages) > 10
    assert without == set()


def test_no_title_holds_anything_that_could_be_a_name() -> None:
    """A tab's title is seen on a shared screen and kept in the browser's history."""
    titles = {name: TITLE.findall(text) for name, text in templates().items()}
    words = r"{% (?:translate|block|endblock)[^%]*%}"
    allowed = re.compile("|".join([words, *map(re.escape, KINDS)]))
    telling = {
        name: found
        for name, said in titles.items()
        for found in said
        if re.search("{[{%]", allowed.sub("", found))
    }

    assert telling == {}
