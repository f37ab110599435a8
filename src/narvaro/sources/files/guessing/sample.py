"""The part of a file that the guess looks at: titles, header, data rows, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from narvaro.sources.files.amounts import is_empty
from narvaro.sources.files.grid import Grid, Row
from narvaro.sources.files.identifiers import looks_civic
from narvaro.sources.files.profile import word_key
from narvaro.sources.files.table import HEADER_WITHIN, begins_with_a_word, is_header_again
from narvaro.sources.files.words import TOTALS, known_header

ROWS: Final = 20_000  # rows looked at; a longer file is guessed from its beginning


@dataclass(slots=True)
class Column:
    """One column of the sample: its place, its header, and its cells row by row."""

    position: int
    header: str
    cells: list[str]
    filled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.filled = [cell for cell in self.cells if not is_empty(cell)]


@dataclass(slots=True)
class Sample:
    """Rows sorted by what they are; `lines` are those of the data rows."""

    grid: Grid
    header_line: int
    header: tuple[str, ...]
    titles: list[str]
    lines: list[int]
    rows: list[tuple[str, ...]]
    totals: Counter[str]
    repeated: int
    whole_file: bool
    without_pupil: int = 0

    def columns(self) -> list[Column]:
        """Every column that has a header or a cell."""
        width = max([len(self.header), *(len(row) for row in self.rows)], default=0)
        found = []
        for at in range(width):
            header = self.header[at] if at < len(self.header) else ""
            cells = [row[at] if at < len(row) else "" for row in self.rows]
            found.append(Column(at + 1, header, cells))
        return found

    def forget(self, lines: set[int]) -> None:
        """Forget rows without a pupil, by line."""
        self.without_pupil += len(lines)
        kept = [(n, row) for n, row in zip(self.lines, self.rows, strict=True) if n not in lines]
        self.lines, self.rows = [n for n, _ in kept], [row for _, row in kept]


def take_sample(grid: Grid, *, today: date) -> Sample | None:
    """Sort the first rows of a file; None when no header can be found."""
    top = list(islice(grid.rows(), HEADER_WITHIN))
    found = find_header(top, today=today)
    if found is None:
        return None
    line, header = found
    titles = [" ".join(filter(None, cells)) for at, cells in top if at < line and any(cells)]
    sample = Sample(grid, line, header, titles, [], [], Counter(), 0, whole_file=True)
    for at, cells in _after(grid.rows(), line):
        if len(sample.rows) == ROWS:
            sample.whole_file = False
            break
        _sort(sample, at, cells)
    return sample


def find_header(top: list[Row], *, today: date) -> tuple[int, tuple[str, ...]] | None:
    """The first row with most known headers, at least two; (0, ()) when data begin at once."""
    scores = [
        (len({word_key(c) for c in cells if c and known_header(c)}), row)
        for row in top
        for cells in [row[1]]
    ]
    best = max(scores, key=lambda scored: scored[0], default=(0, (0, ())))
    if best[0] >= 2:
        return best[1]
    first = next((cells for _, cells in top if any(cells)), ())
    is_data = any(looks_civic(cell, today=today) for cell in first if cell)
    return (0, ()) if is_data else None


def _after(rows: Iterator[Row], line: int) -> Iterator[Row]:
    return (row for row in rows if row[0] > line)


def _sort(sample: Sample, line: int, cells: tuple[str, ...]) -> None:
    own = tuple(word_key(cell) for cell in sample.header)
    if not any(cells):
        return
    if sample.header and is_header_again(cells, own):
        sample.repeated += 1
    elif begins_with_a_word(cells, tuple(TOTALS)):
        first = word_key(next(cell for cell in cells if cell))
        sample.totals[_total_word(first)] += 1
    else:
        sample.lines.append(line)
        sample.rows.append(cells)


def _total_word(first: str) -> str:
    fitting = [word for word in TOTALS if begins_with_a_word((first,), (word,))]
    return max(fitting, key=len)
