"""What reading a file gathers on its way: faults to refuse it by, and notices that stop nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from narvaro.errors import Fault, InputRefused
from narvaro.exchange import Notice

LISTED: Final = 1_000  # faults are listed up to here and counted beyond


@dataclass(slots=True)
class Findings:
    """Gathers faults and notices about one file; never holds a cell."""

    table: str
    faults: list[Fault] = field(default_factory=list)
    total: int = 0
    seen: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def fault(self, line: int, column: str, problem: str, remedy: str = "") -> None:
        """Note one fault."""
        self.add([Fault(self.table, line, column, problem, remedy)])

    def add(self, faults: Iterable[Fault]) -> None:
        """Note several faults."""
        for fault in faults:
            self.total += 1
            if len(self.faults) < LISTED:
                self.faults.append(fault)

    def notice(self, message: str, *, column: str = "", line: int = 0, count: int = 1) -> None:
        """Count one more row of which the same is to be said."""
        rows, first = self.seen.get((message, column), (0, line))
        self.seen[(message, column)] = (rows + count, first)

    def raise_if_any(self) -> None:
        """Raise InputRefused with every fault, by line."""
        if self.faults:
            raise InputRefused("The file", sorted(self.faults), total=self.total)

    def notices(self) -> tuple[Notice, ...]:
        """The notices, each with its number of rows and first line."""
        return tuple(
            Notice(self.table, column, count, line, message)
            for (message, column), (count, line) in self.seen.items()
        )
