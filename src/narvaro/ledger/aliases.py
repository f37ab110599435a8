"""Further identifiers of pupils, and numbers that turn out to be one person's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.engine import load_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Alias:
    """Another identifier of a pupil: its kind, and the key made of its value."""

    pupil: str
    kind: str
    value: str


def hash_of(aliases: Iterable[Alias]) -> str:
    """Return one hash of what is told besides the rows; empty when there is nothing."""
    told = sorted((one.pupil, one.kind, one.value) for one in aliases)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if told else ""


def add_aliases(con: DuckDBPyConnection, aliases: Iterable[Alias]) -> None:
    """Learn further identifiers of pupils in `pupil_map`; one found elsewhere is a join.

    Makes `new_joins` (number, joined_to): the later number and the one it belongs to.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE told_aliases (pupil VARCHAR, kind VARCHAR, value VARCHAR)"
    )
    rows = [(alias.pupil, alias.kind, alias.value) for alias in aliases]
    if rows:
        con.execute(
            "INSERT INTO told_aliases SELECT unnest(?), unnest(?), unnest(?)",
            [list(column) for column in zip(*rows, strict=True)],
        )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE new_joins AS
        SELECT greatest(a.number, m.number) AS number,
            min(least(a.number, m.number)) AS joined_to
        FROM told_aliases AS t
        INNER JOIN pupil_map AS m ON m.text = t.pupil
        INNER JOIN (
            SELECT a.scope, a.value, coalesce(f.joined_to, a.number) AS number
            FROM l_aliases AS a LEFT JOIN followed_joins AS f ON f.number = a.number
            WHERE a.kind = 'pupil'
        ) AS a
            ON a.scope = t.kind AND a.value = t.value AND a.number <> m.number
        GROUP BY greatest(a.number, m.number)
        """
    )
    con.execute(
        """
        INSERT INTO new_aliases
        SELECT DISTINCT 'pupil', t.kind, t.value, m.number, false
        FROM told_aliases AS t INNER JOIN pupil_map AS m ON m.text = t.pupil
        WHERE NOT EXISTS (
            SELECT 1 FROM l_aliases AS a
            WHERE a.kind = 'pupil' AND a.scope = t.kind AND a.value = t.value
        ) AND NOT EXISTS (
            SELECT 1 FROM new_aliases AS a
            WHERE a.kind = 'pupil' AND a.scope = t.kind AND a.value = t.value
        )
        """
    )
    con.execute(
        "UPDATE pupil_map SET number = j.joined_to FROM new_joins AS j "
        "WHERE j.number = pupil_map.number"
    )


def follow_joins(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Give a pupil whose number turned out to be another's that other number."""
    con.execute(
        "CREATE OR REPLACE TEMP VIEW l_joins AS FROM " + load_parquet(snapshot.table("joins"))
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE followed_joins AS
        WITH RECURSIVE followed AS (
            SELECT number, joined_to, 0 AS steps FROM l_joins
            UNION ALL
            SELECT f.number, j.joined_to, f.steps + 1
            FROM followed AS f INNER JOIN l_joins AS j ON j.number = f.joined_to
            WHERE f.steps < 20
        )
        SELECT number, min(joined_to) AS joined_to FROM followed GROUP BY number
        """
    )
    con.execute(
        "UPDATE pupil_map SET number = f.joined_to FROM followed_joins AS f "
        "WHERE f.number = pupil_map.number"
    )
