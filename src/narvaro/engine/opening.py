"""Which engine answers."""

from __future__ import annotations

from narvaro.engine.engine import Engine
from narvaro.errors import BadRequest


def open_engine(kind: str = "duckdb") -> Engine:
    """Open an engine: `duckdb`, in this process, or `spark` (needs the extra and Java 17).

    Spark starts at the first query. Raises BadRequest for another word.
    """
    if kind == "duckdb":
        from narvaro.engine.duck import DuckEngine

        return DuckEngine()
    if kind == "spark":
        from narvaro.engine.spark import SparkEngine

        return SparkEngine()
    raise BadRequest(f"There is no engine called {kind!r}.", remedy="Use duckdb or spark.")
