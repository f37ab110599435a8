"""The seam: run a named query on DuckDB (default) or on Spark; nothing else knows which."""

from narvaro.engine.duck import connect, load_parquet
from narvaro.engine.engine import Engine, Rows, TableFiles, sql_beside
from narvaro.engine.opening import open_engine

__all__ = ["Engine", "Rows", "TableFiles", "connect", "load_parquet", "open_engine", "sql_beside"]
