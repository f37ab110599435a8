"""When a told row became known, against what earlier deliveries told of its key.

Source of the rules: exchange format, "recorded_at".
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from narvaro.engine.duck import identifier, literal
from narvaro.ledger.snapshot import BEGINNING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.tables import LedgerTable


def date_rows(con: DuckDBPyConnection, table: LedgerTable, *, arrived_at: datetime) -> int:
    """Make `x_NAME`, the versions to keep of `n_NAME` given the earlier ones in `o_NAME`.

    Returns how many rows were dated no later than what was told before, with other contents,
    and so count as known at their arrival.
    """
    columns = ", ".join(
        identifier(name)
        for name in table.columns
        if name not in ("recorded_at", "batch", "told_at", "withdrawn")
    )
    tail = "told_at, recorded_at, withdrawn"
    first = BEGINNING if table.known == "beginning" else arrived_at
    anew = (
        f"SELECT {columns}, told_at, "
        f"coalesce(told_at, TIMESTAMPTZ {literal(first.isoformat())}) AS recorded_at, withdrawn "
        f"FROM n_{table.name}"
    )
    con.execute(f"DROP VIEW IF EXISTS x_{table.name}")
    if _is_empty(con, f"n_{table.name}") or _is_empty(con, f"o_{table.name}"):
        con.execute(f"CREATE TEMP VIEW x_{table.name} AS {anew}")
        return 0
    con.execute(
        f"CREATE TEMP TABLE x_{table.name} AS "
        f"{anew} ANTI JOIN o_{table.name} USING ({_keys(table)})"
    )
    con.execute(_judged(table), {"arrived": arrived_at})
    con.execute(
        f"INSERT INTO x_{table.name} SELECT {columns}, {tail} FROM judged "
        "QUALIFY row_number() OVER ("
        f"PARTITION BY {_keys(table)}, recorded_at ORDER BY told_at DESC NULLS LAST) = 1"
    )
    return int(con.execute("SELECT count(*) FROM judged WHERE is_late").fetchall()[0][0])


def _is_empty(con: DuckDBPyConnection, name: str) -> bool:
    return not con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]


def _keys(table: LedgerTable) -> str:
    return ", ".join(identifier(name) for name in table.key)


def _judged(table: LedgerTable) -> str:
    name, keys = table.name, _keys(table)
    same_key = " AND ".join(f"o.{identifier(key)} = n.{identifier(key)}" for key in table.key)
    return f"""
    CREATE OR REPLACE TEMP TABLE judged AS
    WITH before AS (
        SELECT *, struct_pack({_packed(table)}) AS contents FROM o_{name}
        QUALIFY row_number() OVER (PARTITION BY {keys}, recorded_at ORDER BY batch DESC) = 1
    ),
    newest AS (
        SELECT {keys}, max(recorded_at) AS recorded_at, arg_max(contents, recorded_at) AS contents
        FROM before GROUP BY {keys}
    ),
    told AS (
        SELECT *, struct_pack({_packed(table)}) AS contents FROM n_{name} SEMI JOIN newest USING ({keys})
    ),
    placed AS (
        SELECT n.*, o.recorded_at AS newest_at, o.contents AS newest_contents
        FROM told AS n INNER JOIN newest AS o ON {same_key}
    ),
    stood AS (
        SELECT n.*, o.contents AS standing
        FROM placed AS n
        ASOF LEFT JOIN before AS o
            ON {same_key} AND coalesce(n.told_at, TIMESTAMPTZ '9999-12-31 00:00:00+00') >= o.recorded_at
    ),
    exact AS (
        SELECT DISTINCT {keys}, told_at, contents FROM before WHERE told_at IS NOT NULL
    )
    SELECT n.* EXCLUDE (contents, newest_at, newest_contents, standing),
        CASE WHEN n.told_at > n.newest_at THEN n.told_at ELSE $arrived::TIMESTAMPTZ END AS recorded_at,
        n.told_at IS NOT NULL AND n.told_at <= n.newest_at AS is_late
    FROM stood AS n
    LEFT JOIN exact AS o ON {same_key} AND o.told_at = n.told_at AND o.contents = n.contents
    WHERE (n.told_at > n.newest_at)
        OR (o.told_at IS NULL AND n.contents IS DISTINCT FROM n.standing)
    """


def _packed(table: LedgerTable) -> str:
    return ", ".join(
        f"{identifier('c_' + column)} := {identifier(column)}"
        for column in (*table.contents, "withdrawn")
    )
