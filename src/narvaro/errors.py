"""What can go wrong, by kind; each kind has an exit code of its own.

No message may hold a pupil's data: name the table, the line and the column, never the cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class NarvaroError(Exception):
    """Something the user can be told in one sentence: what, where, why and what next."""

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class BadRequest(NarvaroError):
    """The question cannot be asked like that: an unknown window, programme, date or option."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong at one place, and what to do about it.

    `line` counts from 1 with the header as line 1 (for Parquet: the row number plus one);
    0 means the whole table, an empty `column` the whole row.
    """

    table: str
    line: int
    column: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.table,
                f"line {self.line}" if self.line else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place}: {self.problem}. {self.remedy}".strip()


class InputRefused(NarvaroError):
    """A delivery, profile or programme that cannot be used; nothing of it was taken in."""

    exit_code = 3

    def __init__(self, what: str, faults: Sequence[Fault], *, total: int | None = None) -> None:
        self.faults = tuple(faults)
        self.total = len(self.faults) if total is None else total
        count = f"{self.total} fault{'' if self.total == 1 else 's'}"
        super().__init__(f"{what} cannot be used: {count}. Nothing of it has been taken in.")


class HeldForConfirmation(NarvaroError):
    """A load that looks unlike the last one of its source; it waits until a person confirms it."""

    exit_code = 4


class NotFound(NarvaroError):
    """A ledger, file, pupil key or run that is not there."""

    exit_code = 5


class LedgerBusy(NarvaroError):
    """Another process is writing to the ledger; its lock names it."""

    exit_code = 6


class WrongKeyFile(NarvaroError):
    """The key file is not the one this ledger's keys were made with."""

    exit_code = 7


class SourceUnreachable(NarvaroError):
    """A server did not answer, or answered something that cannot be read."""

    exit_code = 8


class LedgerDamaged(NarvaroError):
    """A file of the ledger is torn or gone; what is told may not be all there is."""

    exit_code = 10


class StorageFailed(NarvaroError):
    """The disk is full or a file cannot be written; what stood before still stands."""

    exit_code = 9
