"""Every budget as a ratio in one run: `python benchmarks/budgets.py FOLDER [--pupils N]`.

The yardstick Y is one flat scan and GROUP BY pupil, month over the same Parquet files, all rows,
without any handling of versions.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from narvaro.demo import generate
from narvaro.engine import connect, load_parquet
from narvaro.engine.duck import literal
from narvaro.flags import Combination
from narvaro.flags.scope import Roster
from narvaro.flags.so_far import flags_so_far
from narvaro.flags.what_if import sweep, what_if
from narvaro.ledger import Snapshot, open_ledger
from narvaro.ledger.standing import key_of
from narvaro.measurement.groups import By, groups_by
from narvaro.measurement.lessons import lessons_of
from narvaro.measurement.rolling import rolling_sums
from narvaro.pipeline import take_in
from narvaro.programmes import load
from narvaro.timetable import At, Month, Period, parse_window

ROUNDS = 5
NOW = datetime.now(UTC)
WINDOWS = ("month", *(f"rolling-months:{n}" for n in (2, 3, 4, 6)), "school-year")
BY: tuple[By, ...] = ("school", "grade", "sex")
LIMITS = (5, 8, 10, 12, 15, 18, 20, 25, 30, 40)
YARDSTICK = """
SELECT pupil, month, CAST(sum(scheduled) AS BIGINT) AS scheduled,
    CAST(sum(acknowledged) AS BIGINT) AS acknowledged, CAST(sum(valid) AS BIGINT) AS valid,
    CAST(sum(invalid) AS BIGINT) AS invalid, CAST(sum(unclassified) AS BIGINT) AS unclassified
FROM rows GROUP BY pupil, month
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pupils", type=int, default=7000)
    parser.add_argument("--schools", type=int, default=20)
    options = parser.parse_args()
    ledger = options.folder / "ledger"
    if not (options.folder / "manifest.json").exists():
        generate(options.folder, pupils=options.pupils, schools=options.schools, form="csv")
    if not (ledger / "ledger.json").exists():
        import_budget(options.folder, ledger)
    snapshot = open_ledger(ledger).snapshot()
    rows = connect().execute(f"SELECT count(*) FROM {load_parquet(snapshot.table('rows'))}")
    print(f"{rows.fetchall()[0][0]:,} rows, {len(snapshot.table('rows').files)} files")
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; ratios hold at their own load only"
    )
    reading_budgets(snapshot)
    for name, months, budget in (("everywhere", "", 2.3), ("one month", "LIMIT 1", 1.4)):
        late_budget(ledger, options.folder, name=name, months=months, budget=budget)
    help_budget()
    print(f"peak memory {peak()} MiB")


def import_budget(folder: Path, ledger: Path) -> None:
    marks = folder / "delivery" / "marks.csv"
    whole = once(lambda: take_in(folder / "delivery", ledger))
    memory = peak()
    bare = timed(lambda: read_bare(marks, folder / "bare.parquet"))
    report("(h) import / read_csv to Parquet of marks.csv", whole, bare, "5")
    print(f"peak memory of the import {memory} MiB, budget 1536")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_bare(source: Path, target: Path) -> None:
    connect().execute(
        f"COPY (FROM read_csv({literal(str(source))})) TO {literal(str(target))} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )


def reading_budgets(snapshot: Snapshot) -> None:
    months = months_of(snapshot)
    ends = months
    newest = snapshot.batch.newest_recorded_at
    middle = datetime.combine(months[len(months) // 2].last_day, datetime.min.time(), UTC)
    con = connect()
    con.execute(f"CREATE VIEW rows AS FROM {load_parquet(snapshot.table('rows'))}")
    plan = str(con.execute("EXPLAIN " + YARDSTICK).fetchall())
    assert "UNION" not in plan
    assert plan.count("READ_PARQUET") == 1
    almost = newest - timedelta(microseconds=1)
    works: dict[str, tuple[Callable[[], object], str]] = {
        "(b) rolling three months, all month ends, rows": (
            lambda: rolling(snapshot, ends, almost),
            "1.3",
        ),
        "(b) the same from pupil_month": (lambda: rolling(snapshot, ends, NOW), "0.2"),
        "(f) as known in the middle": (lambda: rolling(snapshot, ends, middle), "1.5"),
        "(d) flags so far, a year's month ends": (lambda: so_far(snapshot, ends[-12:]), "0.35"),
        "(i) 60 combinations, a year's month ends": (lambda: swept(snapshot, ends[-12:]), "0.25"),
        "(i) the same, a Python object per count": (lambda: tried(snapshot, ends[-12:]), "0.25"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ("Y", *works)}
    for _ in range(ROUNDS):
        seconds["Y"].append(once(lambda: con.execute(YARDSTICK).fetchnumpy()))
        for name, (work, _budget) in works.items():
            seconds[name].append(once(work))
    print(f"Y = {statistics.median(seconds['Y']):.3f} s")
    apart = timed(lambda: con.execute(YARDSTICK).fetchall()), statistics.median(seconds["Y"])
    print(
        f"Y taken out row by row, as Python numbers: {apart[0]:.3f} s, {apart[0] / apart[1]:.2f} Y"
    )
    one_month = once(lambda: bands(snapshot, ends[-1:]))
    report("(e) bands by school, grade and sex, one month", one_month, apart[1], "0.35 Y for all")
    for name, (_work, budget) in works.items():
        ratios = [a / b for a, b in zip(seconds[name], seconds["Y"], strict=True)]
        print(f"{name:46} {statistics.median(ratios):6.2f} Y   budget {budget} Y")
    one_pupil(snapshot, months)


def rolling(snapshot: Snapshot, ends: list[Month], known_at: datetime) -> object:
    return rolling_sums(snapshot, months=3, ends=ends, known_at=known_at)


def so_far(snapshot: Snapshot, ends: list[Month]) -> object:
    rule = Combination(parse_window("rolling-months:3"), ">=", Fraction(15))
    return flags_so_far(Roster(snapshot, NOW), [rule], months=ends, scope=load("england"))


def bands(snapshot: Snapshot, ends: list[Month]) -> object:
    return [
        groups_by(snapshot, window="month", ways=BY, at=At(end.last_day, is_month=True))
        for end in ends
    ]


def combinations() -> list[Combination]:
    return [
        Combination(parse_window(window), ">=", Fraction(limit))
        for window in WINDOWS
        for limit in LIMITS
    ]


def swept(snapshot: Snapshot, ends: list[Month]) -> object:
    roster = Roster(snapshot, NOW)
    return list(sweep(roster, combinations(), months=ends, scope=load("england")))


def tried(snapshot: Snapshot, ends: list[Month]) -> object:
    england = load("england")
    return what_if(snapshot, combinations(), months=ends, scope=england, minutes_per_flag=60)


def one_pupil(snapshot: Snapshot, months: list[Month]) -> None:
    year = Period(months[-11].first_day, months[-1].last_day)
    keys = sorted(key_of(snapshot).values())
    some = keys[:: max(1, len(keys) // 20)][:20]
    for name, known_at in (
        ("(g) one pupil's year", NOW),
        ("(g) as known at", NOW - timedelta(days=200)),
    ):
        taken = [once(_Asking(snapshot, key, year, known_at)) for key in some]
        median, most = statistics.median(taken) * 1000, max(taken) * 1000
        print(f"{name:46} {median:6.0f} ms, at most {most:.0f}   budget 50 ms at 15 M")


class _Asking:
    """One pupil's lessons, asked when called."""

    def __init__(self, snapshot: Snapshot, key: str, year: Period, known_at: datetime) -> None:
        self.asked = (snapshot, key, year, known_at)

    def __call__(self) -> object:
        return lessons_of(*self.asked)


def late_budget(ledger: Path, folder: Path, *, name: str, months: str, budget: float) -> None:
    copy, late = folder / "copy", folder / "late"
    for old in (copy, late):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(ledger, copy)
    shutil.copy(ledger.with_name("ledger.key"), folder / "copy.key")
    late.mkdir()
    make_late(folder, late, months)
    con = connect()
    con.execute(
        f"CREATE VIEW rows AS FROM {load_parquet(open_ledger(copy).snapshot().table('rows'))}"
    )
    yardstick = timed(lambda: con.execute(YARDSTICK).fetchnumpy())
    whole = once(lambda: take_in(late, copy))
    report(f"late batch of 50,000 rows, {name}", whole, yardstick, f"{budget} Y")


def make_late(folder: Path, late: Path, months: str) -> None:
    """Correct 50,000 marks: ten minutes' invalid absence each, told now."""
    marks = literal(str(folder / "delivery" / "marks.csv"))
    lessons = f"read_csv({literal(str(folder / 'delivery' / 'lessons.csv'))}, all_varchar = true)"
    connect(scratch=folder).execute(
        f"""
        COPY (
            SELECT m.* REPLACE ('10' AS invalid_minutes, NULL AS valid_minutes,
                NULL AS unclassified_minutes, NULL AS other_minutes,
                {literal(NOW.isoformat())} AS recorded_at)
            FROM read_csv({marks}, all_varchar = true) AS m
            WHERE m.scheduled_minutes IS NULL AND m.lesson IN (
                SELECT lesson FROM {lessons}
                WHERE substr(starts_at, 1, 7) IN (
                    SELECT substr(starts_at, 1, 7) AS month FROM {lessons}
                    GROUP BY month HAVING count(*) > 100 ORDER BY month DESC {months})
            )
            QUALIFY row_number() OVER (PARTITION BY m.lesson, m.pupil ORDER BY m.recorded_at) = 1
            ORDER BY hash(m.lesson || m.pupil) LIMIT 50000
        ) TO {literal(str(late / "marks.csv"))} (HEADER)
        """
    )


def help_budget() -> None:
    def run() -> object:
        words = [sys.executable, "-m", "narvaro.cli", "--help"]
        return subprocess.run(words, capture_output=True, check=True)

    seconds = statistics.median(once(run) for _ in range(ROUNDS))
    print(f"{'narvaro --help':46} {seconds:6.2f} s   budget 0.4 s")


def months_of(snapshot: Snapshot) -> list[Month]:
    rows = snapshot.engine.query(
        "SELECT month FROM pupil_month GROUP BY month HAVING sum(lessons) > 0 ORDER BY month",
        tables=snapshot.tables("pupil_month"),
    )
    return [Month.of(row[0] // 100, row[0] % 100) for row in rows]


def timed(work: Callable[[], object]) -> float:
    return statistics.median(once(work) for _ in range(3))


def once(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def report(name: str, seconds: float, yardstick: float, budget: str) -> None:
    print(f"{name:46} {seconds / yardstick:6.2f}     budget {budget}   ({seconds:.1f} s)")


if __name__ == "__main__":
    main()
