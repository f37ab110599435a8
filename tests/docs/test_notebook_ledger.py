"""The researcher's notebook runs on the core alone, and its figures hold together."""

from __future__ import annotations

import ast
import re
import sys

import pytest
from tests.docs.notebook import FOLDER, Ran, cells, run, source

NAME = "measure-a-ledger.ipynb"


@pytest.fixture(scope="module")
def ran() -> Ran:
    return run(NAME)


def test_the_page_shows_what_its_cells_print(ran: Ran) -> None:
    assert ran.shown == ran.printed


def test_the_minutes_of_pupils_and_of_groups_agree(ran: Ran) -> None:
    rows, grades = ran.names["rows"], ran.names["grades"]

    assert len(rows) == sum(one.pupils for one in grades)
    for minutes in ("scheduled_minutes", "acknowledged_minutes", "absent_minutes"):
        assert sum(getattr(row, minutes) for row in rows) == sum(
            getattr(one.minutes, minutes) for one in grades
        )
    assert ran.names["without"] == sum(row.acknowledged_minutes == 0 for row in rows) > 0


def test_the_flag_is_the_sum_of_its_lessons(ran: Ran) -> None:
    flagged, explanation = ran.names["flagged"], ran.names["explanation"]
    absent = sum(
        lesson.valid_minutes + lesson.invalid_minutes + lesson.unclassified_minutes
        for lesson in explanation.lessons
    )

    assert explanation.adds_up
    assert absent == flagged.absence.absent_minutes > 0
    assert absent * 100 >= 15 * flagged.absence.acknowledged_minutes


def test_what_is_learned_later_changes_nothing_known_before(ran: Ran) -> None:
    assert ran.names["changed"]
    assert ran.names["again"] == ran.names["rows"]


def test_no_pupils_key_is_shown(ran: Ran) -> None:
    keys = [row.pupil for row in ran.names["rows"]]

    assert not any(key in text for text in ran.printed for key in keys)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.ipynb")))
def test_a_notebook_imports_the_library_and_python_alone(name: str) -> None:
    asked = {
        module.partition(".")[0]
        for cell in cells(name)
        for node in ast.walk(ast.parse(source(cell)))
        for module in _modules(node)
    }

    assert "narvaro" in asked
    assert asked - {"narvaro"} <= sys.stdlib_module_names


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [one.name for one in node.names] if isinstance(node, ast.Import) else []


def test_every_notebook_has_a_test_that_runs_it() -> None:
    tested = {
        name
        for path in FOLDER.parents[1].joinpath("tests", "docs").glob("test_notebook_*.py")
        for name in re.findall(r'NAME = "(.+\.ipynb)"', path.read_text("utf-8"))
    }

    assert tested == {path.name for path in FOLDER.glob("*.ipynb")}
