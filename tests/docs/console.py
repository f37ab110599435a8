"""Types the commands of a page into a shell, and holds what they answer against the page.

A fenced block ```console holds commands after `$ ` and beneath each what it prints; a line of
`...` stands for any lines, `...` within a line for anything. All blocks of a page run one after
another in one new folder, with `docs/tutorials/data` as `data` in it.

`python tests/docs/console.py PAGE` writes the answers into the page.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
LONGEST = 300  # seconds a command may take


@dataclass(frozen=True, slots=True)
class Typed:
    """A command of a page, the line it stands on, and what the page says it prints."""

    command: str
    line: int
    expected: str


def typed_on(text: str) -> Iterator[Typed]:
    """Every command of a page, in order."""
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1)) + 1
        parts = re.split(r"^\$ ", block[1], flags=re.M)
        assert not parts[0].strip(), f"line {line}: a console block begins with a command"
        for part in parts[1:]:
            command, answer = _split(part)
            yield Typed(command, line, answer)
            line += part.count("\n")


def _split(part: str) -> tuple[str, str]:
    """The command, which goes on after a line that ends with a backslash, and its answer."""
    lines = part.splitlines()
    last = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
    return "\n".join(lines[: last + 1]), "\n".join(lines[last + 1 :]).strip()


def make_desk(folder: Path) -> dict[str, str]:
    """A folder to work in, and the environment in which `narvaro` is this one."""
    shutil.copytree(ROOT / "docs" / "tutorials" / "data", folder / "data")
    command = folder / ".bin" / "narvaro"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m narvaro.cli "$@"\n', "utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NARVARO_")}
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "96", "LC_ALL": "C.UTF-8"}
    return kept | own


def answer_of(command: str, folder: Path, environment: dict[str, str]) -> str:
    """What a command prints, on both streams, without trailing spaces."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip()


def agrees(expected: str, answer: str) -> bool:
    """Whether an answer is as the page says, where `...` stands for anything."""
    pattern = "\n".join(line.rstrip() for line in expected.splitlines())
    pieces = re.split(r"^\.\.\.$", pattern, flags=re.M)
    loose = r"(?:.*\n)*?.*".join(_line_by_line(piece) for piece in pieces)
    return re.fullmatch(loose, answer) is not None


def _line_by_line(text: str) -> str:
    return r"[^\n]*".join(re.escape(piece) for piece in text.split("..."))


def write_answers(page: Path, folder: Path) -> None:
    """Put the real answers under the commands of a page; a `...` that still fits is kept."""
    environment = make_desk(folder)
    text = page.read_text("utf-8")

    def renewed(block: re.Match[str]) -> str:
        parts = []
        for one in typed_on(block[0]):
            answer = answer_of(one.command, folder, environment)
            kept = one.expected if one.expected and agrees(one.expected, answer) else answer
            parts.append(f"$ {one.command}\n" + (f"{kept}\n" if kept else ""))
        return "```console\n" + "".join(parts) + "```"

    page.write_text(BLOCK.sub(renewed, text), "utf-8")


if __name__ == "__main__":
    import tempfile

    for named in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as made:
            write_answers(Path(named), Path(made))
