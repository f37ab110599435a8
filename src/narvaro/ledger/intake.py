"""From a delivery to what the ledger's tables gain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.engine import load_parquet
from narvaro.engine.duck import identifier
from narvaro.errors import InputRefused
from narvaro.ledger import corrections, dating, numbering, references, staging
from narvaro.ledger.aliases import Alias, add_aliases
from narvaro.ledger.chunks import chunks
from narvaro.ledger.counted import write_counted
from narvaro.ledger.numbering import Scopes
from narvaro.ledger.resolving import resolve, resolve_corrected
from narvaro.ledger.store import WrittenFile, write_files
from narvaro.ledger.tables import LESSON_COUNTS, PUPIL_MINUTES, TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from narvaro.ledger.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how much of it is done, and of how much."""

_ROSTER = tuple(name for name in staging.TOLD if name not in ("lessons", "marks"))


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in one delivery needs to know."""

    con: DuckDBPyConnection
    snapshot: Snapshot
    folder: Path
    scopes: Scopes
    arrived_at: datetime
    batch: int
    zone: str
    aliases: Sequence[Alias] = ()
    progress: Progress = field(default=lambda _what, _done, _of: None)


@dataclass(slots=True)
class Gains:
    """Files written for each table, and what was counted on the way."""

    files: dict[str, list[WrittenFile]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, written: Sequence[WrittenFile]) -> None:
        """Remember files that a table gains."""
        self.files.setdefault(name, []).extend(written)
        self.counts[name] = self.counts.get(name, 0) + sum(file.rows for file in written)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was gained."""
        return not any(self.files.values())


def take_in(intake: Intake) -> Gains:
    """Number, check, date and resolve a delivery; write its files (seen by nobody yet)."""
    stage(intake)
    _refuse_unknown_references(intake.con)
    gains = Gains()
    gains.counts["late"] = _date_everything(intake)
    for done, of in chunks(intake.con):
        intake.progress("lessons and marks", done, of)
        _resolve_chunk(intake, gains)
    _resolve_corrections(intake, gains)
    _write_told(intake, gains)
    return gains


def stage(intake: Intake) -> None:
    """Number a delivery's keys and stage its rows, not yet checked."""
    staging.view_delivery(intake.con, intake.folder)
    numbering.number_everything(intake.con, intake.snapshot, intake.scopes)
    add_aliases(intake.con, intake.aliases)
    _know_schools(intake)
    _stage_lessons_and_marks(intake)


def _know_schools(intake: Intake) -> None:
    con = intake.con
    con.execute(
        "CREATE OR REPLACE TEMP TABLE school_map_all AS "
        "SELECT value AS text, number FROM l_aliases WHERE kind = 'school' "
        "UNION SELECT text, number FROM school_map"
    )
    staging.place_schools(con, intake.snapshot)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE known_organisations AS "
        "SELECT organisation FROM l_organisations UNION SELECT organisation FROM d_organisations"
    )


def _stage_lessons_and_marks(intake: Intake) -> None:
    con = intake.con
    for name in staging.TOLD:
        if name == "marks":
            continue
        staging.stage_told(con, name, lesson_source=intake.scopes.lessons, zone=intake.zone)
    _open_old(intake, "stand_ins", "true")
    _open_old(intake, "lessons", "lesson IN (SELECT number FROM lesson_map)")
    _fill_withdrawn_lessons(con)
    con.execute(
        """
        CREATE OR REPLACE TEMP TABLE lesson_place AS
        SELECT lesson, arg_max(authority, turn) AS authority, arg_max(month, turn) AS month
        FROM (
            SELECT lesson, authority, month, (1, recorded_at, batch) AS turn FROM o_lessons
            UNION ALL
            SELECT lesson, authority, month,
                (2, coalesce(told_at, TIMESTAMPTZ '1900-01-01 00:00:00+00'), 0) FROM n_lessons
        )
        GROUP BY lesson
        """
    )
    staging.stage_told(con, "marks", lesson_source=intake.scopes.lessons, zone=intake.zone)


def _fill_withdrawn_lessons(con: DuckDBPyConnection) -> None:
    """A withdrawn lesson may name its key alone; what it was it takes from what was told last."""
    bare = con.execute("SELECT count(*) FROM n_lessons WHERE starts_at IS NULL")
    if not bare.fetchall()[0][0]:
        return
    told = ("lesson", "recorded_at", "told_at", "withdrawn", "batch")
    facts = [identifier(name) for name in TABLES["lessons"].columns if name not in told]
    con.execute(
        f"""
        UPDATE n_lessons SET {", ".join(f"{name} = b.{name}" for name in facts)}
        FROM (
            SELECT lesson, {", ".join(facts)} FROM (
                SELECT lesson, {", ".join(facts)}, (1, recorded_at, batch) AS turn FROM o_lessons
                UNION ALL
                SELECT lesson, {", ".join(facts)},
                    (2, coalesce(told_at, TIMESTAMPTZ '1900-01-01 00:00:00+00'), 0)
                FROM n_lessons WHERE starts_at IS NOT NULL
            )
            QUALIFY row_number() OVER (PARTITION BY lesson ORDER BY turn DESC) = 1
        ) AS b
        WHERE n_lessons.lesson = b.lesson AND n_lessons.starts_at IS NULL
        """
    )
    con.execute("DELETE FROM n_lessons WHERE starts_at IS NULL")


def _refuse_unknown_references(con: DuckDBPyConnection) -> None:
    faults, total = references.reference_faults(con)
    if faults:
        raise InputRefused("The delivery", faults, total=total)


def _open_old(intake: Intake, name: str, where: str) -> None:
    source = load_parquet(intake.snapshot.table(name))
    intake.con.execute(f"CREATE OR REPLACE TEMP TABLE o_{name} AS FROM {source} WHERE {where}")


def _date_everything(intake: Intake) -> int:
    con, late = intake.con, 0
    for name in _ROSTER:
        source = load_parquet(intake.snapshot.table(name))
        con.execute(f"CREATE OR REPLACE TEMP VIEW o_{name} AS FROM {source}")
        late += dating.date_rows(con, TABLES[name], arrived_at=intake.arrived_at)
    late += dating.date_rows(con, TABLES["lessons"], arrived_at=intake.arrived_at)
    _touch_lessons(intake)
    _open_touched_lessons(intake)
    corrections.open_same_marks(con, intake.snapshot)
    late += dating.date_rows(con, TABLES["marks"], arrived_at=intake.arrived_at)
    corrections.part_corrections(con)
    corrections.open_whole_lessons(con, intake.snapshot)
    return late


def _open_touched_lessons(intake: Intake) -> None:
    """Add to `o_lessons` the touched lessons that the delivery does not name itself."""
    con = intake.con
    con.execute(
        "CREATE OR REPLACE TEMP TABLE besides AS "
        "SELECT lesson FROM touched EXCEPT SELECT number FROM lesson_map"
    )
    if con.execute("SELECT count(*) FROM besides").fetchall()[0][0]:
        source = load_parquet(intake.snapshot.table("lessons"))
        con.execute(f"INSERT INTO o_lessons BY NAME FROM {source} SEMI JOIN besides USING (lesson)")


def _touch_lessons(intake: Intake) -> None:
    """Find the lessons whose people or facts change by anything but a mark."""
    _find_marks_on_leave(intake)
    intake.con.execute(
        """
        CREATE OR REPLACE TEMP TABLE touched AS
        WITH groups AS (
            SELECT source, "group", min(starts_on) AS from_on, max(coalesce(ends_on, DATE '9999-12-31')) AS to_on
            FROM (
                SELECT source, "group", starts_on, ends_on FROM x_group_memberships
                UNION ALL
                SELECT o.source, o."group", o.starts_on, o.ends_on FROM o_group_memberships AS o
                SEMI JOIN x_group_memberships AS x
                    ON x.source = o.source AND x.pupil = o.pupil AND x."group" = o."group"
            )
            GROUP BY source, "group"
        ),
        classes AS (
            SELECT school, class, min(starts_on) AS from_on, max(coalesce(ends_on, DATE '9999-12-31')) AS to_on
            FROM (
                SELECT school, class, starts_on, ends_on FROM x_enrolments
                UNION ALL
                SELECT o.school, o.class, o.starts_on, o.ends_on FROM o_enrolments AS o
                SEMI JOIN x_enrolments AS x ON x.pupil = o.pupil AND x.school = o.school
            )
            WHERE class IS NOT NULL
            GROUP BY school, class
        )
        SELECT lesson FROM x_lessons
        UNION
        SELECT l.lesson FROM l_lessons AS l
        INNER JOIN groups AS g
            ON g.source = l.source AND g."group" = l."group" AND l.date BETWEEN g.from_on AND g.to_on
        UNION
        SELECT l.lesson FROM l_lessons AS l
        INNER JOIN classes AS c
            ON c.school = l.school AND c.class = l.class AND l.date BETWEEN c.from_on AND c.to_on
        UNION
        SELECT m.lesson FROM l_marks_on_leave AS m
        """
    )


def _find_marks_on_leave(intake: Intake) -> None:
    """Make `l_marks_on_leave`: marks whose pupil's announced leave changes with this delivery."""
    con = intake.con
    changed = con.execute(
        """
        SELECT min(starts_at), max(ends_at) FROM (
            SELECT starts_at, ends_at FROM x_announced_absences WHERE kind = 'leave'
            UNION ALL
            SELECT o.starts_at, o.ends_at FROM o_announced_absences AS o
            SEMI JOIN x_announced_absences AS x
                ON x.pupil = o.pupil AND x.starts_at = o.starts_at AND x.kind = o.kind
            WHERE o.kind = 'leave'
        )
        """
    ).fetchall()[0]
    marks = load_parquet(intake.snapshot.table("marks"))
    where = "false"
    if changed[0] is not None and changed[1] is not None:
        where = (
            f"month BETWEEN {changed[0]:%Y%m} - 1 AND {changed[1]:%Y%m} + 1 AND pupil IN "
            "(SELECT pupil FROM x_announced_absences WHERE kind = 'leave')"
        )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE l_marks_on_leave AS "
        f"SELECT DISTINCT lesson FROM {marks} WHERE {where}"
    )


def _resolve_chunk(intake: Intake, gains: Gains) -> None:
    con = intake.con
    had_before = con.execute("SELECT count(*) FROM o_lessons SEMI JOIN chunk USING (lesson)")
    if had_before.fetchall()[0][0]:
        resolve(con, _told_before, zone=intake.zone)
        _keep_before(con, _EVENTS)
        resolve(con, _told_after, zone=intake.zone)
        _subtract(con, _EVENTS)
    else:
        resolve(con, _told_after, zone=intake.zone)
    _write_counted(intake, gains, _EVENTS)


def _resolve_corrections(intake: Intake, gains: Gains) -> None:
    """Resolve the marks whose minutes alone were corrected, without the rest of their lessons.

    Nothing that is counted of a lesson or a teacher can have changed by them.
    """
    con = intake.con
    if not con.execute("SELECT count(*) FROM corrected").fetchall()[0][0]:
        return
    resolve_corrected(con, _told_corrected)
    _write_counted(intake, gains, ("pupil",))


def _told_corrected(name: str) -> str:
    """What was told of the corrected marks: as it stood before taken off, as it is now added."""
    if name != "marks":
        of_these = " SEMI JOIN corrected USING (lesson)" if name == "lessons" else ""
        return f"SELECT * FROM ({_told_after(name)}){of_these}"
    columns = ", ".join(f'"{column}"' for column in TABLES[name].columns if column != "batch")
    return (
        f"SELECT {columns}, batch, unnest([-1, 1]) AS worth FROM o_corrected UNION ALL "
        f"SELECT {columns}, 2147483647, 1 FROM x_marks SEMI JOIN corrected USING (lesson)"
    )


def _keep_before(con: DuckDBPyConnection, events: Iterable[str]) -> None:
    for name in events:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name}_before AS FROM {name}_events")


def _told_before(name: str) -> str:
    return f"SELECT * FROM o_{name}"


def _told_after(name: str) -> str:
    if name == "stand_ins":
        return _told_before(name)
    columns = ", ".join(f'"{column}"' for column in TABLES[name].columns if column != "batch")
    return (
        f"SELECT {columns}, batch FROM o_{name} "
        f"UNION ALL SELECT {columns}, 2147483647 FROM x_{name}"
    )


_EVENTS = {
    "pupil": ("rows", PUPIL_MINUTES),
    "lesson": ("lesson_rows", LESSON_COUNTS),
    "teacher": ("lesson_teachers", ("taught",)),
}


def _subtract(con: DuckDBPyConnection, events: Iterable[str]) -> None:
    """Keep only what changed: the events after minus the events before."""
    for name in events:
        table, sums = _EVENTS[name]
        keys = ", ".join(f'"{c}"' for c in TABLES[table].columns if c not in sums)
        minus = ", ".join(f"-{column} AS {column}" for column in sums)
        totals = ", ".join(f"sum({column})::INTEGER AS {column}" for column in sums)
        changed = " OR ".join(f"sum({column}) <> 0" for column in sums)
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {name}_events AS "
            f"SELECT {keys}, {totals} FROM ("
            f"SELECT {keys}, {', '.join(sums)} FROM {name}_events UNION ALL "
            f"SELECT {keys}, {minus} FROM {name}_before) "
            f"GROUP BY {keys} HAVING {changed}"
        )


def _write_counted(intake: Intake, gains: Gains, events: Collection[str]) -> None:
    tables = intake.snapshot.folder / "tables"
    for name, files in write_counted(intake.con, tables, events).items():
        gains.add(name, files)


def _write_told(intake: Intake, gains: Gains) -> None:
    con, tables = intake.con, intake.snapshot.folder / "tables"
    for name in staging.TOLD:
        intake.progress(name, 0, 1)
        query = f"SELECT *, {intake.batch} AS batch FROM x_{name}"
        gains.add(name, write_files(con, query, tables / name, TABLES[name]))
    query = f"SELECT *, {intake.batch} AS batch FROM new_aliases"
    gains.add("aliases", write_files(con, query, tables / "aliases", TABLES["aliases"]))
    query = f"SELECT *, $when::TIMESTAMPTZ AS recorded_at, {intake.batch} AS batch FROM new_joins"
    query = query.replace("$when", f"'{intake.arrived_at.isoformat()}'")
    gains.add("joins", write_files(con, query, tables / "joins", TABLES["joins"]))
