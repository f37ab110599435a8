"""`narvaro source check`: what an SS 12000 source offers, and where it deviates."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.cli.command import Command
from narvaro.cli.commands.source.opening import opened
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.sources.ss12000 import CapabilityReport


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "place", metavar="URL_OR_FOLDER", help="a server's address, or a folder of recorded pages"
    )
    parser.add_argument(
        "--profile",
        type=Path,
        metavar="PROFILE.toml",
        help="how it is reached and read; secrets stand in environment variables",
    )


def _run(options: Namespace, out: Out) -> int:
    from narvaro.sources.ss12000 import check_source

    with out.progress("Looking"), opened(options.place, options.profile) as reader:
        found = check_source(reader)
    record = found.as_json()
    offers, rows_read = record.pop("offers"), record.pop("rows")
    out.answer(offers, **record, rows_read=rows_read)  # type: ignore[arg-type]  # a list of objects
    _tell(found, out)
    return 0


def _tell(found: CapabilityReport, out: Out) -> None:
    out.table(
        [
            {
                "resource": offer.resource,
                "status": offer.status,
                "records": f"{offer.records}{' or more' if offer.has_more else ''}",
            }
            for offer in found.offers
        ],
        OFFERS,
    )
    how = "comes" if found.attendance_with_lessons else "does not come"
    out.line(f"Attendance {how} together with the lessons.")
    if not found.notices:
        out.line("No deviation from the standard was seen.")
    for one in found.notices:
        out.line(f"Deviates: {one.text}.")
    for left in found.quarantined:
        out.line(f"Left out: {left.table}: {left.count} rows: {left.reason}.")
    if found.ended_early:
        out.line(f"The reading ended early: {found.ended_early}.")
    out.line("It imports all the same: what deviates is read as told above.")


OFFERS = (
    Column("resource", "Resource"),
    Column("status", "Answered"),
    Column("records", "Records seen", is_number=True),
)
COMMAND = Command(
    "check",
    "say what an SS 12000 source offers and where it deviates",
    "Asks a server for the first page of every resource, or reads a folder of recorded pages, "
    "and says what is offered, where it deviates from the standard and how that is read. Nothing "
    "is taken in and nobody's data is kept; a source that deviates imports all the same.",
    (
        ("narvaro source check recorded/", "a folder of recorded pages"),
        (
            "narvaro source check https://example.se/ss12000/v2 --profile roster.toml",
            "a server; the profile names the variable with the token",
        ),
    ),
    _add_arguments,
    _run,
)
