"""A disk that is full, told as such."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from narvaro.errors import StorageFailed

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG)


@contextmanager
def storage_named(doing: str) -> Iterator[None]:
    """Turn a full or unwritable disk into StorageFailed: "`doing` failed: …"."""
    import duckdb

    try:
        yield
    except OSError as wrong:
        if wrong.errno not in _FULL:
            raise
        raise _failed(doing, wrong.strerror or "the disk cannot be written") from wrong
    except duckdb.Error as wrong:
        if not is_full(wrong):
            raise
        raise _failed(doing, "the disk is full or cannot be written") from wrong


def is_full(wrong: Exception) -> bool:
    """Whether the engine failed because it could not write."""
    import duckdb

    text = str(wrong).lower()
    full = "no space left" in text or "could not write" in text or "file too large" in text
    return isinstance(wrong, duckdb.OutOfMemoryException) or full


def _failed(doing: str, why: str) -> StorageFailed:
    return StorageFailed(f"{doing} failed: {why}.", remedy="Free some space and try again.")
