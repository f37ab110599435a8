"""The part of a grid that is a table: its header, its data rows, and the rows that are no data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Final

from narvaro.errors import Fault, InputRefused
from narvaro.sources.files.grid import Grid, Row
from narvaro.sources.files.profile import Column, Profile, word_key
from narvaro.sources.files.profile_needs import lacking

HEADER_WITHIN: Final = 100  # rows; titles above a header are fewer


@dataclass(slots=True)
class Table:
    """A grid read by a profile: where each field stands, and what was passed over."""

    grid: Grid
    profile: Profile
    header_line: int
    header: tuple[str, ...]
    places: Mapping[str, int]
    titles: tuple[str, ...] = ()
    passed_over: dict[str, list[int]] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Data rows with their line; `passed_over` tells what was left out, by kind and line."""
        self.passed_over.clear()
        own = tuple(word_key(cell) for cell in self.header)
        for line, cells in self.grid.rows():
            if line <= self.header_line:
                continue
            kind = self._kind_of(cells, own)
            if kind:
                self.passed_over.setdefault(kind, []).append(line)
            else:
                yield line, cells

    def _kind_of(self, cells: tuple[str, ...], own: tuple[str, ...]) -> str | None:
        if not any(cells):
            return "empty rows"
        layout = self.profile.layout
        if layout.repeated_headers and self.header and is_header_again(cells, own):
            return "repeated header rows"
        if layout.total_words and begins_with_a_word(cells, layout.total_words):
            return "total rows"
        return None

    def header_of(self, name: str) -> str:
        """The header a field stands under, for messages."""
        place = self.places.get(name)
        if place is None:
            return name
        return self.header[place] if place < len(self.header) else f"{place + 1}"

    def not_read(self) -> tuple[str, ...]:
        """Headers that no field is mapped to."""
        used = set(self.places.values())
        return tuple(text for at, text in enumerate(self.header) if text and at not in used)


def is_header_again(cells: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether a row repeats the header; rows may be cut short of empty cells."""
    return all(word_key(cell) == word for cell, word in zip_longest(cells, own, fillvalue=""))


def begins_with_a_word(cells: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the first cell with something in it begins with one of the words, whole."""
    first = word_key(next((cell for cell in cells if cell), ""))
    return any(
        first.startswith(word) and not first[len(word) : len(word) + 1].isalpha() for word in words
    )


def open_table(grid: Grid, profile: Profile) -> Table:
    """Find the header and the mapped columns. Raises InputRefused with all faults."""
    top = list(islice(grid.rows(), HEADER_WITHIN))
    if profile.layout.header_row == 0:
        return _without_header(grid, profile)
    line, header = _header(grid, profile, top)
    places, faults = _places(profile, header)
    if not faults:
        faults = list(_lacking(profile, places))
    if faults:
        raise InputRefused(
            "The file", [Fault(grid.path.name, line, name, *said) for name, *said in faults]
        )
    titles = tuple(" ".join(filter(None, cells)) for at, cells in top if at < line and any(cells))
    return Table(grid, profile, line, header, places, titles)


def _lacking(profile: Profile, places: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    """What optional columns leave open when the file has none of them."""
    return lacking(profile, {*places, *profile.constants})


def _without_header(grid: Grid, profile: Profile) -> Table:
    places = {name: (column.position or 1) - 1 for name, column in profile.columns.items()}
    return Table(grid, profile, 0, (), places)


def _header(grid: Grid, profile: Profile, top: list[Row]) -> tuple[int, tuple[str, ...]]:
    wanted = profile.layout.header_row
    if wanted is not None:
        found = next(((line, cells) for line, cells in top if line == wanted), None)
        if found is None:
            raise InputRefused(
                "The file",
                [Fault(grid.path.name, wanted, "", "the file has no such row", "Set header_row.")],
            )
        return found
    best = max(top, key=lambda row: _mapped(profile, row[1]), default=(0, ()))
    if _mapped(profile, best[1]) < min(2, len(profile.columns)):
        headers = ", ".join(
            column.headers[0] for column in profile.columns.values() if column.headers
        )
        raise InputRefused(
            "The file",
            [
                Fault(
                    grid.path.name,
                    0,
                    "",
                    f"no row in the first {HEADER_WITHIN} holds the headers of the profile: {headers}",
                    "Correct the headers in the profile; `narvaro source inspect` lists the file's.",
                )
            ],
        )
    return best


def _mapped(profile: Profile, cells: tuple[str, ...]) -> int:
    there = {word_key(cell) for cell in cells if cell}
    return sum(1 for column in profile.columns.values() if there & set(column.headers))


def _places(
    profile: Profile, header: tuple[str, ...]
) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
    texts = [word_key(cell) for cell in header]
    places: dict[str, int] = {}
    faults: list[tuple[str, str, str]] = []
    for name, column in profile.columns.items():
        if column.position:
            places[name] = column.position - 1
            continue
        found = [at for at, text in enumerate(texts) if text in column.headers]
        if len(found) == 1:
            places[name] = found[0]
        elif found:
            faults.append((column.headers[0], "several columns have this header", _BY_PLACE))
        elif not column.optional:
            faults.append((_named(column), f"no column has this header ({name})", _RENAMED))
    return places, faults


_BY_PLACE: Final = "Give position instead of header."
_RENAMED: Final = "Give the file's own header, or make the column optional."


def _named(column: Column) -> str:
    return column.headers[0] if column.headers else column.name
