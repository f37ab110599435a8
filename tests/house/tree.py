"""What stands in the repository: its files, and its Python taken apart."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "narvaro"


@cache
def tracked() -> tuple[Path, ...]:
    """The files that belong to the project; from a packed copy, every file but hidden ones."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return tuple(sorted(path for path in ROOT.rglob("*") if _is_ours(path)))
    names = sorted({name for name in done.stdout.split("\0") if name})
    return tuple(path for path in (ROOT / name for name in names) if path.is_file())


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return path.is_file() and not any(part.startswith(".") for part in parts)


def named(path: Path) -> str:
    """A path as it is written in lists: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def with_suffix(*suffixes: str) -> list[Path]:
    """The project's files of some kinds."""
    return [path for path in tracked() if path.suffix in suffixes]


@cache
def parsed(path: Path) -> ast.Module:
    """A Python file taken apart."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function's name and its lines, without its docstring and decorators."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, _span(node) - _docstring(node)


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return _span(node.body[0]) if ast.get_docstring(node) is not None else 0


def line_count(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text("utf-8").splitlines())
