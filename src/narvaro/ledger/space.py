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
        raise StorageFailed(
            f"The ledger could not be written ({problem.strerror or 'input/output error'}).",
            remedy="Make room or give the right to write, and try again; what stood before stands.",
        ) from problem
    except Exception as problem:
        if type(problem).__module__.split(".")[0] in ("duckdb", "_duckdb") and (
            "No space left" in str(problem) or "disk" in str(problem).lower()
        ):
            raise StorageFailed(
                "The ledger could not be written: there is no space left on the disk.",
                remedy="Make room and try again; what stood before stands.",
            ) from None
        raise
