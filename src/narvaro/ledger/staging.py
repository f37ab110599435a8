"""From a delivery's typed tables to the ledger's columns: numbers for keys, ends for lessons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import load_parquet
from narvaro.engine.duck import identifier, literal
from narvaro.ledger.tables import TABLES, LedgerTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot

TOLD = tuple(name for name, table in TABLES.items() if table.is_told)

_GIVEN_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "lessons": {
        "lesson": "VARCHAR",
        "school": "VARCHAR",
        "starts_at": "TIMESTAMPTZ",
        "ends_at": "TIMESTAMPTZ",
        "minutes": "INTEGER",
        "group": "VARCHAR",
        "class": "VARCHAR",
        "subject": "VARCHAR",
        "teachers": "VARCHAR",
        "cancelled": "BOOLEAN",
        "acknowledged": "VARCHAR",
        "acknowledged_at": "TIMESTAMPTZ",
    },
}


_FIRST = {
    ("organisations", "starts_on"): "coalesce(d.starts_on, DATE '1900-01-01') AS starts_on",
}


def view_delivery(con: DuckDBPyConnection, folder: Path) -> None:
    """Make a view `d_NAME` of every told table of the delivery; a missing one is empty."""
    for name in TOLD:
        file = folder / f"{name}.parquet"
        wanted = _given(TABLES[name])
        if file.exists():
            con.execute(
                f"CREATE OR REPLACE TEMP VIEW d_{name} AS FROM read_parquet({literal(str(file))})"
            )
            continue
        empty = ", ".join(f"CAST(NULL AS {kind}) AS {identifier(c)}" for c, kind in wanted.items())
        con.execute(f"CREATE OR REPLACE TEMP VIEW d_{name} AS SELECT {empty} WHERE false")


def _given(table: LedgerTable) -> dict[str, str]:
    texts = {"pupil": "VARCHAR", "school": "VARCHAR", "lesson": "VARCHAR"}
    columns = _GIVEN_COLUMNS.get(table.name) or {
        name: texts.get(name, kind)
        for name, kind in table.columns.items()
        if name in (*table.key, *table.contents) and name != "source"
    }
    tail = {"recorded_at": "TIMESTAMPTZ", "withdrawn": "BOOLEAN", "line": "BIGINT"}
    return {**columns, **tail}


def stage_told(con: DuckDBPyConnection, name: str, *, lesson_source: str, zone: str) -> None:
    """Make the table `n_NAME`: the delivery's rows in the ledger's columns, not yet dated."""
    parameters = {"source": lesson_source, "zone": zone}
    query = _stage_query(name)
    used = {key: value for key, value in parameters.items() if f"${key}" in query}
    con.execute(f"CREATE OR REPLACE TEMP TABLE n_{name} AS {query}", used)


def _stage_query(name: str) -> str:
    if name == "lessons":
        return _LESSONS
    if name == "marks":
        return _MARKS
    table = TABLES[name]
    columns, joins = [], []
    for column in (*table.key, *table.contents):
        if column == "source":
            columns.append("$source AS source")
        elif column == "pupil":
            columns.append("p.number AS pupil")
            joins.append("LEFT JOIN pupil_map AS p ON p.text = d.pupil")
        elif column == "school":
            columns.append("s.number::INTEGER AS school")
            joins.append("LEFT JOIN school_map AS s ON s.text = d.school")
        else:
            columns.append(_FIRST.get((name, column), f"d.{identifier(column)}"))
    return (
        f"SELECT {', '.join(columns)}, d.recorded_at AS told_at, "
        f"coalesce(d.withdrawn, false) AS withdrawn FROM d_{name} AS d {' '.join(joins)}"
    )


_LESSONS = """
WITH teachers AS (
    SELECT t.text, string_agg(m.number::VARCHAR, ';' ORDER BY m.number) AS teachers
    FROM (
        SELECT DISTINCT teachers AS text, trim(unnest(string_split(teachers, ';'))) AS staff
        FROM d_lessons WHERE teachers IS NOT NULL
    ) AS t
    INNER JOIN staff_map AS m ON m.text = t.staff
    GROUP BY t.text
)
SELECT
    coalesce(a.authority, 1)::INTEGER AS authority,
    (year(local_start) * 100 + month(local_start))::INTEGER AS month,
    k.number AS lesson, $source AS source, d.lesson AS lesson_key, s.number::INTEGER AS school,
    local_start::DATE AS date, d.starts_at,
    coalesce(d.ends_at, d.starts_at + to_minutes(d.minutes)) AS ends_at,
    coalesce(d.minutes, date_diff('minute', d.starts_at, d.ends_at))::INTEGER AS minutes,
    d."group", d.class, d.subject, t.teachers,
    coalesce(d.cancelled, false) AS cancelled, d.acknowledged, d.acknowledged_at,
    d.recorded_at AS told_at, coalesce(d.withdrawn, false) AS withdrawn
FROM (SELECT *, starts_at AT TIME ZONE $zone AS local_start FROM d_lessons) AS d
INNER JOIN lesson_map AS k ON k.text = d.lesson
LEFT JOIN school_map AS s ON s.text = d.school
LEFT JOIN school_authority AS a ON a.school = d.school
LEFT JOIN teachers AS t ON t.text = d.teachers
"""

_MARKS = """
SELECT
    l.authority, l.month, k.number AS lesson, p.number AS pupil,
    d.scheduled_minutes, d.full_minutes, d.present_minutes, d.valid_minutes, d.invalid_minutes,
    d.unclassified_minutes, d.other_minutes, d.acknowledged, d.reason,
    d.recorded_at AS told_at, coalesce(d.withdrawn, false) AS withdrawn
FROM d_marks AS d
INNER JOIN lesson_map AS k ON k.text = d.lesson
INNER JOIN pupil_map AS p ON p.text = d.pupil
INNER JOIN lesson_place AS l ON l.lesson = k.number
"""


def place_schools(con: DuckDBPyConnection, snapshot: Snapshot) -> None:
    """Make `school_authority` (school, authority): the school authority above each school."""
    con.execute(
        "CREATE OR REPLACE TEMP VIEW l_organisations AS FROM "
        + load_parquet(snapshot.table("organisations"))
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE school_authority AS
        WITH RECURSIVE every AS (
            SELECT organisation, kind, parent, recorded_at, 1 AS turn FROM l_organisations
            UNION ALL
            SELECT organisation, kind, parent, recorded_at, 2 FROM d_organisations
        ),
        standing AS (
            SELECT organisation, arg_max(kind, turn) AS kind, arg_max(parent, turn) AS parent
            FROM every GROUP BY organisation
        ),
        above AS (
            SELECT organisation AS school, organisation AS top, kind, parent, 0 AS steps FROM standing
            UNION ALL
            SELECT a.school, s.organisation, s.kind, s.parent, a.steps + 1
            FROM above AS a INNER JOIN standing AS s ON s.organisation = a.parent
            WHERE a.steps < 20 AND a.kind <> 'school_authority'
        )
        SELECT a.school, min(m.number) AS authority
        FROM above AS a INNER JOIN school_map_all AS m ON m.text = a.top
        WHERE a.kind = 'school_authority'
        GROUP BY a.school
        """
    )
