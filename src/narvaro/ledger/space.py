"""A full disk, told as one clear error wherever it shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from narvaro.errors import StorageFailed


@contextmanager
def no_space_is_said() -> Iterator[None]:
    """Turn a full disk or an unwritable file into one clear error."""
    try:
        yield
    except OSError as problem:
        raise _not_written(problem.strerror or _told_by_a_library(problem) or "") from problem
    except Exception as problem:
        told = _told_by_a_library(problem)
        if told is None:
            raise
        raise _not_written(told) from None


def _told_by_a_library(problem: Exception) -> str | None:
    """What a library says of a full disk; its own words may hold a path or a cell."""
    if type(problem).__module__.split(".")[0] not in _LIBRARIES:
        return None
    text = str(problem).lower()
    return next((told for told in _FULL if told.lower() in text), None)


def _not_written(why: str) -> StorageFailed:
    return StorageFailed(
        f"The ledger could not be written: {why or 'input/output error'}.",
        remedy="Make room or give the right to write, and try again; what stood before stands.",
    )


_LIBRARIES = ("duckdb", "_duckdb", "deltalake", "_internal", "builtins")
_FULL = ("No space left on device", "File too large", "Disk quota exceeded")
