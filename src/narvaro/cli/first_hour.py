"""What `./start` does: an invented municipality through the same doors as a real one.

`python -m narvaro.cli.first_hour FOLDER [--pupils N] [--port N] [--stop]`
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.cli.complaints import complaint_of
from narvaro.errors import NarvaroError

if TYPE_CHECKING:
    from narvaro.pipeline import Run
    from narvaro.pipeline.reports import MonthReports
    from narvaro.programmes import Programme
    from narvaro.timetable import Month

TOO_LATE = timedelta(days=5)
"""The month ends are run this long after the month, as a municipality would."""


def main(words: Sequence[str]) -> int:
    """Make, take in, run, tell, serve. Returns the exit code."""
    try:
        return _first_hour(_options(words))
    except KeyboardInterrupt:
        print("\nStopped. Everything made is kept; ./start goes on from there.")
        return 0
    except NarvaroError as error:
        print(f"\n{complaint_of(error).message}", file=sys.stderr)
        return error.exit_code


def _options(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser("start", description="Närvaro with an invented municipality in it.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("demo"))
    parser.add_argument("--pupils", type=int, default=4000, help="how many (4000)")
    parser.add_argument("--schools", type=int, default=12, help="how many (12)")
    parser.add_argument("--port", type=int, default=8000, help="where, on this machine only (8000)")
    parser.add_argument("--stop", action="store_true", help="stop before serving")
    return parser.parse_args(words)


def _first_hour(options: Namespace) -> int:
    from narvaro.pipeline.reports import month_reports
    from narvaro.programmes import load

    began = time.monotonic()
    programme = load(_programme_file())
    ledger = options.folder / "ledger"
    _make(options)
    _take_in(options.folder / "delivery", ledger)
    runs = _run_month_ends(ledger, programme)
    reports = month_reports(ledger, programme)
    _tell(reports, runs, ledger, seconds=round(time.monotonic() - began))
    return 0 if options.stop else _serve(reports, options.port)


def _programme_file() -> Path:
    return Path(str(resources.files("narvaro.demo") / "linnasa.toml"))


def _make(options: Namespace) -> None:
    from narvaro.demo import generate

    if (options.folder / "manifest.json").exists():
        return
    print(f"Inventing a municipality of {options.pupils} pupils, two school years …", flush=True)
    generate(options.folder, pupils=options.pupils, schools=options.schools)


def _take_in(delivery: Path, ledger: Path) -> None:
    from narvaro.pipeline import take_in

    if (ledger / "ledger.json").exists():
        return
    print("Taking its registrations in, through the same door as real ones …", flush=True)
    take_in(delivery, ledger)


def _run_month_ends(ledger: Path, programme: Programme) -> list[Run]:
    """Run every month end; the newest as it was known then, and again with what came later."""
    from narvaro.flags.scope import Roster
    from narvaro.ledger import open_ledger
    from narvaro.pipeline import run_month_end
    from narvaro.timetable import At

    months = _months(ledger)
    print(f"Running {len(months)} month ends …", flush=True)
    now = datetime.now(UTC)
    roster = Roster(open_ledger(ledger).snapshot(), now)
    found = []
    for month in months:
        at = At(month.last_day, is_month=True)
        if month == months[-1]:
            then = datetime.combine(month.last_day, datetime.min.time(), tzinfo=UTC) + TOO_LATE
            run_month_end(ledger, programme, at=at, known_at=then)
        found.append(run_month_end(ledger, programme, at=at, known_at=now, roster=roster))
    return found


def _months(ledger: Path) -> list[Month]:
    from narvaro.ledger import open_ledger
    from narvaro.timetable import Month

    snapshot = open_ledger(ledger).snapshot()
    rows = snapshot.engine.query(
        "SELECT month FROM lesson_day GROUP BY month HAVING sum(acknowledged_lessons) > 0 "
        "ORDER BY month",
        tables=snapshot.tables("lesson_day"),
    )
    return [Month.of(row[0] // 100, row[0] % 100) for row in rows]


def _tell(reports: MonthReports, runs: Sequence[Run], ledger: Path, *, seconds: int) -> None:
    """Ten lines: what was found, and what to try next."""
    overview = reports.overview()
    usable = sum(row.verdict.is_usable for row in overview.schools)
    flags = [one for one in reports.facts.flags if one.outcome == "flagged"]
    certain = sum(one.certainty == "certain" for one in flags)
    untold = sum(one.outcome == "cannot_tell" for one in reports.facts.flags)
    changed = runs[-1].receipt["differences"] if runs else {}
    pupil = flags[0].pupil if flags else "KEY"
    month, programme = reports.facts.month, _near(_programme_file())
    call = _near(Path(sys.executable).with_name("narvaro"))
    print(f"""
{overview.authority}, {month}: {len(overview.schools)} schools, figures usable at {usable}.
{len(flags)} pupils at 15 % or more over three months: {certain} certain, {len(flags) - certain} likely.
{untold} pupils of whom it cannot be told, each with the reason.
{len(runs)} month ends run; the last one again after corrections: {_changes(changed)}.
Made, taken in and run in {seconds} seconds. Try next:
  {call} explain --ledger {ledger} --programme {programme} --at {month} --pupil {pupil}
  {call} quality --ledger {ledger} --window month --at {month}
  {call} whatif --ledger {ledger} --from {month} --windows month,rolling-months:3
  {call} report --ledger {ledger} --programme {programme} --form pdf --into reports""")


def _near(path: Path) -> str:
    """The path as one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _changes(counts: dict[str, int]) -> str:
    parts = [
        f"{counts[kind]} {kind}" for kind in ("added", "withdrawn", "changed") if kind in counts
    ]
    return ", ".join(parts) or "nothing changed"


def _serve(reports: MonthReports, port: int) -> int:
    from narvaro.errors import BadRequest
    from narvaro.reporting import Site, site_server

    try:
        server = site_server(Site(reports), port=port)
    except BadRequest:
        server = site_server(Site(reports))
    print(
        f"Read the report at http://127.0.0.1:{server.server_address[1]}/ (Ctrl+C stops)",
        flush=True,
    )
    with server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
