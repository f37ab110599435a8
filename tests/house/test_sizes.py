"""Things stay small enough to be read at once, or say why not.

What is listed in `sizes.toml` may be as long as it says there, and no longer; what has become
short again is taken off the list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.house.tree import functions, line_count, named, tracked, with_suffix

LISTED = tomllib.loads((Path(__file__).parent / "sizes.toml").read_text("utf-8"))
# what a thing is -> (from here on it is listed with a reason, where it stops whatever the reason)
# A test module is a list of sentences, each read alone; it may be longer than what runs.
LIMITS = {"functions": (50, 80), "modules": (250, 400), "tests": (700, 900), "sql": (120, 320)}
PAPER = {".html", ".typ", ".css", ".js"}
LIMITS["templates"] = (120, 250)


def measured(kind: str) -> dict[str, int]:
    """The lines of everything of a kind, by the name it has in the list."""
    if kind == "functions":
        return {
            f"{named(path)}:{name}": lines
            for path in with_suffix(".py")
            for name, lines in functions(path)
        }
    return {named(path): line_count(path) for path in tracked() if kind_of(path) == kind}


def kind_of(path: Path) -> str:
    if {"migrations", "vendor"} & set(path.parts):  # written by a command, or by others
        return ""
    if path.suffix == ".py":
        return "modules" if named(path).startswith("src/") else "tests"
    if path.suffix == ".sql":
        return "sql"
    is_template = path.suffix in PAPER and named(path).startswith("src/")
    return "templates" if is_template else ""


def complaints(kind: str, found: Mapping[str, int]) -> list[str]:
    """Too long and not listed, longer than listed, longer than anything may be."""
    listed_from, stop = LIMITS[kind]
    listed = LISTED.get(kind, {})
    allowed = {name: min(entry["at_most"], stop) for name, entry in listed.items()}
    return [
        f"{name}: {lines} lines, at most {allowed.get(name, listed_from)}"
        for name, lines in found.items()
        if lines > allowed.get(name, listed_from)
    ]


@pytest.mark.parametrize("kind", LIMITS)
def test_nothing_is_longer_than_it_may_be(kind: str) -> None:
    assert complaints(kind, measured(kind)) == []


@pytest.mark.parametrize("kind", LIMITS)
def test_the_list_holds_only_what_is_long_and_says_why(kind: str) -> None:
    found = measured(kind)
    for name, entry in LISTED.get(kind, {}).items():
        assert found.get(name, 0) > LIMITS[kind][0], f"{name} is short: take it off the list"
        assert len(entry["because"]) > 30, f"{name}: say why"
        assert set(entry) == {"at_most", "because"}


def test_something_too_long_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "long.py"
    module.write_text("def f() -> int:\n" + "    x = 1\n" * 50 + "    return x\n", "utf-8")
    found = {f"long.py:{name}": lines for name, lines in functions(module)}

    assert complaints("functions", found) == ["long.py:f: 52 lines, at most 50"]


def test_a_docstring_does_not_make_a_function_long(tmp_path: Path) -> None:
    module = tmp_path / "told.py"
    module.write_text(
        'def f() -> int:\n    """' + "told\n" * 60 + '    """\n    return 1\n', "utf-8"
    )

    assert dict(functions(module)) == {"f": 2}
