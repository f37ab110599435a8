"""Lessons resolved: everything told of them, in all its versions, becomes signed rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from narvaro.engine import sql_beside

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Told = Callable[[str], str]
"""The query of everything told in one table, by the table's name."""


def resolve(con: DuckDBPyConnection, told: Told, *, zone: str) -> None:
    """Make the events of the lessons in `chunk` from the queries of what was told."""
    resolve_known(con, told)
    _resolve_pupils(con, told)
    run_script(con, "resolve_lessons.sql", zone=zone)


def resolve_corrected(con: DuckDBPyConnection, told: Told) -> None:
    """Make what pupils gain by corrected marks of the lessons in `chunk`, told with their `worth`.

    None of the lessons' own events can change by them.
    """
    _see(con, {"v_lessons": told("lessons"), "v_marks": told("marks")})
    run_script(con, "resolve_corrected.sql")
    _resolve_pupils(con, told)


def _resolve_pupils(con: DuckDBPyConnection, told: Told) -> None:
    con.execute(f"CREATE OR REPLACE TEMP VIEW v_announced AS {told('announced_absences')}")
    run_script(con, "resolve.sql")


def resolve_known(con: DuckDBPyConnection, told: Told) -> None:
    """Make what is known of the lessons in `chunk`: their marks, and whom they expected, when."""
    views = {
        "v_lessons": f"SELECT * FROM ({told('lessons')}) SEMI JOIN chunk USING (lesson)",
        "v_marks": f"SELECT * FROM ({told('marks')}) SEMI JOIN chunk USING (lesson)",
        "v_stand_ins": f"SELECT * FROM ({told('stand_ins')}) SEMI JOIN chunk USING (lesson)",
        "v_memberships": told("group_memberships"),
        "v_enrolments": told("enrolments"),
    }
    _see(con, views)
    run_script(con, "resolve_known.sql")


def _see(con: DuckDBPyConnection, views: Mapping[str, str]) -> None:
    for name, query in views.items():
        con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")


def run_script(con: DuckDBPyConnection, name: str, *, zone: str = "") -> None:
    """Run the statements of a file beside this module, one after the other."""
    for statement in sql_beside(__file__, name).split(";\n"):
        if statement.strip():
            con.execute(statement, {"zone": zone} if "$zone" in statement else {})
