"""What `./start` does first: an invented municipality through the same doors as a real one.

`python -m narvaro.cli.first_hour FOLDER [--pupils N] [--today DAY] [--report] [--stop]`
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.complaints import complaint_of
from narvaro.errors import NarvaroError

if TYPE_CHECKING:
    from narvaro.pipeline.reports import MonthReports
    from narvaro.programmes import Programme
    from narvaro.timetable import Month

TODAY = "2026-12-02"
"""The day it is in the demo, unless another is asked for: in the second autumn."""
FIRST_YEAR = 2025
FIRST_RUN, SECOND_RUN = timedelta(hours=29), timedelta(days=5)
"""A month end is run in the morning of the next month's first day, and again when it is final."""
RUN_TWICE = 3
"""So many of the last months are run again when they are final."""


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
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=date.fromisoformat(TODAY),
        help=f"the day it is in the demo ({TODAY}); the web application lets one move it",
    )
    parser.add_argument(
        "--report", action="store_true", help="serve the read-only report, not the application"
    )
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
    noon = datetime.combine(options.today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    _run_month_ends(ledger, programme, noon)
    reports = month_reports(ledger, programme, known_at=noon)
    _tell(reports, ledger, noon, seconds=round(time.monotonic() - began))
    return _serve(reports, options.port) if options.report and not options.stop else 0


def _programme_file() -> Path:
    return Path(str(resources.files("narvaro.demo") / "linnasa.toml"))


def _make(options: Namespace) -> None:
    from narvaro.demo import generate

    if (options.folder / "manifest.json").exists():
        return
    print(f"Inventing a municipality of {options.pupils} pupils, two school years …", flush=True)
    generate(options.folder, pupils=options.pupils, schools=options.schools, first_year=FIRST_YEAR)


def _take_in(delivery: Path, ledger: Path) -> None:
    from narvaro.pipeline import take_in

    if (ledger / "ledger.json").exists():
        return
    print("Taking its registrations in, through the same door as real ones …", flush=True)
    take_in(delivery, ledger)


def _run_month_ends(ledger: Path, programme: Programme, now: datetime) -> None:
    """Run every month end when a municipality would; the last ones before `now` twice."""
    from narvaro.pipeline import run_month_end, runs
    from narvaro.timetable import At

    months = _months(ledger)
    kept = {(one["at"], one["known_at"]) for one in runs(ledger)}
    over = [month for month in months if _after(month, timedelta()) <= now]
    print(f"Running {len(months)} month ends …", flush=True)
    for month in months:
        at = At(month.last_day, is_month=True)
        moments = [_after(month, FIRST_RUN)]
        moments += [_after(month, SECOND_RUN)] * (month in over[-RUN_TWICE:])
        for moment in moments:
            if (str(at), moment.isoformat()) not in kept:
                run_month_end(ledger, programme, at=at, known_at=moment)


def _after(month: Month, time_after: timedelta) -> datetime:
    return datetime.combine(month.last_day, datetime.min.time(), tzinfo=UTC) + time_after


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


def _tell(reports: MonthReports, ledger: Path, now: datetime, *, seconds: int) -> None:
    """Ten lines: what was found, and what to try next."""
    from narvaro.pipeline import runs

    overview = reports.overview()
    usable = sum(row.verdict.is_usable for row in overview.schools)
    flags = [one for one in reports.facts.flags if one.outcome == "flagged"]
    certain = sum(one.certainty == "certain" for one in flags)
    untold = sum(one.outcome == "cannot_tell" for one in reports.facts.flags)
    known = [one for one in runs(ledger) if datetime.fromisoformat(one["known_at"]) <= now]
    months = len({one["at"] for one in known})
    pupil = flags[0].pupil if flags else "KEY"
    month, programme = reports.facts.month, _near(_programme_file())
    call = _near(Path(sys.executable).with_name("narvaro"))
    print(f"""
{overview.authority}, {month}: {len(overview.schools)} schools, figures usable at {usable}.
{len(flags)} pupils at 15 % or more over three months: {certain} certain, {len(flags) - certain} likely.
{untold} pupils of whom it cannot be told, each with the reason.
{months} month ends run; the newest that was run again: {_changes(ledger, known)}.
Made, taken in and run in {seconds} seconds. Try next:
  {call} explain --ledger {ledger} --programme {programme} --at {month} --pupil {pupil}
  {call} quality --ledger {ledger} --window month --at {month}
  {call} whatif --ledger {ledger} --from {month} --windows month,rolling-months:3
  {call} report --ledger {ledger} --programme {programme} --form pdf --into reports""")


def _near(path: Path) -> str:
    """The path as one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _changes(ledger: Path, known: Sequence[dict[str, Any]]) -> str:
    from narvaro.pipeline import read_run

    again = [one for one in known if one["version"] > 1]
    if not again:
        return "nothing changed"
    newest = max(again, key=lambda one: (one["at"], one["version"]))
    receipt = read_run(ledger, newest["run"], version=newest["version"]).receipt
    counts = receipt["differences"]
    parts = [
        f"{counts[kind]} {kind}" for kind in ("added", "withdrawn", "changed") if kind in counts
    ]
    return f"{newest['at']}, {', '.join(parts) or 'nothing changed'}"


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
