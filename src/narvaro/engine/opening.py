"""Which engine answers."""

from __future__ import annotations

from narvaro.engine.engine import Engine
from narvaro.errors import BadRequest


def open_engine(kind: str = "duckdb") -> Engine:
    """Open an engine: `duckdb`, in this process."""
    if kind == "duckdb":
        from narvaro.engine.duck import DuckEngine

        return DuckEngine()
    raise BadRequest(f"There is no engine called {kind!r}.", remedy="Use duckdb.")
