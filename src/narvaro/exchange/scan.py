"""One quick look at a CSV file's bytes before anyone parses it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Scan:
    """`lines` without empty ones at the end; `is_plain` files can go straight to the engine."""

    lines: int
    size: int
    is_plain: bool
    is_utf16: bool
    digest: str


def scan(path: Path) -> Scan:
    """Count the lines of a file, hash it (SHA-256), and look for what needs more care."""
    seen = hashlib.sha256()
    newlines = size = 0
    plain, head, tail = True, b"", b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen.update(chunk)
            newlines += chunk.count(b"\n")
            size += len(chunk)
            plain = plain and b"\0" not in chunk and _returns_are_paired(chunk, tail)
            head, tail = head or chunk[:2], chunk
    empty_end = len(tail) - len(tail.rstrip(b"\r\n"))
    trailing = tail[len(tail) - empty_end :].count(b"\n")
    return Scan(
        newlines - trailing + (1 if size > empty_end else 0),
        size,
        plain,
        head in _UTF16,
        seen.hexdigest(),
    )


def _returns_are_paired(chunk: bytes, before: bytes) -> bool:
    """Whether every carriage return stands before a newline (one at the edge is let pass)."""
    if b"\r" not in chunk:
        return True
    edge = before.endswith(b"\r") and not chunk.startswith(b"\n")
    unpaired = chunk.count(b"\r") - chunk.count(b"\r\n") - chunk.endswith(b"\r")
    return not edge and unpaired == 0
