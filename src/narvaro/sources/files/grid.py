"""A file as numbered rows of text, whether it is CSV, XLSX, XLS or ODS.

Everything becomes text at this door: a workbook's number as it would be typed, its dates as
ISO 8601, its times as h:mm:ss. Nothing is guessed, so a personal number stays as it stands.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from narvaro.errors import Fault, InputRefused, NotFound
from narvaro.sources.files.encodings import (
    ByteFacts,
    EncodingGuess,
    byte_facts,
    contradiction,
    guess_encoding,
)
from narvaro.sources.files.identifiers import unwrapped
from narvaro.sources.files.profile import Layout

Row = tuple[int, tuple[str, ...]]
LARGEST_CELL: Final = 32_767  # characters; what a spreadsheet's cell can hold
DELIMITERS: Final = (";", ",", "\t", "|")
_WORKBOOKS: Final = {b"PK\x03\x04": "workbook", b"\xd0\xcf\x11\xe0": "workbook"}


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of one file; `rows` can be read again and again."""

    path: Path
    kind: str
    encoding: str = ""
    encoding_why: str = ""
    delimiter: str = ""
    delimiter_why: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Rows with their line (CSV) or row number (workbook), without the empty ones at the end.

        Raises InputRefused at a cell that no honest file holds.
        """
        return _workbook_rows(self) if self.kind == "workbook" else _csv_rows(self)


def open_grid(path: Path, layout: Layout) -> Grid:
    """The file as rows, by the layout of a profile. Raises InputRefused, NotFound."""
    if not path.is_file():
        raise NotFound("There is no such file.", remedy="Check the path.")
    with path.open("rb") as file:
        start = file.read(512)
    if not start.strip():
        raise refused(path, 0, "", "the file is empty", "Export it again.")
    if start[:4] in _WORKBOOKS:
        return _workbook(path, layout.sheet)
    if (
        start.lstrip(b"\xef\xbb\xbf \r\n\t")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"%pdf"))
    ):
        raise refused(
            path,
            1,
            "",
            "this is a web page or a document, whatever its name ends in",
            "Open it in a spreadsheet and save it as XLSX.",
        )
    return _csv(path, layout)


def refused(path: Path, line: int, column: str, problem: str, remedy: str = "") -> InputRefused:
    return InputRefused("The file", [Fault(path.name, line, column, problem, remedy)])


def _csv(path: Path, layout: Layout) -> Grid:
    facts = byte_facts(path)
    encoding = _encoding(path, layout.encoding, facts)
    if encoding.name is None:
        raise refused(
            path, 0, "", f"cannot tell the encoding: {encoding.why}", "Set file.encoding."
        )
    delimiter, why = layout.delimiter, "the profile says so"
    if delimiter == "detect":
        delimiter, why = _delimiter(path, encoding.name)
    if not delimiter:
        raise refused(path, 0, "", f"cannot tell the delimiter: {why}", "Set file.delimiter.")
    return Grid(path, "csv", encoding.name, encoding.why, delimiter, why)


def _encoding(path: Path, wanted: str, facts: ByteFacts) -> EncodingGuess:
    guess = guess_encoding(facts)
    if wanted == "detect":
        return guess
    wrong = contradiction(wanted, facts)
    if wrong:
        hint = f"Set file.encoding to {guess.name}." if guess.name else "Set file.encoding."
        raise refused(path, 0, "", wrong, hint)
    return EncodingGuess(guess.name if facts.bom else wanted, "the profile says so")


def _delimiter(path: Path, encoding: str) -> tuple[str, str]:
    """The delimiter under which most lines have the same number of cells, more than one."""
    scores = {mark: _evenness(path, encoding, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    even, width, lines = scores[best]
    rivals = [mark for mark in scores if mark != best and scores[mark][:2] == (even, width)]
    if not even or rivals:
        return "", "no character parts the lines evenly" if not even else "two part them alike"
    return best, f"with it {even} of {lines} lines have {width} cells"


def _evenness(path: Path, encoding: str, mark: str) -> tuple[int, int, int]:
    probe = Grid(path, "csv", encoding, "", mark)
    widths: list[int] = []
    with suppress(InputRefused):  # the lines before a broken one still show the delimiter
        widths.extend(len(cells) for _, cells in islice(probe.rows(), 200))
    several = [width for width in widths if width > 1]
    if not several:
        return (0, 0, len(widths))
    width = max(set(several), key=several.count)
    return (several.count(width), width, len(widths))


def _csv_rows(grid: Grid) -> Iterator[Row]:
    line = 1
    try:
        with grid.path.open(encoding=grid.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=grid.delimiter)
            for cells in reader:
                yield line, tuple(_clean(grid, line, cell) for cell in cells)
                line = reader.line_num + 1
    except UnicodeDecodeError:
        raise refused(
            grid.path, line, "", f"the text is not {grid.encoding}", "Set file.encoding."
        ) from None
    except csv.Error:
        raise refused(
            grid.path,
            line,
            "",
            "the line cannot be parted into cells: one is enormous, or a "
            "quotation mark is never closed",
            "Correct the line.",
        ) from None


def _clean(grid: Grid, line: int, cell: str) -> str:
    if len(cell) > LARGEST_CELL:
        raise refused(
            grid.path,
            line,
            "",
            f"a cell holds more than {LARGEST_CELL:,} characters",
            "Correct the line.",
        )
    return unwrapped(cell) if cell.startswith("=") else cell.strip()


def _workbook(path: Path, sheet: str) -> Grid:
    from narvaro.sources.files.workbook import sheet_names

    names = sheet_names(path)
    if sheet and sheet not in names:
        raise refused(path, 0, "", "the workbook has no sheet of that name", "Set file.sheet.")
    return Grid(path, "workbook", sheet=sheet or names[0], sheets=names)


def _workbook_rows(grid: Grid) -> Iterator[Row]:
    from narvaro.sources.files.workbook import sheet_rows

    for line, cells in enumerate(sheet_rows(grid.path, grid.sheet), start=1):
        yield line, tuple(_clean(grid, line, as_text(cell)) for cell in cells)


def as_text(cell: object) -> str:
    """A workbook's cell as it would be typed; numbers with at most 15 digits, as spreadsheets."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        return f"{cell:.0f}" if cell == int(cell) and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, timedelta):
        return _clock(cell)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _clock(length: timedelta) -> str:
    sign, seconds = ("-", -length) if length < timedelta(0) else ("", length)
    whole = round(seconds.total_seconds())
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
