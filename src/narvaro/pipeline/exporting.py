"""Everything told, back in the exchange format: every version, keys only."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from narvaro.engine import connect, load_parquet
from narvaro.engine.duck import identifier, literal
from narvaro.errors import BadRequest
from narvaro.exchange import TABLES as EXCHANGED
from narvaro.exchange import write_delivery
from narvaro.ledger import BEGINNING, Snapshot
from narvaro.ledger.tables import TABLES

Form = Literal["csv", "parquet", "zip"]


def export(
    snapshot: Snapshot, into: Path, *, form: Form = "csv", known_at: datetime | None = None
) -> Mapping[str, int]:
    """Write all that was told by a time as a delivery; return the rows of each table.

    Every version stands with its `recorded_at`; rows known from the beginning have none. Raises
    BadRequest where something is in the way.
    """
    if into.exists() and (into.is_file() or any(into.iterdir())):
        raise BadRequest(f"{into.name} is there already.", remedy="Name a new folder or file.")
    moment = known_at or datetime.now(UTC)
    con = connect()
    for name in ("aliases", "joins", "lessons"):
        con.execute(f"CREATE TEMP VIEW l_{name} AS FROM {load_parquet(snapshot.table(name))}")
    for kind in ("pupil", "school", "staff"):
        con.execute(
            f"CREATE TEMP TABLE {kind}_keys AS SELECT number, arg_min(value, batch) AS key "
            f"FROM l_aliases WHERE kind = '{kind}' AND is_key GROUP BY number"
        )
    con.execute(
        "CREATE TEMP TABLE lesson_keys AS SELECT DISTINCT lesson, lesson_key FROM l_lessons"
    )
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        tables = {}
        for name, table in TABLES.items():
            if not table.is_told:
                continue
            path = Path(folder) / f"{name}.parquet"
            source = load_parquet(snapshot.table(name))
            query = _query(name, source, moment)
            count = con.execute(
                f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet)"
            ).fetchall()[0][0]
            if count:
                counts[name], tables[name] = int(count), path
        write_delivery(tables, into, form=form)
    return counts


def _query(name: str, source: str, known_at: datetime) -> str:
    columns = [
        _column(name, column.name)
        for column in EXCHANGED[name].columns
        if column.name not in ("recorded_at", "withdrawn")
    ]
    first = literal(BEGINNING.isoformat())
    return (
        f"SELECT {', '.join(columns)}, "
        f"CASE WHEN t.recorded_at > TIMESTAMPTZ {first} THEN t.recorded_at END AS recorded_at, "
        f"t.withdrawn FROM {source} AS t {_joins(name)} "
        f"WHERE t.recorded_at <= TIMESTAMPTZ {literal(known_at.isoformat())} "
        "ORDER BY ALL"
    )


def _column(table: str, column: str) -> str:
    named = identifier(column)
    if (table, column) == ("organisations", "starts_on"):
        return "nullif(t.starts_on, DATE '1900-01-01') AS starts_on"
    if column == "pupil":
        return "p.key AS pupil"
    if column == "school":
        return "s.key AS school"
    if column == "lesson":
        return ("t.lesson_key" if table == "lessons" else "l.lesson_key") + " AS lesson"
    if column == "teachers":
        return (
            "(SELECT string_agg(k.key, ';' ORDER BY k.key) FROM staff_keys AS k "
            "WHERE list_contains(string_split(t.teachers, ';'), k.number::VARCHAR)) AS teachers"
        )
    return f"t.{named}"


def _joins(name: str) -> str:
    columns = TABLES[name].columns
    found = []
    if "pupil" in columns:
        found.append(
            "LEFT JOIN l_joins AS j ON j.number = t.pupil "
            "LEFT JOIN pupil_keys AS p ON p.number = coalesce(j.joined_to, t.pupil)"
        )
    if "school" in columns:
        found.append("LEFT JOIN school_keys AS s ON s.number = t.school")
    if name == "marks":
        found.append("LEFT JOIN lesson_keys AS l ON l.lesson = t.lesson")
    return " ".join(found)
