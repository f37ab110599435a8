"""A few rows before and after a profile, with every person masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from narvaro.errors import Fault
from narvaro.exchange import Notice
from narvaro.sources.files import marks, periods
from narvaro.sources.files.cells import CellReader
from narvaro.sources.files.delivery import title_period
from narvaro.sources.files.findings import Findings
from narvaro.sources.files.grid import open_grid
from narvaro.sources.files.keys import FIELDS
from narvaro.sources.files.profile import Profile, word_key
from narvaro.sources.files.table import open_table

HIDDEN: Final = "(not shown)"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row: its cells as the file has them, and what they become; None when it has faults."""

    line: int
    before: Mapping[str, str]
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first data rows before and after, and what is said about them.

    People stand as `pupil 1`, `teacher 1`; cells that are not read, and words that are not in
    the profile's table, are not shown.
    """

    profile: str
    assumptions: tuple[str, ...]
    header_line: int
    not_read: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class _Masks:
    """Gives every person a number in the order they appear."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, kind: str, value: str) -> str:
        word = "teacher" if kind == "staff" else "pupil"
        known = sum(1 for name in self.names.values() if name.startswith(word))
        return self.names.setdefault((kind, value), f"{word} {known + 1}")


def preview(path: Path, profile: Profile, *, rows: int = 5, today: date | None = None) -> Preview:
    """Show what a profile makes of the first `rows` data rows. Raises InputRefused, NotFound."""
    table = open_table(open_grid(path, profile.layout), profile)
    findings = Findings(path.name)
    reader = CellReader(table, _Masks(), today or datetime.now(UTC).date(), findings)
    period = title_period(reader)
    shown = tuple(
        _row(reader, line, cells, period=period) for line, cells in islice(table.rows(), rows)
    )
    return Preview(
        profile.name,
        profile.assumptions,
        table.header_line,
        table.not_read(),
        shown,
        tuple(findings.faults),
        findings.notices(),
    )


def _row(
    reader: CellReader, line: int, cells: tuple[str, ...], *, period: periods.Period | None
) -> PreviewRow:
    reader.at(line, cells)
    if reader.table.profile.shape == "lessons":
        after = marks.read_mark(reader)
    else:
        after = periods.read_summary(reader, title_period=period)
    before = {
        reader.table.header_of(name): _shown(reader, name)
        for name in sorted(reader.table.places, key=lambda name: reader.table.places[name])
    }
    return PreviewRow(line, before, _filled(after) if after else None)


def _filled(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None and name != "line"}


def _shown(reader: CellReader, name: str) -> str:
    text, kind = reader.text(name) or "", FIELDS[name].kind
    if not text:
        return ""
    if kind == "identifier":
        return reader.pupil() or HIDDEN
    if kind == "staff":
        return reader.staff(name) or HIDDEN
    known = word_key(text) in reader.table.profile.words
    return text if kind != "word" or known else HIDDEN
