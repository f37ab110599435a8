"""How DuckDB goes about every SQL file: each table is read once, and nothing is put together twice.

A UNION of range scans is what made an aggregate six times slower at a hundred million rows
(docs/explanation/performance.md). The rule behind it only begins at that size, so it is held off
by its name as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.spark.asking import PACKAGE, Case, by_file, heard_of, sql_files
from tests.spark.two_ledgers import Asked, town

from narvaro.engine import connect, open_engine
from narvaro.programmes import load

COUNTED = {"rows", "pupil_day", "pupil_month", "lesson_rows", "lesson_day", "lesson_teachers"}
PROGRAMME = PACKAGE / "demo" / "linnasa.toml"
SCAN = "READ_PARQUET"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Case]]:
    """Some cases of every SQL file."""
    here, scope = town(tmp_path_factory.mktemp("town")), load(PROGRAMME)
    return by_file([*heard_of(here, scope), *heard_of(later(here), scope)])


def later(asked: Asked) -> Asked:
    """The same ledger, as if something had become known since: sums by month are of no use then."""
    batch = asked.snapshot.batch
    newest = batch.newest_recorded_at + timedelta(days=1000)
    snapshot = replace(asked.snapshot, batch=replace(batch, newest_recorded_at=newest))
    return replace(asked, snapshot=snapshot)


def test_every_sql_file_is_planned_here(cases: Mapping[str, Sequence[Case]]) -> None:
    read = {name for found in cases.values() for case in found for name in case.tables}

    assert set(cases) == set(sql_files().values())
    assert read & COUNTED == COUNTED


@pytest.mark.parametrize("name", sorted(sql_files().values()))
def test_each_table_is_scanned_once_and_nothing_is_a_union(
    name: str, cases: Mapping[str, Sequence[Case]]
) -> None:
    plans = {plan_of(case.sql, case): filled(case) for case in cases[name]}

    assert not any("UNION" in plan.upper() for plan in plans)
    assert all(plan.count(SCAN) <= len(tables) for plan, tables in plans.items())
    assert any(plan.count(SCAN) == len(tables) for plan, tables in plans.items())


def test_a_second_scan_and_a_union_are_seen(cases: Mapping[str, Sequence[Case]]) -> None:
    case = cases["measurement/months/minutes_by_month.sql"][0]

    plan = plan_of(f"SELECT * FROM ({case.sql}) UNION ALL SELECT * FROM ({case.sql})", case)

    assert "UNION" in plan.upper()
    assert plan.count(SCAN) == 2


def test_the_rule_that_splits_large_scans_is_off() -> None:
    found = connect().execute("SELECT current_setting('disabled_optimizers')").fetchall()

    assert found == [("partitioned_execution",)]


def plan_of(sql: str, case: Case) -> str:
    return open_engine().plan(sql, tables=case.tables, rows=case.rows, parameters=case.parameters)


def filled(case: Case) -> list[str]:
    """The tables of a case that hold anything."""
    return [name for name, table in case.tables.items() if table.files]
