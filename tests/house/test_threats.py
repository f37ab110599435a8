"""The threat model of SECURITY.md: seven points of view, each threat with tests that are there."""

from __future__ import annotations

import ast
import re

import pytest
from tests.house.tree import ROOT

POINTS_OF_VIEW = (
    "A curious colleague",
    "A separated guardian",
    "A journalist with a guessed address",
    "A compromised agency account",
    "A stolen laptop",
    "A malicious file",
    "An administrator",
)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def model() -> dict[str, list[str]]:
    """The rows of each point of view."""
    text = (ROOT / "SECURITY.md").read_text("utf-8").partition("## Threat model")[2]
    parts = text.partition("\n## ")[0].split("\n### ")[1:]
    return {
        part.partition("\n")[0]: [
            line for line in part.splitlines() if line.startswith("|") and "---" not in line
        ][1:]
        for part in parts
    }


def pinned() -> list[tuple[str, str]]:
    return sorted(
        {found for rows in model().values() for row in rows for found in TEST.findall(row)}
    )


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def test_every_point_of_view_is_there() -> None:
    assert tuple(model()) == POINTS_OF_VIEW


@pytest.mark.parametrize("view", POINTS_OF_VIEW)
def test_every_threat_has_a_control_and_a_test(view: str) -> None:
    rows = model()[view]

    assert len(rows) >= 4
    for row in rows:
        _, threat, control, tests, _ = (cell.strip() for cell in row.split("|"))
        assert threat, row
        assert control, row
        assert TEST.findall(tests), f"no test is named for: {threat}"


@pytest.mark.parametrize(("path", "name"), pinned())
def test_a_test_that_pins_a_control_is_there(path: str, name: str) -> None:
    assert (ROOT / path).is_file(), path
    assert name in names_in(path)
