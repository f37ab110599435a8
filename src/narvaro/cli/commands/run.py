"""`narvaro run`: the month-end run, its receipt, and what changed since the version before."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import (
    add_at,
    add_known_at,
    add_ledger,
    add_programme,
    ledger_folder,
    moment_of,
)
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from narvaro.pipeline import Difference, Run


def _add_arguments(parser: ArgumentParser) -> None:
    add_programme(parser, required=False)
    add_at(parser)
    parser.add_argument(
        "--authority", default="", metavar="KEY", help="whose run (default: the only one there is)"
    )
    parser.add_argument(
        "--run", default="", metavar="ID", help="its id (default: AUTHORITY/PROGRAMME/MONTH)"
    )
    parser.add_argument("--list", action="store_true", help="list the runs that are kept")
    parser.add_argument("--read", metavar="ID", help="read a kept run again instead of running")
    parser.add_argument("--version", type=int, metavar="N", help="which version to read")
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    if options.list:
        return _list(options, out)
    made = _read(options) if options.read else _make(options, out)
    record = made.as_record()
    rows = record.pop("rows")
    out.answer(rows, **record)
    _tell(made, out)
    return 0


def _list(options: Namespace, out: Out) -> int:
    from narvaro.pipeline import runs

    rows = runs(ledger_folder(options))
    out.answer(rows)
    out.table(rows, RUN_COLUMNS, empty="No run is kept yet.")
    return 0


def _read(options: Namespace) -> Run:
    from narvaro.pipeline import read_run

    return read_run(ledger_folder(options), options.read, version=options.version)


def _make(options: Namespace, out: Out) -> Run:
    from narvaro.pipeline import run_month_end
    from narvaro.programmes import load

    if options.programme is None or options.at is None:
        raise BadRequest(
            "A run needs a programme and a month.",
            remedy="Add --programme ID and --at 2017-12, or --list, or --read ID.",
        )
    with out.progress("Running the month end"):
        return run_month_end(
            ledger_folder(options),
            load(options.programme),
            at=options.at,
            authority=options.authority,
            run=options.run,
            known_at=moment_of(options),
            outside_dates=options.outside_dates,
        )


def _tell(made: Run, out: Out) -> None:
    state = "new" if made.is_new else "kept"
    out.line(f"Run {made.run}, version {made.version} ({state}).")
    outcomes: Mapping[str, int] = made.receipt.get("outcomes", {})
    out.table(
        [{"rule": name.rpartition("/")[0], "outcome": name.rpartition("/")[2], "count": count}
         for name, count in outcomes.items()],
        OUTCOME_COLUMNS,
        empty="Nobody is in scope.",
    )  # fmt: skip
    gone = made.receipt.get("pupils_disposed_since", 0)
    if gone:
        pupils = "1 pupil is" if gone == 1 else f"{gone} pupils are"
        out.line(f"{pupils} no longer in it, having been disposed of since.")
    if made.version > 1:
        out.table(
            _differences(made.differences), DIFFERENCE_COLUMNS, title="Since the version before"
        )


def _differences(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind, "pupil": one.pupil, "rule": one.rule, "why": one.why.get("en")}
        for one in found
    ]


RUN_COLUMNS = (
    Column("run", "Run"),
    Column("version", "Version", is_number=True),
    Column("programme", "Programme"),
    Column("at", "Month"),
    Column("made_at", "Made"),
    Column("known_at", "As known at"),
)
OUTCOME_COLUMNS = (
    Column("rule", "Rule"),
    Column("outcome", "Outcome"),
    Column("count", "Pupils", is_number=True),
)
DIFFERENCE_COLUMNS = (
    Column("kind", "Change"),
    Column("pupil", "Pupil"),
    Column("rule", "Rule"),
    Column("why", "Why"),
)
COMMAND = Command(
    "run",
    "run a month end, and keep it with its receipt",
    "Runs the month end of an authority and keeps it: every pupil's outcome, and a receipt of "
    "what it was made from. Run again over the same facts it is the same version; after "
    "corrections it is a new one, with the list of what was added, withdrawn and changed, and "
    "why. Earlier versions stay and can be read again.",
    (
        ("narvaro run --programme boras-2018 --at 2018-03", "the month end of March 2018"),
        ("narvaro run --list", "the runs that are kept"),
        ("narvaro run --read town/boras-2018/2018-03 --version 1 --json", "an earlier version"),
    ),
    _add_arguments,
    _run,
)
