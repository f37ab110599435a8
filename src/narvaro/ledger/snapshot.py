"""What a reader sees: the tables at exactly the versions one batch names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from narvaro.engine import Engine, TableFiles, open_engine
from narvaro.ledger import store
from narvaro.ledger.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kept = TypeVar("Kept")
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
"""When a row counts as known "from the beginning"."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One published change of the ledger.

    `versions` names the version of every table; `content` is the hash of the delivery;
    `newest_recorded_at` the latest time at which anything in the ledger became known.
    """

    batch: int
    kind: str
    source: str
    authority: str
    arrived_at: datetime
    newest_recorded_at: datetime
    content: str
    counts: Mapping[str, int]
    versions: Mapping[str, int]


@dataclass(frozen=True)
class Snapshot:
    """The ledger as one batch left it; nothing a writer does later changes it."""

    folder: Path
    batch: Batch
    engine: Engine = field(default_factory=open_engine)
    _files: dict[str, TableFiles] = field(default_factory=dict, repr=False)
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> TableFiles:
        """Return one table's files at this snapshot's version; none of a table made since."""
        if name not in self._files:
            self._files[name] = self._open(name)
        return self._files[name]

    def _open(self, name: str) -> TableFiles:
        table, folder = TABLES[name], self.folder / "tables" / name
        if name not in self.batch.versions:
            return TableFiles((), table.columns, table.partitions, str(folder))
        return store.table_files(folder, table, self.batch.versions[name])

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Something small that every question needs, read once: it cannot change here."""
        if name not in self._known:
            self._known[name] = make()
        return cast(Kept, self._known[name])

    def tables(self, *names: str) -> dict[str, TableFiles]:
        """Return several tables' files, by name, for a query."""
        return {name: self.table(name) for name in names}
