"""What comes out of the door: a delivery, or what was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from narvaro.errors import Fault


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something worth knowing that stops nothing; `count` rows, the first at `line` (0: none)."""

    table: str
    column: str
    count: int
    line: int
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.table, self.column) if part)
        where = f" (first at line {self.line})" if self.line else ""
        return f"{place}: {self.message}{where}." if place else f"{self.message}{where}."


@dataclass(frozen=True, slots=True)
class Delivery:
    """A checked delivery: `folder` holds one typed NAME.parquet for each table with rows.

    `counts` are the rows kept of every table that was there (0 for a table with a header only).
    `content_hash` is the same for the same tables sent again, as a folder or as a zip.
    """

    folder: Path
    counts: Mapping[str, int]
    notices: tuple[Notice, ...]
    content_hash: str

    def file(self, table: str) -> Path | None:
        """Where the rows of a table are; None when it has none."""
        return self.folder / f"{table}.parquet" if self.counts.get(table) else None


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Rows of one table left out, of how many, and for which reasons (a row may have several)."""

    rows: int
    of: int
    reasons: Mapping[str, int]

    @property
    def share(self) -> Fraction:
        """Rows left out of rows read, exactly; 0 when nothing was read."""
        return Fraction(self.rows, self.of) if self.of else Fraction(0)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a check: the delivery, or None when it is refused.

    `faults` lists at most a thousand a table, in the order of the lines; `fault_count` is how
    many there were. With `on_fault="quarantine"` faults of single rows stand in `faults` too,
    and their rows in `quarantined`.
    """

    delivery: Delivery | None
    faults: tuple[Fault, ...]
    fault_count: int
    notices: tuple[Notice, ...]
    quarantined: Mapping[str, Quarantine] = field(default_factory=dict)

    @property
    def quarantined_share(self) -> Fraction:
        """The worst table's share of rows left out."""
        return max((left.share for left in self.quarantined.values()), default=Fraction(0))
