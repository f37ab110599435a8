"""`narvaro quality`: its options, and the four things it can show."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from narvaro.cli.command import Command
from narvaro.cli.commands.quality import contradictions, registration, status, verdicts
from narvaro.cli.commands.quality.asked import Asked
from narvaro.cli.options import add_at, add_known_at, add_ledger, add_window
from narvaro.cli.output import Out
from narvaro.cli.percent import percent_of

SHOWN = {
    "registration": registration.show,
    "verdicts": verdicts.show,
    "status": status.show,
    "contradictions": contradictions.show,
}


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--show",
        choices=tuple(SHOWN),
        default="registration",
        help="how far lessons were acknowledged; whether each school's months can be used; how far "
        "each school has come in the term; or what cannot be true (default: registration)",
    )
    add_window(parser, default="month")
    add_at(parser)
    parser.add_argument(
        "--by",
        choices=("school", "class", "teacher", "week", "month"),
        default="school",
        help="one row per school, or per class, teacher, week or month there; for registration "
        "alone (default: school)",
    )
    targets = parser.add_mutually_exclusive_group()
    targets.add_argument(
        "--target",
        metavar="PERCENT",
        type=percent_of,
        help="the share of due time to be acknowledged (default: 95)",
    )
    targets.add_argument("--programme", metavar="ID", help="take the target of a programme instead")
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    SHOWN[options.show](Asked(options), out)
    return 0


COMMAND = Command(
    "quality",
    "how far the registrations can be trusted",
    "Says how much of the lessons was acknowledged, by time and by lessons, against a target; how "
    "soon; and what is lacking: lessons without pupils or teacher, pupils without timetable. A "
    "school's month is usable when there is a timetable for every week with school days and the "
    "target is reached by time; otherwise the reason is told, with the absence at best and at "
    "worst. Ask this before any figure is compared.",
    (
        (
            "narvaro quality --at 2017-12 --by teacher",
            "December by school and teacher, for those who support them",
        ),
        (
            "narvaro quality --show verdicts --window school-year --at 2018-06 --programme boras-2018",
            "which months of which schools can be used, with the programme's own target",
        ),
        (
            "narvaro quality --show status --at 2017-12",
            "which schools have no timetable or no working registration this term",
        ),
        (
            "narvaro quality --show contradictions --at 2017-12",
            "two lessons at one time, pupils out of place, minutes that do not add up",
        ),
    ),
    _add_arguments,
    _run,
)
