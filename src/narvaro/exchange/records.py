"""CSV records with the line each starts on, and a word on every record that is none (RFC 4180).

The slow and careful reader: for files that are not plain. Bounded in memory whatever the file
holds, and able to go on after a fault.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LONGEST_RECORD = 1_000_000  # bytes; a row of the format is some hundred
_BOM = b"\xef\xbb\xbf"
csv.field_size_limit(4 * LONGEST_RECORD)


@dataclass(frozen=True, slots=True)
class Record:
    """A record's cells, or None and what is wrong with it."""

    line: int
    cells: list[str] | None
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    problem: tuple[str, str] | None = None


_TOO_LONG = (
    f"longer than {LONGEST_RECORD:,} bytes",
    "No row of this format is that long; check the quotation marks and line breaks.",
)
_NOT_UTF8 = ("not UTF-8", "Save the file as UTF-8.")
_NUL = ("holds a NUL byte", "The file is damaged, or not a text file; export it again.")
_LONE_RETURN = ("holds a carriage return on its own", "End each line with a line feed or CR LF.")
_OPEN_QUOTE = ("a quotation mark is opened and never closed", "Double quotation marks in a cell.")
_BAD_QUOTE = (
    "text stands beside a quoted cell",
    "Put the whole cell in quotation marks and double those inside it.",
)


def read_records(
    path: Path, *, width: int | None = None, skip_header: bool = False
) -> Iterator[Record]:
    """Yield every record that is not empty; `width` is how many cells each must have."""
    with path.open("rb") as file:
        for number, record in enumerate(_records(_Lines(file))):
            if skip_header and number == 0:
                continue
            yield _of_width(record, width)


def _of_width(record: Record, width: int | None) -> Record:
    if record.cells is None or width is None or len(record.cells) == width:
        return record
    remedy = f"It has {len(record.cells)}, the header {width}; put cells with commas in quotes."
    return Record(record.line, None, "not as many cells as the header", remedy)


def _records(lines: _Lines) -> Iterator[Record]:
    while (line := lines.take()) is not None:
        if line.problem:
            yield Record(line.number, None, *line.problem)
        elif line.text.strip("\r\n"):  # an empty line is no record
            yield _record(line, lines)


def _record(first: _Line, lines: _Lines) -> Record:
    found = _parse(first.number, first.text)
    if found is not None:
        return found
    more, closed = _until_closed(len(first.text), lines)
    if closed:
        found = _parse(first.number, first.text + "".join(line.text for line in more))
        if found is not None and found.cells is not None:
            return found
    lines.give_back(more)
    return found or Record(first.number, None, *_OPEN_QUOTE)


def _until_closed(size: int, lines: _Lines) -> tuple[list[_Line], bool]:
    """Take lines up to one that closes an open quotation mark, or that cannot belong to it."""
    more: list[_Line] = []
    while size <= LONGEST_RECORD and (line := lines.take()) is not None:
        more.append(line)
        if line.problem:
            return more, False
        if line.text.count('"') % 2:
            return more, True
        size += len(line.text)
    return more, False


def _parse(number: int, text: str) -> Record | None:
    """The record in a text; None when a quotation mark is still open at its end."""
    bare = text.rstrip("\r\n")
    if '"' not in bare and "\r" not in bare:
        return Record(number, bare.split(","))
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as wrong:
        if "unexpected end of data" in str(wrong):
            return None
        lone = "new-line character" in str(wrong)
        return Record(number, None, *(_LONE_RETURN if lone else _BAD_QUOTE))
    return Record(number, rows[0] if rows else [])


class _Lines:
    """The physical lines of a file, numbered from 1, with a way to hand some back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._number = 0
        self._returned: deque[_Line] = deque()

    def take(self) -> _Line | None:
        if self._returned:
            return self._returned.popleft()
        raw = self._file.readline(LONGEST_RECORD + 1)
        if not raw:
            return None
        self._number += 1
        if len(raw) > LONGEST_RECORD:
            self._skip_rest(raw)
            return _Line(self._number, "", _TOO_LONG)
        return self._decoded(raw)

    def give_back(self, lines: list[_Line]) -> None:
        self._returned.extendleft(reversed(lines))

    def _skip_rest(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._file.readline(LONGEST_RECORD)

    def _decoded(self, raw: bytes) -> _Line:
        if self._number == 1:
            raw = raw.removeprefix(_BOM)
        if b"\0" in raw:
            return _Line(self._number, "", _NUL)
        try:
            return _Line(self._number, raw.decode("utf-8"))
        except UnicodeDecodeError:
            return _Line(self._number, "", _NOT_UTF8)
