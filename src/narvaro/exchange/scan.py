"""One quick look at a CSV file's bytes before anyone parses it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_PRINTABLE = bytes(sign for sign in range(256) if not 0x20 <= sign < 0x7F)


@dataclass(frozen=True, slots=True)
class Scan:
    """`lines` without empty ones at the end; `is_plain` files can go straight to the engine.

    A plain file has no NUL byte and no carriage return on its own. `is_printable`: all of it
    is printable ASCII, but for the ends of lines. `digest` is the SHA-256 in hex.
    """

    lines: int
    is_plain: bool
    is_printable: bool
    is_utf16: bool
    digest: str


def scan(path: Path) -> Scan:
    """Count the lines of a file, hash it, and look for what needs more care."""
    seen, found = hashlib.sha256(), _Found()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen.update(chunk)
            found.add(chunk)
    return Scan(
        found.lines(),
        found.is_plain and not found.ends_in_return,
        found.is_printable,
        found.head in _UTF16,
        seen.hexdigest(),
    )


class _Found:
    """What has been seen of a file so far."""

    def __init__(self) -> None:
        self.newlines = self.since_text = 0
        self.is_plain = self.is_printable = True
        self.ends_in_return = False
        self.head = b""
        self.is_empty = True

    def add(self, chunk: bytes) -> None:
        self.head = self.head or chunk[:2]
        newlines = chunk.count(b"\n")
        self.newlines += newlines
        self._look_at_ends(chunk)
        if self.is_printable:
            self.is_printable = chunk.isascii() and self._is_printable(chunk, newlines)
        text = chunk.rstrip(b"\r\n")
        if text:
            self.is_empty, self.since_text = False, 0
        self.since_text += chunk.count(b"\n", len(text))

    def lines(self) -> int:
        """Lines up to the last that is not empty."""
        return 0 if self.is_empty else self.newlines - self.since_text + 1

    def _look_at_ends(self, chunk: bytes) -> None:
        broken = self.ends_in_return and not chunk.startswith(b"\n")
        self.ends_in_return = chunk.endswith(b"\r")
        if b"\r" in chunk:
            lone = chunk.count(b"\r") - chunk.count(b"\r\n") - self.ends_in_return
            broken = broken or lone > 0
        self.is_plain = self.is_plain and not broken and b"\0" not in chunk

    def _is_printable(self, chunk: bytes, newlines: int) -> bool:
        """Whether line ends are all that stands outside printable ASCII."""
        returns = chunk.count(b"\r") if b"\r" in chunk else 0
        others = len(chunk) - len(chunk.translate(None, _NOT_PRINTABLE))
        return others == newlines + returns
