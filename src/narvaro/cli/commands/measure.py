"""`narvaro measure`: absence over a window, one row per pupil."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.commands import measure_groups, measure_spells
from narvaro.cli.options import (
    add_at,
    add_engine,
    add_known_at,
    add_ledger,
    add_window,
    moment_of,
    snapshot_of,
)
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent

if TYPE_CHECKING:
    from narvaro.measurement import AbsenceRow


def _add_arguments(parser: ArgumentParser) -> None:
    add_window(parser)
    add_at(parser)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--by",
        choices=("pupil", "school"),
        default="pupil",
        help="one row per pupil over all schools, or one per enrolment school (default: pupil)",
    )
    ways.add_argument(
        "--group",
        choices=("class", "grade", "sex", "school", "municipality"),
        help="one row per group instead, its pupils counted in bands of absence",
    )
    ways.add_argument(
        "--spells",
        action="store_true",
        help="per pupil: occasions of absence, and the longest unbroken spell",
    )
    measure_groups.add_arguments(parser)
    add_known_at(parser)
    add_engine(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    if options.group:
        measure_groups.show(options, out)
    elif options.spells:
        measure_spells.show(options, out)
    else:
        _show_pupils(options, out)
    return 0


def _show_pupils(options: Namespace, out: Out) -> None:
    from narvaro.measurement import measure

    snapshot, known_at = snapshot_of(options), moment_of(options)
    rows = measure(snapshot, window=options.window, at=options.at, by=options.by, known_at=known_at)
    out.answer(
        (row.as_record() for row in rows),
        window=options.window.text,
        by=options.by,
        known_at=known_at,
        batch=snapshot.batch.batch,
    )
    out.table([_for_people(row) for row in rows], COLUMNS, empty="No pupil in that window.")


def _for_people(row: AbsenceRow) -> dict[str, Any]:
    shares = {name: percent(getattr(row, name)) for name in ("share", "low", "high", "coverage")}
    return row.as_record() | shares


COLUMNS = (
    Column("pupil", "Pupil"),
    Column("school", "School"),
    Column("from", "From"),
    Column("to", "To"),
    Column("scheduled_minutes", "Scheduled", is_number=True),
    Column("acknowledged_minutes", "Acknowledged", is_number=True),
    Column("absent_minutes", "Absent", is_number=True),
    Column("share", "Share", is_number=True),
    Column("low", "Low", is_number=True),
    Column("high", "High", is_number=True),
    Column("coverage", "Coverage", is_number=True),
)
COMMAND = Command(
    "measure",
    "absence of every pupil over any window",
    "Measures absence over a window: minutes scheduled, acknowledged and absent, and the share "
    "with its lowest and highest possible value. The share is absent of acknowledged minutes; "
    "coverage says how much was acknowledged. Low takes every lesson that nobody acknowledged as "
    "present, high as absent. A pupil without lessons has no share, which is not 0 %.",
    (
        (
            "narvaro measure --window rolling-months:3 --at 2017-12",
            "October to December 2017, one row per pupil",
        ),
        (
            "narvaro measure --window term --at 2017-12-15 --by school --as-known-at 2018-01-10",
            "the term by school, with what was known on 10 January and nothing later",
        ),
        (
            "narvaro measure --window term --at 2017-12-15 --group grade --bands 5,15,25",
            "how many pupils of every grade lie in which band of absence",
        ),
        (
            "narvaro measure --window month --at 2017-12 --spells",
            "how often every pupil was absent in December, and for how long on end",
        ),
    ),
    _add_arguments,
    _run,
)
