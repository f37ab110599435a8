"""Joins a file's rows to the lessons of another source: the roster's, whose timetable it is.

A row finds its lesson by school, start, and the pupil's membership of a group or class there.
What the file calls its group, class or subject decides where the roster knows the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from narvaro.engine import connect, load_parquet, sql_beside
from narvaro.engine.duck import literal
from narvaro.errors import Fault, InputRefused, NotFound
from narvaro.exchange import Notice, write_delivery
from narvaro.ledger import Snapshot
from narvaro.pipeline.join_words import NOTICES, REASONS, REMEDIES
from narvaro.pipeline.left_out import MOST_LINES, LeftOut

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TABLES: Final = (
    "aliases",
    "enrolments",
    "group_memberships",
    "joins",
    "lessons",
    "marks",
    "organisations",
)
_MARK: Final = (
    "scheduled_minutes",
    "full_minutes",
    "present_minutes",
    "valid_minutes",
    "invalid_minutes",
    "unclassified_minutes",
    "other_minutes",
    "acknowledged",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join gave: `folder` is a delivery whose marks have the roster's lesson keys.

    `pupil_kinds` names the scope of every pupil key in it; `rows` is how many rows there were,
    `sizes` how many of them were matched, in all and by school.
    """

    folder: Path
    rows: int
    sizes: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    notices: tuple[Notice, ...]
    pupil_kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A file's part of a join: its rows, its announced absences, the scopes of its keys."""

    name: str
    marks: Path | None
    announced: Path | None
    pupil_kinds: Mapping[str, str]


def join(snapshot: Snapshot, file: Unjoined, *, roster: str, into: Path) -> Joined:
    """Give the rows of a file the lesson keys of the source `roster`.

    Raises NotFound when that source has no lessons, InputRefused when no row finds its lesson.
    """
    con = connect(scratch=into.parent)
    _open(con, snapshot, file)
    _need_lessons(con, roster)
    for script in ("joining_roster.sql", "joining.sql"):
        for statement in sql_beside(__file__, script).split(";\n"):
            con.execute(statement, {"roster": roster} if "$roster" in statement else {})
    rows, matched = _counts(con)
    left_out = _left_out(con, file.name)
    if rows and not matched:
        raise _nothing_matched(file.name, left_out)
    announced = _announced(con, file.announced)
    write_delivery(
        {
            name: relation
            for name, relation in (("marks", _marks(con)), ("announced_absences", announced[0]))
            if relation is not None
        },
        into,
        form="parquet",
    )
    return Joined(
        into,
        rows,
        _matched_by_school(con),
        (*left_out, *announced[1]),
        _notices(con, file.name),
        {**file.pupil_kinds, **_kinds_of_others(con)},
    )


def _open(con: DuckDBPyConnection, snapshot: Snapshot, file: Unjoined) -> None:
    for name in _TABLES:
        source = load_parquet(snapshot.table(name))
        con.execute(f"CREATE TEMP VIEW l_{name} AS FROM {source}")
    con.execute("CREATE TEMP TABLE pupil_kinds (text VARCHAR, scope VARCHAR)")
    if file.pupil_kinds:
        columns = [list(file.pupil_kinds), list(file.pupil_kinds.values())]
        con.execute("INSERT INTO pupil_kinds SELECT unnest(?), unnest(?)", columns)
    con.execute(f"CREATE TEMP TABLE unmatched AS {_rows_of(file.marks)}")


def _rows_of(marks: Path | None) -> str:
    if marks is not None:
        return f"FROM read_parquet({literal(str(marks))})"
    from narvaro.sources.files.staging import UNMATCHED

    kinds = {"line": "BIGINT", "minutes": "INTEGER"}
    kinds |= dict.fromkeys(
        ("starts_at", "ends_at", "acknowledged_at", "recorded_at"), "TIMESTAMPTZ"
    )
    kinds |= {name: "INTEGER" for name in UNMATCHED if name.endswith("_minutes")}
    cells = ", ".join(f'CAST(NULL AS {kinds.get(n, "VARCHAR")}) AS "{n}"' for n in UNMATCHED)
    return f"SELECT {cells} WHERE false"


def _need_lessons(con: DuckDBPyConnection, roster: str) -> None:
    found = con.execute("SELECT DISTINCT source FROM l_lessons ORDER BY 1").fetchall()
    sources = [str(row[0]) for row in found]
    if roster not in sources:
        there = f"There are lessons of: {', '.join(sources)}." if sources else ""
        raise NotFound(
            f"The ledger has no lessons of the source {roster}, to which the file is joined.",
            remedy=f"Import the roster and the timetable first. {there}".strip(),
        )


def _counts(con: DuckDBPyConnection) -> tuple[int, int]:
    query = "SELECT count(*), count(*) FILTER (WHERE verdict IS NULL) FROM judged"
    rows, matched = con.execute(query).fetchall()[0]
    return int(rows), int(matched)


def _matched_by_school(con: DuckDBPyConnection) -> dict[str, int]:
    rows = con.execute(
        "SELECT a.value, count(*) FROM matched AS m INNER JOIN l_aliases AS a "
        "ON a.kind = 'school' AND a.number = m.at_school GROUP BY GROUPING SETS ((), (a.value))"
    ).fetchall()
    return {f"told_marks@{school}" if school else "told_marks": int(n) for school, n in rows}


def _left_out(con: DuckDBPyConnection, name: str) -> tuple[LeftOut, ...]:
    found = con.execute(
        f"SELECT verdict, count(*), list_sort(list(line))[:{MOST_LINES}] FROM judged "
        "WHERE verdict IS NOT NULL AND verdict <> 'told again' GROUP BY verdict"
    ).fetchall()
    told = {str(reason): (int(count), tuple(lines)) for reason, count, lines in found}
    return tuple(LeftOut(name, text, *told[key]) for key, text in REASONS.items() if key in told)


def _nothing_matched(name: str, left_out: tuple[LeftOut, ...]) -> InputRefused:
    remedies = {REASONS[key]: remedy for key, remedy in REMEDIES.items()}
    faults = [
        Fault(name, line, "", one.reason, remedies.get(one.reason, ""))
        for one in left_out
        for line in one.lines
    ]
    return InputRefused("The file", sorted(faults), total=sum(one.count for one in left_out))


def _marks(con: DuckDBPyConnection) -> object:
    """The matched rows, and the other members of their lessons: expected, nothing said of them."""
    cells = ", ".join(_MARK)
    empty = ", ".join(f"NULL AS {name}" for name in _MARK)
    return con.sql(
        f"""
        SELECT lesson_key AS lesson, pupil, {cells}, recorded_at FROM matched
        UNION ALL
        SELECT o.lesson_key, k.value, {empty}, o.recorded_at
        FROM others AS o INNER JOIN ({_FIRST_KEYS}) AS k ON k.number = o.pupil
        ORDER BY lesson, pupil, recorded_at
        """
    )


_FIRST_KEYS: Final = (
    "SELECT number, arg_min(value, (batch, value)) AS value, arg_min(scope, (batch, value)) AS scope "
    "FROM l_aliases WHERE kind = 'pupil' AND is_key GROUP BY number"
)


def _kinds_of_others(con: DuckDBPyConnection) -> dict[str, str]:
    query = (
        f"SELECT DISTINCT k.value, k.scope FROM others AS o "
        f"INNER JOIN ({_FIRST_KEYS}) AS k ON k.number = o.pupil"
    )
    return {str(value): str(scope) for value, scope in con.execute(query).fetchall()}


def _announced(
    con: DuckDBPyConnection, file: Path | None
) -> tuple[object | None, tuple[LeftOut, ...]]:
    """The announced absences of pupils in the roster, and how many were of others."""
    if file is None:
        return None, ()
    con.execute(f"CREATE TEMP TABLE announced AS FROM read_parquet({literal(str(file))})")
    unknown = con.execute(
        "SELECT count(*) FROM announced WHERE pupil NOT IN (SELECT text FROM numbers)"
    ).fetchall()[0][0]
    kept = con.sql("SELECT * FROM announced WHERE pupil IN (SELECT text FROM numbers)")
    if not unknown:
        return kept, ()
    return kept, (LeftOut("announced_absences", REASONS["unknown pupil"], int(unknown)),)


def _notices(con: DuckDBPyConnection, name: str) -> tuple[Notice, ...]:
    found = []
    for message, query in NOTICES.items():
        count, line = con.execute(query).fetchall()[0]
        if count:
            found.append(Notice(name, "", int(count), int(line or 0), message))
    return tuple(found)
