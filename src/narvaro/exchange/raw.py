"""A table as it was given: one row a record, with the line it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """What the reading query starts from.

    `source` is a FROM clause with the given columns under their names in the format, and
    `line`; `types` holds the SQL type of every column that was given. `rows` were read.
    `is_printable` says that every cell is printable ASCII.
    """

    source: str
    types: Mapping[str, str]
    rows: int
    is_printable: bool = False
