"""Runs a notebook without any notebook software: its code cells, in order, in one namespace."""

from __future__ import annotations

import io
import json
import warnings
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"


@dataclass(frozen=True, slots=True)
class Ran:
    """What the cells left behind: their names, what each printed, and what the file shows."""

    names: dict[str, Any]
    printed: tuple[str, ...]
    shown: tuple[str, ...]


def cells(name: str, kind: str = "code") -> list[dict[str, Any]]:
    """The cells of one kind, in order."""
    notebook = json.loads((FOLDER / name).read_text("utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    """What a cell says."""
    return "".join(cell["source"])


def run(name: str) -> Ran:
    """Run every code cell in the notebook's own folder, warnings being errors."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed, found = [], cells(name)
    with chdir(FOLDER), warnings.catch_warnings():
        warnings.simplefilter("error")
        for number, cell in enumerate(found, 1):
            said = io.StringIO()
            with redirect_stdout(said):
                exec(compile(source(cell), f"{name}, cell {number}", "exec"), names)  # noqa: S102
            printed.append(said.getvalue())
    return Ran(names, tuple(printed), tuple(map(_shown, found)))


def _shown(cell: dict[str, Any]) -> str:
    return "".join("".join(output["text"]) for output in cell["outputs"])
