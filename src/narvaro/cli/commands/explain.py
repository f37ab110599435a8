"""`narvaro explain`: the lessons behind a flag, which add up to it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import (
    add_at,
    add_known_at,
    add_ledger,
    add_programme,
    moment_of,
    snapshot_of,
)
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from narvaro.flags import Explanation
    from narvaro.programmes import Programme


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--pupil", metavar="KEY", required=True, help="the pupil's key")
    add_programme(parser)
    add_at(parser, required=True)
    parser.add_argument("--rule", metavar="ID", help="one of the programme's rules (default: all)")
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.flags import explain
    from narvaro.programmes import load

    programme, snapshot, known_at = (
        load(options.programme),
        snapshot_of(options),
        moment_of(options),
    )
    explanations = explain(
        snapshot,
        programme,
        options.pupil,
        at=options.at,
        known_at=known_at,
        outside_dates=options.outside_dates,
    )
    chosen = _chosen(explanations, programme, options.rule)
    out.answer(
        (_row(one, lesson) for one in chosen for lesson in one.lessons),
        programme=programme.id,
        programme_version=programme.version,
        at=str(options.at.month),
        known_at=known_at,
        batch=snapshot.batch.batch,
        flags=[one.flag.as_record() | {"adds_up": one.adds_up} for one in chosen],
    )
    for one in chosen:
        _tell(one, out)
    return 0


def _chosen(found: list[Explanation], programme: Programme, rule: str | None) -> list[Explanation]:
    if rule is None:
        return found
    programme.rule(rule)
    chosen = [one for one in found if one.flag.rule == rule]
    if not chosen:
        raise BadRequest(
            "That rule is not run at this month end.",
            remedy=f"`narvaro programme show {programme.id}` says when each rule is run.",
        )
    return chosen


def _row(one: Explanation, lesson: Any) -> dict[str, Any]:
    return {"pupil": one.flag.pupil, "rule": one.flag.rule, **lesson.as_record()}


def _tell(one: Explanation, out: Out) -> None:
    row = one.flag.absence
    out.line(f"{one.flag.programme}, {one.flag.rule}, {one.flag.at}: {one.flag.outcome}.")
    out.line(one.flag.reason_en)
    rows = [lesson.as_record() for lesson in one.lessons]
    out.table([*rows, _sum(one)], COLUMNS, empty="No lesson.")
    if not one.adds_up:
        out.line(f"{row.from_summaries} of the minutes came as period summaries, without lessons.")
    out.line()


def _sum(one: Explanation) -> dict[str, Any]:
    sums = {
        column.key: sum(getattr(lesson, column.key) for lesson in one.lessons)
        for column in COLUMNS
        if column.is_number
    }
    return {"date": "Sum", "is_acknowledged": None, **sums}


COLUMNS = (
    Column("date", "Date"),
    Column("subject", "Subject"),
    Column("is_acknowledged", "Acknowledged"),
    Column("scheduled_minutes", "Scheduled", is_number=True),
    Column("acknowledged_minutes", "Counted", is_number=True),
    Column("valid_minutes", "Valid", is_number=True),
    Column("invalid_minutes", "Invalid", is_number=True),
    Column("unclassified_minutes", "Unclassified", is_number=True),
    Column("other_minutes", "Other activity", is_number=True),
    Column("absent_minutes", "Absent", is_number=True),
)
COMMAND = Command(
    "explain",
    "the lessons behind a flag, which add up to it",
    "Prints what a flag was decided on: the rule, the window, the reason in words, and every "
    "lesson that was counted. The lessons' minutes added by hand are the flag's integers.",
    (
        (
            "narvaro explain --pupil KEY --programme boras-2018 --at 2018-03",
            "every rule's outcome for the pupil, with its lessons",
        ),
        (
            "narvaro explain --pupil KEY --programme boras-2018 --rule calendar-month "
            "--at 2018-03 --as-known-at 2018-04-05",
            "one rule, with what was known on 5 April and nothing later",
        ),
    ),
    _add_arguments,
    _run,
)
