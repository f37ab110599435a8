"""On which line of a TOML file each table and key stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_ARRAY = re.compile(rf"\s*\[\[\s*({_NAMES})\s*\]\]")
_TABLE = re.compile(rf"\s*\[\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_TOKEN = re.compile(r"""\"\"\"|'''|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*|[\[\]{}]""")


def key_lines(text: str) -> dict[Path, int]:
    """Path of a table or key -> its line, from 1. The text has to be TOML that could be read.

    `("rules", 1, "limit")` is the key `limit` of the second `[[rules]]`. Keys inside an inline
    table are not listed; the line of the key that holds it says enough.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    counted: Counter[Path] = Counter()
    for line, start in _statements(text):
        if header := _ARRAY.match(start) or _TABLE.match(start):
            table = _names(header[1])
            if start.lstrip().startswith("[["):
                counted[table] += 1
                table = (*table, counted[table] - 1)
            found.setdefault(table, line)
        elif key := _KEY.match(start):
            names = _names(key[1])
            for depth in range(1, len(names) + 1):
                found.setdefault((*table, *names[:depth]), line)
    return found


def _names(dotted: str) -> Path:
    return tuple(name.strip().strip("\"'") for name in re.findall(_NAME, dotted))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin a statement: not those inside a long text or a list over several lines."""
    depth, long_text = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not depth and not long_text:
            yield number, line
            if _ARRAY.match(line) or _TABLE.match(line):
                continue
        depth, long_text = _state_after(line, depth, long_text)


def _state_after(line: str, depth: int, long_text: str) -> tuple[int, str]:
    at = 0
    while at < len(line):
        if long_text:
            end = line.find(long_text, at)
            if end < 0:
                return depth, long_text
            at, long_text = end + 3, ""
            continue
        token = _TOKEN.search(line, at)
        if not token:
            break
        at = token.end()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        long_text = token[0] if token[0] in ('"""', "'''") else ""
    return max(depth, 0), long_text
