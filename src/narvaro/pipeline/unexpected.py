"""Marks that only said "expected, nothing said" of pupils who turn out not to have been members.

A live source's lesson with some marks gets one for every other member of its group, since a
lesson with marks consists of those marked. When a membership then ends earlier than was known,
those marks would keep the pupil in the lessons; they are taken away.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from narvaro.engine import Rows
from narvaro.exchange import Notice
from narvaro.pipeline.ending import Place, Roster, delivered_stays
from narvaro.pipeline.roster_told import Stay, memberships_told
from narvaro.pipeline.withdrawing import add_rows

if TYPE_CHECKING:
    from pathlib import Path

    from narvaro.sources.ss12000 import Loaded

_BARE = """
SELECT lessons.lesson_key, marks.pupil, lessons."group", lessons.date FROM (
    SELECT *, row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS place
    FROM lessons WHERE source = $source
) AS lessons
INNER JOIN (
    SELECT *, row_number() OVER (
        PARTITION BY lesson, pupil ORDER BY recorded_at DESC, batch DESC) AS place
    FROM marks
) AS marks ON marks.lesson = lessons.lesson
INNER JOIN shorter ON shorter.pupil = marks.pupil AND shorter.membership = lessons."group"
WHERE lessons.place = 1 AND NOT lessons.withdrawn AND marks.place = 1 AND NOT marks.withdrawn
    AND marks.acknowledged IS NULL AND marks.present_minutes IS NULL
    AND marks.valid_minutes IS NULL AND marks.invalid_minutes IS NULL
    AND marks.unclassified_minutes IS NULL AND marks.other_minutes IS NULL
    AND marks.batch IN (SELECT batch FROM told_by)
"""
_MESSAGE = "marks of pupils who were not members of the lesson's group any more were taken away"


def withdraw_unexpected(loaded: Loaded, roster: Roster) -> tuple[Notice, ...]:
    """Add to a load's delivery the withdrawal of marks that expected a pupil too long."""
    people = roster.people()
    now = delivered_stays(loaded.folder / "group_memberships.csv", "group", people)
    before: defaultdict[Place, list[Stay]] = defaultdict(list)
    for stay in memberships_told(roster.snapshot, roster.source):
        before[str(people.person(stay.pupil)), stay.place].append(stay)
    after = {at: _after(stays, now.get(at, ())) for at, stays in before.items()}
    shorter = {
        (stay.pupil, stay.place)
        for at, stays in before.items()
        for stay in stays
        if not any(_lies_in(stay, one) for one in after[at])
    }
    if not shorter:
        return ()
    keys = people.keys()
    rows: list[dict[str, str]] = []
    for lesson, pupil, group, day in _bare(roster, sorted(shorter)):
        at = (str(people.person(pupil)), group)
        was, is_ = (any(one.holds(day) for one in stays[at]) for stays in (before, after))
        if was and not is_ and pupil in keys:
            rows.append({"lesson": lesson, "pupil": keys[pupil], "withdrawn": "true"})
    return _withdrawn(loaded.folder / "marks.csv", rows)


def _after(before: Sequence[Stay], now: Sequence[Stay]) -> list[Stay]:
    """What stands after the load: what it tells, and of the rest what it does not tell anew."""
    anew = {stay.starts_on for stay in now}
    return [*now, *(stay for stay in before if stay.starts_on not in anew)]


def _lies_in(stay: Stay, other: Stay) -> bool:
    if other.starts_on > stay.starts_on:
        return False
    return other.ends_on is None or (stay.ends_on is not None and stay.ends_on <= other.ends_on)


def _bare(
    roster: Roster, shorter: Sequence[tuple[int, str]]
) -> Sequence[tuple[str, int, str, date]]:
    own = [(batch.batch,) for batch in roster.batches if batch.source == roster.source]
    found: Sequence[tuple[str, int, str, date]] = roster.snapshot.engine.query(
        _BARE,
        tables=roster.snapshot.tables("lessons", "marks"),
        rows={
            "shorter": Rows({"pupil": "BIGINT", "membership": "VARCHAR"}, shorter),
            "told_by": Rows({"batch": "INTEGER"}, own),
        },
        parameters={"source": roster.source},
    )
    return found


def _withdrawn(file: Path, rows: Sequence[Mapping[str, str]]) -> tuple[Notice, ...]:
    """Leave alone what the load itself tells of."""
    told = set()
    if rows and file.exists():
        with file.open(encoding="utf-8", newline="") as lines:
            told = {(row["lesson"], row["pupil"]) for row in csv.DictReader(lines)}
    gone = [row for row in rows if (row["lesson"], row["pupil"]) not in told]
    if not gone:
        return ()
    add_rows(file, gone)
    return (Notice("marks", "", len(gone), 0, _MESSAGE),)
