"""What is too small to show of counts that stand in tables with sums: worked out once for the same."""

from __future__ import annotations

from functools import lru_cache

from narvaro.small_numbers import Key, Tables, protect

SMALL = 5


@lru_cache(maxsize=64)
def hidden_in(tables: Tables) -> frozenset[Key]:
    """The cells that are not shown, whoever asks."""
    return frozenset(protect(tables, limit=SMALL).hidden)
