"""Asks everything that is asked of a ledger, and keeps every query with its answer."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any
from unittest.mock import patch

from tests.spark.two_ledgers import Asked
from tests.spec import adapter
from tests.spec.every_case import CASES, QUESTIONS
from tests.spec.rows import stacked as rows_of_all

from narvaro.engine import Engine, Rows, TableFiles, open_engine
from narvaro.flags import Combination, what_if
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import key_of, standing
from narvaro.measurement import measure, spells, sums_of
from narvaro.measurement.lessons import lessons_of
from narvaro.measurement.months import months_with_lessons
from narvaro.measurement.rolling import rolling
from narvaro.programmes import Programme
from narvaro.quality import contradictions, registration, school_term_status, verdicts
from narvaro.quality.registration import WAYS
from narvaro.timetable import At, Month, Period, parse_window

PACKAGE = Path(__file__).parents[2] / "src" / "narvaro"
PACKAGES = ("measurement", "quality", "flags")
LETTERS = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]
Answer = list[tuple[Any, ...]]


def sql_files() -> Mapping[str, str]:
    """Every SQL file of the packages that read a snapshot: its text → its name."""
    found = [path for package in PACKAGES for path in sorted((PACKAGE / package).rglob("*.sql"))]
    return {path.read_text("utf-8"): path.relative_to(PACKAGE).as_posix() for path in found}


@dataclass(frozen=True)
class Case:
    """One query as it was asked, and what DuckDB answered."""

    sql: str
    tables: Mapping[str, TableFiles]
    rows: Mapping[str, Rows]
    parameters: Mapping[str, object]
    answer: Answer


@dataclass
class Listening:
    """An engine that keeps what passes through it."""

    engine: Engine
    heard: list[Case] = field(default_factory=list)

    def query(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> Answer:
        answer = self.engine.query(sql, tables=tables, rows=rows, parameters=parameters)
        self._keep(sql, tables, rows or {}, parameters or {}, answer)
        return answer

    def columns(
        self,
        sql: str,
        *,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows] | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> list[Any]:
        found = self.engine.columns(sql, tables=tables, rows=rows, parameters=parameters)
        answer = list(zip(*(column.tolist() for column in found), strict=True))
        self._keep(sql, tables, rows or {}, parameters or {}, answer)
        return found

    def _keep(
        self,
        sql: str,
        tables: Mapping[str, TableFiles],
        rows: Mapping[str, Rows],
        parameters: Mapping[str, object],
        answer: Answer,
    ) -> None:
        bound = {name: value for name, value in parameters.items() if f"${name}" in sql}
        self.heard.append(Case(sql, dict(tables), rows, bound, answer))

    def plan(self, sql: str, **given: Any) -> str:
        return self.engine.plan(sql, **given)


def by_file(heard: Iterable[Case]) -> Mapping[str, list[Case]]:
    """Every different case of every SQL file."""
    files = sql_files()
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for case in heard:
        name = files.get(case.sql)
        if name and case not in found[name]:
            found[name].append(case)
    return found


def some_of(cases: Sequence[Case], most: int) -> list[Case]:
    """Up to so many cases, the one with the longest answer first."""
    longest = max(cases, key=lambda case: len(case.answer))
    others = [case for case in cases if case is not longest]
    return [longest, *random.Random(1).sample(others, min(most - 1, len(others)))]


def heard_of(asked: Asked, scope: Programme) -> list[Case]:
    """Every query behind everything public that reads a snapshot."""
    ear = Listening(asked.snapshot.engine)
    ask_everything(
        replace(asked.snapshot, engine=ear), scope, months=asked.months, moments=asked.moments
    )
    return ear.heard


def heard_of_the_spec_cases(folder: Path) -> list[Case]:
    """Every query behind the answers to every spec case; they all lie in one ledger."""
    ledger = adapter.ledger_of(rows_of_all(CASES), folder)
    ear = Listening(open_engine())
    with patch("narvaro.engine.duck.DuckEngine", lambda: ear):
        for one, ask, _ in QUESTIONS:
            adapter.answer(ask, ledger, one)
    return ear.heard


def ask_everything(
    snapshot: Snapshot, scope: Programme, *, months: Sequence[str], moments: Sequence[datetime]
) -> None:
    """Everything public that reads a snapshot, over some months and as known at some times."""
    for month in (Month.of(*map(int, text.split("-"))) for text in months):
        at = At(month.last_day, is_month=True)
        for moment in moments:
            _ask_of_pupils(snapshot, at, moment)
            _ask_of_schools(snapshot, at, moment)
            _try_a_rule(snapshot, scope, month, moment)


def _ask_of_pupils(snapshot: Snapshot, at: At, known_at: datetime) -> None:
    for window in ("rolling-months:3", "school-days:20", "week"):
        measure(snapshot, window=window, at=at, known_at=known_at)
    spells(snapshot, window="rolling-months:3", at=at, known_at=known_at)
    rolling(snapshot, months=3, ends=[at.month.plus(-1), at.month], known_at=known_at)
    period = Period(at.month.plus(-4).first_day, at.day)
    months_with_lessons(snapshot, period, known_at)
    lessons_of(snapshot, min(key_of(snapshot).values()), period, known_at)
    told = {row["pupil"] for row in standing(snapshot, "period_summaries", known_at)}
    for number in sorted(told)[:2]:
        sums_of(snapshot, key_of(snapshot)[number], period, known_at)


def _ask_of_schools(snapshot: Snapshot, at: At, known_at: datetime) -> None:
    for by in WAYS:
        registration(snapshot, window="rolling-months:3", at=at, by=by, known_at=known_at)
    verdicts(snapshot, months=[at.month], known_at=known_at)
    contradictions(snapshot, window="rolling-months:3", at=at, known_at=known_at)
    school_term_status(snapshot, at=at, known_at=known_at)


def _try_a_rule(snapshot: Snapshot, scope: Programme, month: Month, known_at: datetime) -> None:
    one = Combination(parse_window("rolling-months:3"), ">=", Fraction(15))
    what_if(snapshot, [one], months=[month], scope=scope, minutes_per_flag=60, known_at=known_at)


@dataclass(frozen=True)
class Stack:
    """All cases of one SQL file as one query, whose first column says which case a row answers."""

    sql: str
    tables: Mapping[str, TableFiles]
    rows: Mapping[str, Rows]
    parameters: Mapping[str, object]
    answer: Answer


def stacked(cases: Sequence[Case]) -> Stack:
    """Lay cases on each other; each keeps its own tables, rows and parameters."""
    parts: list[str] = []
    parameters: dict[str, object] = {}
    tables: dict[str, TableFiles] = {}
    rows: dict[str, Rows] = {}
    for number, case in enumerate(cases):
        letters = LETTERS[number]
        shadows = []
        for name, table in case.tables.items():
            shadows.append((name, _placed(tables, name, table)))
        for name, given in case.rows.items():
            shadows.append((name, _placed(rows, name, given)))
        parameters |= {f"{name}_{letters}": value for name, value in case.parameters.items()}
        parts.append(_part(number, re.sub(r"\$([a-z_]+)", rf"$\1_{letters}", case.sql), shadows))
    answer = [(number, *row) for number, case in enumerate(cases) for row in case.answer]
    return Stack("\nUNION ALL\n".join(parts), tables, rows, parameters, answer)


def _placed(given: dict[str, Any], name: str, one: object) -> str:
    """The name of a table among all cases' tables; the same table has one name."""
    alike = [place for place, other in given.items() if other == one and place.startswith(name)]
    place = alike[0] if alike else f"{name}_{LETTERS[len(given)]}"
    given[place] = one
    return place


def _part(number: int, sql: str, shadows: Sequence[tuple[str, str]]) -> str:
    known = ", ".join(f"{name} AS (SELECT * FROM {place})" for name, place in shadows)
    return (
        f"SELECT {number} AS case_number, answer.* FROM (\n"
        f"WITH {known}\nSELECT * FROM (\n{sql}\n) AS asked) AS answer"
    )
