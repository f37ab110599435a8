"""What a check gathers on its way: faults, notices, rows left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from narvaro.errors import Fault
from narvaro.exchange.delivery import Notice, Quarantine

LISTED_PER_TABLE = 1_000


@dataclass
class Findings:
    """Gathers everything; lists at most `LISTED_PER_TABLE` faults a table and counts the rest.

    A fault of a whole table (`line` 0 or the header) stops the delivery even where faulty rows
    are put in quarantine: there is nothing to keep.
    """

    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    fault_count: int = 0
    whole_tables: int = 0
    notices: list[Notice] = field(default_factory=list)
    rows_read: Counter[str] = field(default_factory=Counter)
    rows_out: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Note faults of a file or a table as a whole."""
        for fault in faults:
            self.whole_tables += 1
            self.fault_count += 1
            self._list(fault)

    def leave_out(
        self, table: str, *, rows: int, reasons: Mapping[str, int], listed: Iterable[Fault]
    ) -> None:
        """Note faults of rows: how many rows, how often each reason, and the first of them."""
        self.rows_out[table] += rows
        self.reasons[table].update(reasons)
        self.fault_count += sum(reasons.values())
        for fault in listed:
            self._list(fault)

    def _list(self, fault: Fault) -> None:
        if len(self.faults[fault.table]) < LISTED_PER_TABLE:
            self.faults[fault.table].append(fault)

    def listed(self) -> tuple[Fault, ...]:
        """The listed faults, by table and line."""
        return tuple(sorted(fault for faults in self.faults.values() for fault in faults))

    def quarantined(self) -> dict[str, Quarantine]:
        """The rows left out, by table."""
        return {
            table: Quarantine(rows, self.rows_read[table], dict(self.reasons[table]))
            for table, rows in sorted(self.rows_out.items())
            if rows
        }
