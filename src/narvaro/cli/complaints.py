"""Errors as one clear message: what, where, why and what next; never anybody's data."""

from __future__ import annotations

import errno
import os
import re
import traceback
from dataclasses import dataclass
from typing import Any

from narvaro.errors import Fault, InputRefused, LedgerDamaged, NarvaroError, NotFound, StorageFailed

MOST_FAULTS = 50
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
UNEXPECTED = "Something went wrong inside Närvaro"


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error as it is told. `trace` is set only under NARVARO_DEBUG=1."""

    kind: str
    message: str
    remedy: str = ""
    exit_code: int = 1
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    trace: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object a program reads; every fault that was kept, and how many there were."""
        told = {
            "kind": self.kind,
            "message": self.message,
            "remedy": self.remedy,
            "exit_code": self.exit_code,
            "faults": [_fault_as_json(fault) for fault in self.faults],
            "fault_count": self.fault_count,
        }
        return {"error": told | ({"trace": self.trace} if self.trace else {})}

    def as_text(self) -> str:
        """The lines a person reads; at most fifty faults, and how many more there are."""
        lines = [f"narvaro: {self.message}", *(f"  {fault}" for fault in self.faults[:MOST_FAULTS])]
        left = self.fault_count - min(len(self.faults), MOST_FAULTS)
        if left > 0:
            lines.append(f"  … and {left} more, {self.fault_count} in all.")
        return "\n".join([*lines, *filter(None, (self.remedy, self.trace.rstrip()))])


def complaint_of(error: Exception) -> Complaint:
    """What is said about an error; of one that nobody foresaw only its kind and place."""
    if not isinstance(error, NarvaroError):
        error = _from_the_system(error) or _from_the_ledger(error) or error
    if not isinstance(error, NarvaroError):
        return _unexpected(error)
    faults = error.faults if isinstance(error, InputRefused) else ()
    return Complaint(
        _in_words(type(error).__name__),
        error.message,
        error.remedy,
        error.exit_code,
        faults,
        error.total if isinstance(error, InputRefused) else 0,
        _trace(error),
    )


def _from_the_system(error: Exception) -> NarvaroError | None:
    """Disk and files: the operating system's refusals, as our own kinds."""
    if not isinstance(error, OSError):
        return None
    if error.errno in FULL:
        return StorageFailed(
            "The disk is full; what stood before still stands.",
            remedy="Make room and run the same command again.",
        )
    place = f": {error.filename}" if isinstance(error.filename, str) else ""
    if isinstance(error, FileNotFoundError):
        return NotFound(f"There is no such file or folder{place}.")
    if isinstance(
        error, PermissionError | IsADirectoryError | NotADirectoryError | FileExistsError
    ):
        return StorageFailed(f"{error.strerror}{place}.")
    return None


def _from_the_ledger(error: Exception) -> NarvaroError | None:
    """A file of the ledger that the engine could not read, by the table it belongs to."""
    found = re.search(r"/tables/([a-z_]+)/[^'\"\s]*\.parquet", str(error))
    if not found or type(error).__module__.split(".")[0] not in ("duckdb", "_duckdb"):
        return None
    return LedgerDamaged(
        f"A file of the ledger's table {found[1]} cannot be read.",
        remedy="`narvaro ledger verify` names every file that cannot.",
    )


def _unexpected(error: Exception) -> Complaint:
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" at {_module(last[0].filename)}:{last[0].lineno}" if last else ""
    return Complaint(
        "unexpected",
        f"{UNEXPECTED} ({type(error).__name__}{place}).",
        "Set NARVARO_DEBUG=1 to see the way there, and report it with the version you run.",
        trace=_trace(error),
    )


def _trace(error: BaseException) -> str:
    """The way to the error under NARVARO_DEBUG=1: places and kinds, no messages and no values."""
    if os.environ.get("NARVARO_DEBUG") != "1":
        return ""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__))
    return (_trace(before) if before else "") + "".join(frames) + f"{type(error).__name__}\n"


def _fault_as_json(fault: Fault) -> dict[str, str | int]:
    return {
        "table": fault.table,
        "line": fault.line,
        "column": fault.column,
        "problem": fault.problem,
        "remedy": fault.remedy,
    }


def _module(filename: str) -> str:
    """`narvaro/ledger/store.py`, without where it is installed."""
    before, found, after = filename.rpartition("narvaro/")
    return found + after if before else filename.rpartition("/")[2]


def _in_words(name: str) -> str:
    """`InputRefused` → `input_refused`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
