"""Integers for the keys of a delivery: looked up where known, given where new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narvaro.engine import load_parquet
from narvaro.ledger.aliases import follow_joins

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Scopes:
    """Where the delivery's keys hold: pupils and staff, groups and lessons.

    `kinds` names another scope for single pupils' keys: a file can hold personal numbers beside
    temporary ones, and each meets what other sources told under its own kind.
    """

    pupils: str
    lessons: str
    to_key: Callable[[str, str], str]
    kinds: Mapping[str, str] = field(default_factory=dict)


_PUPIL_TABLES = (
    "enrolments",
    "pupils",
    "group_memberships",
    "marks",
    "announced_absences",
    "period_summaries",
    "case_events",
    "support_events",
    "outcomes",
)
_SCHOOL_COLUMNS = (
    ("organisations", "organisation"),
    ("enrolments", "school"),
    ("lessons", "school"),
    ("period_summaries", "school"),
    ("participations", "school"),
    ("case_events", "school"),
    ("support_events", "school"),
    ("school_months", "school"),
)


def number_everything(con: DuckDBPyConnection, snapshot: Snapshot, scopes: Scopes) -> None:
    """Make the maps `pupil_map`, `staff_map`, `school_map`, `lesson_map` (text → number).

    New aliases are collected in `new_aliases` (kind, scope, value, number, is_key).
    """
    con.execute(
        "CREATE OR REPLACE TEMP VIEW l_aliases AS FROM " + load_parquet(snapshot.table("aliases"))
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE new_aliases "
        "(kind VARCHAR, scope VARCHAR, value VARCHAR, number BIGINT, is_key BOOLEAN)"
    )
    _number_people(con, "pupil", scopes, _pupil_texts(con))
    _number_people(con, "staff", scopes, _staff_texts(con))
    follow_joins(con, snapshot)
    _number_schools(con)
    _number_lessons(con, snapshot, scopes.lessons)


def _pupil_texts(con: DuckDBPyConnection) -> list[str]:
    """List the delivery's pupils, those of one class beside each other (files compress better)."""
    every = " UNION ".join(f"SELECT pupil FROM d_{name}" for name in _PUPIL_TABLES)
    rows = con.execute(
        f"""
        SELECT e.pupil FROM ({every}) AS e
        LEFT JOIN (
            SELECT pupil, min(school) AS school, min(class) AS class FROM d_enrolments GROUP BY pupil
        ) AS place ON place.pupil = e.pupil
        WHERE e.pupil IS NOT NULL
        ORDER BY place.school, place.class, e.pupil
        """
    ).fetchall()
    return [row[0] for row in rows]


def _staff_texts(con: DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "SELECT DISTINCT trim(unnest(string_split(teachers, ';'))) AS staff FROM d_lessons "
        "WHERE teachers IS NOT NULL ORDER BY staff"
    ).fetchall()
    return [row[0] for row in rows if row[0]]


def _number_people(
    con: DuckDBPyConnection, kind: str, scopes: Scopes, texts: Sequence[str]
) -> None:
    kinds = scopes.kinds if kind == "pupil" else {}
    values = [
        text if text in kinds else scopes.to_key(f"{kind}:{scopes.pupils}", text) for text in texts
    ]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {kind}_texts "
        "(place BIGINT, text VARCHAR, value VARCHAR, scope VARCHAR)"
    )
    if texts:
        named = [kinds.get(text, scopes.pupils) for text in texts]
        con.execute(
            f"INSERT INTO {kind}_texts SELECT unnest(?), unnest(?), unnest(?), unnest(?)",
            [list(range(len(texts))), list(texts), values, named],
        )
    _allot(con, kind)


def _allot(con: DuckDBPyConnection, kind: str) -> None:
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {kind}_map AS
        WITH known AS (
            SELECT scope, value, min(number) AS number FROM l_aliases
            WHERE kind = '{kind}' GROUP BY scope, value
        ),
        top AS (SELECT coalesce(max(number), 0) AS number FROM l_aliases WHERE kind = '{kind}')
        SELECT t.text, t.value, t.scope,
            coalesce(known.number, top.number + row_number() OVER (
                PARTITION BY known.number IS NULL ORDER BY t.place)) AS number,
            known.number IS NULL AS is_new
        FROM {kind}_texts AS t
        LEFT JOIN known ON known.value = t.value AND known.scope = t.scope
        CROSS JOIN top
        """
    )
    con.execute(
        f"INSERT INTO new_aliases SELECT '{kind}', scope, value, number, true "
        f"FROM {kind}_map WHERE is_new"
    )


def _number_schools(con: DuckDBPyConnection) -> None:
    every = " UNION ".join(
        f"SELECT {column} AS text FROM d_{name}" for name, column in _SCHOOL_COLUMNS
    )
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE school_texts AS
        SELECT row_number() OVER (ORDER BY text) AS place, text, text AS value, '' AS scope
        FROM ({every}) WHERE text IS NOT NULL
        """
    )
    _allot(con, "school")


def _number_lessons(con: DuckDBPyConnection, snapshot: Snapshot, scope: str) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP VIEW l_lessons AS FROM " + load_parquet(snapshot.table("lessons"))
    )
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE lesson_map AS
        WITH told AS (
            SELECT lesson AS text, min(school) AS school, min(starts_at) AS starts_at
            FROM d_lessons GROUP BY lesson
            UNION ALL
            SELECT DISTINCT m.lesson, NULL, NULL FROM d_marks AS m ANTI JOIN d_lessons AS l ON l.lesson = m.lesson
        ),
        known AS (
            SELECT l.lesson_key, min(l.lesson) AS lesson FROM l_lessons AS l
            SEMI JOIN told AS t ON t.text = l.lesson_key
            WHERE l.source = $scope GROUP BY l.lesson_key
        ),
        top AS (SELECT coalesce(max(lesson), 0) AS lesson FROM l_lessons)
        SELECT t.text,
            coalesce(known.lesson, top.lesson + row_number() OVER (
                PARTITION BY known.lesson IS NULL ORDER BY t.school, t.starts_at, t.text)) AS number,
            known.lesson IS NULL AS is_new
        FROM told AS t
        LEFT JOIN known ON known.lesson_key = t.text
        CROSS JOIN top
        """,
        {"scope": scope},
    )
