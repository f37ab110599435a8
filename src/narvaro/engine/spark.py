"""Apache Spark, in this process or on a cluster: the same queries, for more than one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.engine.engine import Rows, TableFiles, checked
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    from narvaro.engine.engine import Column as Taken

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SETTINGS: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, as in DuckDB, never NULL
    "spark.sql.caseSensitive": "false",
}
"""What every answer depends on; set on each session, whoever started Spark."""

LOCAL: Mapping[str, str] = {
    "spark.master": "local[2]",
    "spark.app.name": "narvaro",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "4",
}
"""How Spark is started when no session runs in this process yet."""

_TYPES: Mapping[str, str] = {
    "BIGINT": "bigint",
    "INTEGER": "int",
    "DATE": "date",
    "TIMESTAMPTZ": "timestamp",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
}
_WORDS = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<text> '(?:[^']|'')*' )
    | "(?P<name> (?:[^"]|"")+ )"
    | \$(?P<parameter> [a-z_]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class SparkEngine:
    """Answers queries from the Parquet files of a snapshot; keeps nothing between queries."""

    def __init__(self) -> None:
        self._session: SparkSession | None = None

    def query(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[tuple[Any, ...]]:
        """See `Engine.query`."""
        session = self._running()
        with _views(session, tables, rows or {}):
            found = session.sql(spark_sql(sql), args=used(sql, parameters or {}))
            return _collected(found)

    def columns(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[Taken]:
        """See `Engine.columns`."""
        session = self._running()
        with _views(session, tables, rows or {}):
            found = session.sql(spark_sql(sql), args=used(sql, parameters or {}))
            return _as_columns(found)

    def plan(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> str:
        """See `Engine.plan`."""
        session = self._running()
        with _views(session, tables, rows or {}):
            found = session.sql(
                "EXPLAIN EXTENDED " + spark_sql(sql), args=used(sql, parameters or {})
            )
            return "\n".join(str(row[0]) for row in found.collect())

    def _running(self) -> SparkSession:
        if self._session is None:
            self._session = _session()
        return self._session


def _session() -> SparkSession:
    """A session of our own, of the Spark that runs here, or of one started now."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise BadRequest(
            "Spark is not installed.",
            remedy="Install narvaro[spark] and Java 17, or use the engine duckdb.",
        ) from None
    session = (SparkSession.getActiveSession() or _started()).newSession()
    for name, value in SETTINGS.items():
        session.conf.set(name, value)
    return session


def _started() -> SparkSession:
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in LOCAL.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise BadRequest(
            "Spark did not start.", remedy="Install Java 17, or name it in JAVA_HOME."
        ) from error


def spark_sql(sql: str) -> str:
    """The same query in Spark's words: `$name` is `:name`, "name" is `name`.

    What stands in texts and comments stays as it is.
    """
    return _WORDS.sub(_in_sparks_words, sql)


def _in_sparks_words(found: re.Match[str]) -> str:
    if found["parameter"]:
        return ":" + found["parameter"]
    if found["name"]:
        return "`" + found["name"].replace('""', '"').replace("`", "``") + "`"
    return found[0]


def used(sql: str, parameters: Mapping[str, object]) -> dict[str, Any]:
    """Those of the parameters that a query names."""
    named = {found["parameter"] for found in _WORDS.finditer(sql)}
    return {name: value for name, value in parameters.items() if name in named}


@contextmanager
def _views(
    session: SparkSession, tables: Mapping[str, TableFiles], rows: Mapping[str, Rows]
) -> Iterator[None]:
    """The tables under their names, as long as the query runs."""
    for name, table in tables.items():
        _read(session, table).createOrReplaceTempView(name)
    for name, given in rows.items():
        _given(session, given).createOrReplaceTempView(name)
    try:
        yield
    finally:
        for name in (*tables, *rows):
            session.catalog.dropTempView(name)


def _read(session: SparkSession, table: TableFiles) -> DataFrame:
    """A table's files with exactly its columns and types, those of the path too."""
    schema = _schema(table.columns)
    if not table.files:
        return session.createDataFrame([], schema)
    reader = session.read.schema(schema)
    files = [Path(file).absolute() for file in table.files]  # Spark stands in a folder of its own
    if table.partitions:
        reader = reader.option("basePath", str(files[0].parents[len(table.partitions)]))
    return reader.parquet(*map(str, files)).select([_column(name) for name in table.columns])


def _given(session: SparkSession, given: Rows) -> DataFrame:
    return session.createDataFrame([tuple(row) for row in given.values], _schema(given.columns))


def _schema(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{_quoted(name)} {_TYPES[kind]}" for name, kind in columns.items())


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _column(name: str) -> Column:
    from pyspark.sql.functions import col

    return col(_quoted(name))


def _collected(found: DataFrame) -> list[tuple[Any, ...]]:
    """The rows; times travel as microseconds, so that no zone of this machine touches them."""
    from pyspark.sql.functions import unix_micros

    names = [f"column_{number}" for number in range(len(found.columns))]
    times = [field.dataType.typeName() == "timestamp" for field in found.schema.fields]
    plain = found.toDF(*names)
    columns = [
        unix_micros(name) if is_time else _column(name)
        for name, is_time in zip(names, times, strict=True)
    ]
    return [_row(row, times) for row in plain.select(columns).collect()]


def _as_columns(found: DataFrame) -> list[Taken]:
    import numpy as np

    rows = _collected(found)
    if not rows:
        return [np.zeros(0, dtype=np.int64) for _ in found.columns]
    kinds = [object if isinstance(value, str) else None for value in rows[0]]
    columns = zip(zip(*rows, strict=True), kinds, strict=True)
    return [checked(np.array(column, dtype=kind)) for column, kind in columns]


def _row(row: Sequence[Any], times: Sequence[bool]) -> tuple[Any, ...]:
    return tuple(
        EPOCH + timedelta(microseconds=value) if is_time and value is not None else value
        for value, is_time in zip(row, times, strict=True)
    )
