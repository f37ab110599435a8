"""Rows of one delivery that speak of the same key at the same time."""

from __future__ import annotations

from narvaro.engine.duck import identifier
from narvaro.errors import Fault
from narvaro.exchange.delivery import Notice
from narvaro.exchange.findings import LISTED_PER_TABLE, Findings
from narvaro.exchange.running import Runner
from narvaro.exchange.schema import Table

_PROBLEM = "the same key and recorded_at as an earlier line, with other contents"


def drop_duplicates(table: Table, source: str, runner: Runner, findings: Findings) -> bool:
    """Fill the table `left_out` (line) with rows to leave out; say whether there are any.

    Of identical rows the first is kept; rows that differ are all left out, as faults.
    """
    same = ", ".join(identifier(name) for name in (*table.key, "recorded_at"))
    if not _any_twice(source, same, runner):
        return False
    contents = ", ".join(identifier(column.name) for column in table.all_columns)
    runner.rows(_RANKED.format(source=source, same=same, contents=contents))
    _tell_conflicts(table, runner, findings)
    _tell_repeated(table, runner, findings)
    runner.rows(
        "INSERT INTO left_out SELECT line FROM ranked WHERE has_conflict OR line <> first_line"
    )
    return bool(runner.rows("SELECT 1 FROM left_out LIMIT 1"))


def _any_twice(source: str, same: str, runner: Runner) -> bool:
    """By a hash of the key first: at most a few rows have to be compared exactly."""
    runner.rows(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT h FROM"
        f" (SELECT hash({same}) AS h FROM {source}) GROUP BY h HAVING count(*) > 1"
    )
    return bool(runner.rows("SELECT 1 FROM twice LIMIT 1"))


_RANKED = """
CREATE OR REPLACE TEMP TABLE ranked AS
WITH candidates AS (
    SELECT *, row({contents}) AS contents
    FROM {source}
    WHERE hash({same}) IN (SELECT h FROM twice)
),

compared AS (
    SELECT
        line,
        min(line) OVER same_key AS first_line,
        contents IS DISTINCT FROM first_value(contents) OVER same_key AS is_other
    FROM candidates
    WINDOW same_key AS (
        PARTITION BY {same} ORDER BY line
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)

SELECT line, first_line, is_other, bool_or(is_other) OVER (PARTITION BY first_line) AS has_conflict
FROM compared
"""


def _tell_conflicts(table: Table, runner: Runner, findings: Findings) -> None:
    faulty, out = runner.rows(
        "SELECT count(*) FILTER (WHERE is_other), count(*) FROM ranked WHERE has_conflict"
    )[0]
    if not faulty:
        return
    listed = runner.rows(
        f"SELECT line, first_line FROM ranked WHERE is_other ORDER BY line LIMIT {LISTED_PER_TABLE}"
    )
    findings.leave_out(
        table.name,
        rows=out,
        reasons={_PROBLEM: faulty},
        listed=[_conflict(table, line, first) for line, first in listed],
    )


def _conflict(table: Table, line: int, first: int) -> Fault:
    return Fault(
        table.name,
        line,
        ", ".join(table.key),
        f"the same key and recorded_at as line {first}, with other contents",
        "Keep one of the two lines, or give the later one a later recorded_at.",
    )


def _tell_repeated(table: Table, runner: Runner, findings: Findings) -> None:
    count, line = runner.rows(
        "SELECT count(*), min(line) FROM ranked WHERE NOT has_conflict AND line <> first_line"
    )[0]
    if count:
        message = f"{count:,} rows repeat an earlier row word for word; dropped"
        findings.notices.append(Notice(table.name, "", count, line, message))
