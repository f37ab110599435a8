"""What a form's file holds, before it is known to be a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from narvaro.errors import Fault
from narvaro.toml_lines import Path


@dataclass
class Row:
    """One table of the file: `values` lacks the keys that could not be used."""

    path: Path
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """`form`, `fields[2]`: counted from 1, as a reader counts."""
        return f"{self.path[0]}[{int(self.path[1]) + 1}]" if self.path else "form"


@dataclass
class Reading:
    """What a file holds: its rows by table, its faults, and where things stand in it."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: Mapping[Path, int] = field(default_factory=dict)

    def fault(self, row: Row, key: str, problem: str, remedy: str) -> None:
        places = ((*row.path, key), row.path, row.path[:1])
        line = next((self.lines[place] for place in places if place in self.lines), 1)
        self.faults.append(Fault(row.place, line, key, problem, remedy))
