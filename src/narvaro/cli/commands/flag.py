"""`narvaro flag`: every pupil in scope, held against every rule of a programme."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import (
    add_at,
    add_engine,
    add_known_at,
    add_ledger,
    add_programme,
    moment_of,
    snapshot_of,
)
from narvaro.cli.output import Column, Out
from narvaro.cli.percent import percent

if TYPE_CHECKING:
    from narvaro.flags import Flag
    from narvaro.programmes import Programme


def _add_arguments(parser: ArgumentParser) -> None:
    add_programme(parser)
    add_at(parser, required=True)
    parser.add_argument(
        "--all", action="store_true", help="list those not flagged too (--json always does)"
    )
    add_known_at(parser)
    add_engine(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.flags import flag
    from narvaro.programmes import load

    programme, snapshot, known_at = (
        load(options.programme),
        snapshot_of(options),
        moment_of(options),
    )
    flags = flag(
        snapshot,
        programme,
        at=options.at,
        known_at=known_at,
        outside_dates=options.outside_dates,
    )
    out.answer(
        (one.as_record() for one in flags),
        programme=programme.id,
        programme_version=programme.version,
        at=str(options.at.month),
        known_at=known_at,
        batch=snapshot.batch.batch,
    )
    shown = [one for one in flags if options.all or one.outcome != "not_flagged"]
    out.table([_for_people(one, programme) for one in shown], COLUMNS, empty="Nobody is flagged.")
    out.line(_counted(flags))
    return 0


def _for_people(one: Flag, programme: Programme) -> dict[str, Any]:
    rule = programme.rule(one.rule)
    return one.as_record() | {
        "share": percent(one.absence.share, *rule.limits),
        "coverage": percent(one.absence.coverage, rule.coverage_floor),
        "reason": one.reason_en,
    }


def _counted(flags: Sequence[Flag]) -> str:
    counts = Counter(one.outcome for one in flags)
    pupils = len({one.pupil for one in flags})
    return (
        f"{pupils} pupils in scope: {counts['flagged']} flagged, {counts['not_flagged']} not, "
        f"{counts['cannot_tell']} cannot be told (rules counted apart)."
    )


COLUMNS = (
    Column("pupil", "Pupil"),
    Column("school", "School"),
    Column("class", "Class"),
    Column("rule", "Rule"),
    Column("outcome", "Outcome"),
    Column("certainty", "Certainty"),
    Column("share", "Share", is_number=True),
    Column("coverage", "Coverage", is_number=True),
    Column("flags_this_school_year", "Flags this year", is_number=True),
)
COMMAND = Command(
    "flag",
    "hold every pupil in scope against a programme's rules",
    "Holds every pupil a programme speaks of against each of its rules at a month end. The "
    "outcome is flagged, not flagged, or cannot tell, with how certain it is: certain means that "
    "no lesson left unacknowledged could change it. Nothing is opened or decided by it.",
    (
        ("narvaro flag --programme boras-2018 --at 2018-03", "flagged pupils, and those untold"),
        (
            "narvaro flag --programme staffanstorp --at 2017-12 --outside-dates --json",
            "every pupil and rule, though the programme was not in force then",
        ),
    ),
    _add_arguments,
    _run,
)
