"""What must hold between the rows of one delivery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from narvaro.errors import Fault
from narvaro.exchange.findings import LISTED_PER_TABLE, Findings
from narvaro.exchange.running import Runner

_ABSENT_MORE = "absent more than the lesson's minutes"
_CYCLE = "the organisation is its own ancestor"


def check_marks_against_lessons(
    marks: str, lessons: str, runner: Runner, findings: Findings
) -> bool:
    """Hold marks without scheduled minutes against their lesson's; fill `left_out`.

    A lesson's minutes fall back to its end minus its start; of several rows of a lesson the
    longest counts. Both are FROM clauses of typed tables.
    """
    runner.rows(_TOO_MUCH.format(marks=marks, lessons=lessons))
    count = runner.rows("SELECT count(*) FROM too_much")[0][0]
    if not count:
        return False
    lines = runner.rows(f"SELECT line FROM too_much ORDER BY line LIMIT {LISTED_PER_TABLE}")
    remedy = "valid, invalid and unclassified minutes together are at most the lesson's minutes."
    findings.leave_out(
        "marks",
        rows=count,
        reasons={_ABSENT_MORE: count},
        listed=[Fault("marks", line, "", _ABSENT_MORE, remedy) for (line,) in lines],
    )
    runner.rows("INSERT INTO left_out SELECT line FROM too_much")
    return True


_TOO_MUCH = """
CREATE OR REPLACE TEMP TABLE too_much AS
WITH absent AS (
    SELECT
        lesson,
        line,
        coalesce(valid_minutes, 0) + coalesce(invalid_minutes, 0)
        + coalesce(unclassified_minutes, 0) AS absent_minutes
    FROM {marks}
    WHERE scheduled_minutes IS NULL
),

lengths AS (
    SELECT
        lesson,
        max(coalesce(minutes, date_diff('minute', starts_at, ends_at))) AS lesson_minutes
    FROM {lessons}
    GROUP BY lesson
)

SELECT absent.line
FROM absent
INNER JOIN lengths ON lengths.lesson = absent.lesson
WHERE absent.absent_minutes > lengths.lesson_minutes
"""


class _Edge(NamedTuple):
    line: int
    child: str
    parent: str
    starts_on: date
    ends_on: date


def check_organisations(source: str, runner: Runner, findings: Findings) -> bool:
    """Find organisations that are their own ancestors on some day; fill `left_out`."""
    edges = [
        _Edge(line, child, parent, first or date.min, last or date.max)
        for line, child, parent, first, last in runner.rows(
            "SELECT line, organisation, parent, starts_on, ends_on"
            f" FROM {source} WHERE parent IS NOT NULL AND NOT withdrawn ORDER BY line"
        )
    ]
    cyclic = sorted({edge for day in _days(edges) for edge in _cycles(edges, day)})
    if not cyclic:
        return False
    remedy = "Follow the column parent upwards; it must end at an organisation without one."
    findings.leave_out(
        "organisations",
        rows=len(cyclic),
        reasons={_CYCLE: len(cyclic)},
        listed=[Fault("organisations", edge.line, "parent", _CYCLE, remedy) for edge in cyclic],
    )
    runner.con.executemany("INSERT INTO left_out VALUES (?)", [[edge.line] for edge in cyclic])
    return True


def _days(edges: list[_Edge]) -> set[date]:
    """The days on which a cycle can first be there; none when there is none on any day."""
    always = [edge._replace(starts_on=date.min, ends_on=date.max) for edge in edges]
    if not any(_cycles(always, date.min)):
        return set()
    return {edge.starts_on for edge in edges}


def _cycles(edges: list[_Edge], day: date) -> Iterator[_Edge]:
    """The edges that lie on a cycle on one day."""
    upward: dict[str, list[_Edge]] = {}
    for edge in edges:
        if edge.starts_on <= day <= edge.ends_on:
            upward.setdefault(edge.child, []).append(edge)
    _strip_ends(upward)
    for below in upward.values():
        yield from (edge for edge in below if _leads_to(edge.parent, edge.child, upward))


def _strip_ends(upward: dict[str, list[_Edge]]) -> None:
    """Take away, again and again, the edges whose parent leads nowhere."""
    shrinking = True
    while shrinking:
        shrinking = False
        for child in list(upward):
            kept = [edge for edge in upward[child] if edge.parent in upward]
            shrinking = shrinking or len(kept) < len(upward[child])
            if kept:
                upward[child] = kept
            else:
                del upward[child]


def _leads_to(start: str, goal: str, upward: Mapping[str, list[_Edge]]) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(edge.parent for edge in upward.get(here, ()))
    return False
