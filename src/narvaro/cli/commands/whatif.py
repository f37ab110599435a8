"""`narvaro whatif`: how many pupils other rules would have flagged, and the hours that takes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import add_known_at, add_ledger, at, moment_of, snapshot_of
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from narvaro.flags import Combination, Tried
    from narvaro.programmes import Programme
    from narvaro.timetable import Month

WINDOWS = "month,rolling-months:2,rolling-months:3,rolling-months:4,rolling-months:6,school-year"
LIMITS = "5,8,10,12,15,18,20,25,30,40"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--windows", default=WINDOWS, metavar="LIST", help=f"windows to try (default: {WINDOWS})"
    )
    parser.add_argument(
        "--limits", default=LIMITS, metavar="LIST", help=f"limits in per cent (default: {LIMITS})"
    )
    parser.add_argument(
        "--operator", choices=(">=", ">"), default=">=", help="at least, or more than (default: >=)"
    )
    parser.add_argument(
        "--from", dest="first", metavar="MONTH", type=at, required=True, help="first month end"
    )
    parser.add_argument(
        "--to", dest="last", metavar="MONTH", type=at, help="last month end (default: the first)"
    )
    parser.add_argument(
        "--programme",
        metavar="ID",
        help="whose grades, ages and schools count, and whose own rules are tried too "
        "(default: every pupil but preschool children)",
    )
    parser.add_argument(
        "--minutes-per-flag", type=int, default=60, metavar="N", help="work a flag takes (60)"
    )
    parser.add_argument(
        "--by", choices=("all", "school", "grade"), default="all", help="split the counts (all)"
    )
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.flags import what_if
    from narvaro.programmes import load

    scope = load(options.programme or "england")
    with out.progress("Trying the rules"):
        tried = what_if(
            snapshot_of(options),
            _combinations(options, scope if options.programme else None),
            months=_months(options),
            scope=scope,
            minutes_per_flag=options.minutes_per_flag,
            known_at=moment_of(options),
        )
    rows = _together(tried, options.by)
    out.answer(rows)
    out.table([_for_people(row) for row in rows], COLUMNS, empty="No pupil is in scope then.")
    return 0


def _combinations(options: Namespace, programme: Programme | None) -> list[Combination]:
    from fractions import Fraction

    from narvaro.flags import Combination
    from narvaro.timetable import parse_window

    try:
        limits = [Fraction(text.strip().replace(",", ".")) for text in options.limits.split(",")]
    except (ValueError, ZeroDivisionError):
        raise BadRequest("Those are not limits.", remedy="Write per cent: 10,12.5,15.") from None
    found = [
        Combination(parse_window(window.strip()), options.operator, limit)
        for window in options.windows.split(",")
        for limit in limits
    ]
    own = (
        [Combination.of(rule) for rule in programme.rules if rule.upper_limit is None]
        if (programme)
        else []
    )
    return list(dict.fromkeys([*own, *found]))


def _months(options: Namespace) -> Sequence[Month]:
    from narvaro.timetable import Month

    first, last = options.first.month, (options.last or options.first).month
    if last < first:
        raise BadRequest(
            "The last month is before the first.", remedy="Turn --from and --to round."
        )
    return [Month(number) for number in range(first.number, last.number + 1)]


def _together(tried: Sequence[Tried], by: str) -> list[dict[str, Any]]:
    """Sum the counts over schools and grades, but for what they are split by."""
    found: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in tried:
        place = one.school if by == "school" else one.grade if by == "grade" else None
        totals = found[(one.combination, one.at, place)]
        for index, value in enumerate((one.pupils, one.flags, one.minutes)):
            totals[index] += value
    return [
        _record(combination, month, by, place, totals)
        for (combination, month, place), totals in found.items()
    ]


def _record(
    combination: Combination, month: Month, by: str, place: str | None, totals: Sequence[int]
) -> dict[str, Any]:
    limit = combination.limit
    record: dict[str, Any] = {
        "window": str(combination.window),
        "operator": combination.operator,
        "limit": {"numerator": limit.numerator, "denominator": limit.denominator * 100},
        "at": str(month),
    }
    if by != "all":
        record[by] = place
    hours = {"numerator": totals[2], "denominator": 60}
    return record | {"pupils": totals[0], "flags": totals[1], "hours": hours}


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    limit, hours = row["limit"], row["hours"]
    percent = limit["numerator"] * 100 / limit["denominator"]
    return {
        **row,
        "place": row.get("school") or row.get("grade"),
        "rule": f"{row['operator']} {percent:g} %",
        "hours": f"{hours['numerator'] / hours['denominator']:.1f}",
    }


COLUMNS = (
    Column("at", "Month"),
    Column("window", "Window"),
    Column("rule", "Rule"),
    Column("place", "Where"),
    Column("pupils", "Pupils", is_number=True),
    Column("flags", "Flags", is_number=True),
    Column("hours", "Hours", is_number=True),
)
COMMAND = Command(
    "whatif",
    "try other rules on what has happened, before one is switched on",
    "Counts how many pupils each combination of window and limit would have flagged at month "
    "ends that have been, and the hours of work that takes. A rule that exists gives exactly the "
    "count of its month-end run. Use it before a rule is decided: more flags than hands help "
    "nobody.",
    (
        ("narvaro whatif --from 2025-11", "sixty rules at one month end"),
        (
            "narvaro whatif --from 2025-09 --to 2026-05 --windows rolling-months:3 --limits "
            "10,15,20 --by school",
            "three limits, month by month and school by school",
        ),
    ),
    _add_arguments,
    _run,
)
