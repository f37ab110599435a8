"""`narvaro import`: take a delivery in, whole or not at all."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import add_ledger, ledger_folder
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.cli.progress import Progress
    from narvaro.pipeline import Door, TakenIn


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "delivery",
        metavar="PATH",
        help="a folder of tables or a .zip of one; with --profile a file of any system; with "
        "--ss12000 a folder of recorded pages or a server's address",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--profile",
        metavar="PROFILE",
        help="read a file by this mapping profile: a shipped one's name, or a .toml file",
    )
    how.add_argument(
        "--ss12000",
        type=Path,
        metavar="PROFILE.toml",
        help="read an SS 12000 source by this profile; secrets stand in environment variables",
    )
    parser.add_argument(
        "--source",
        metavar="NAME",
        help="where it comes from; keys hold within a source (default: files; with --ss12000 the "
        "profile's name)",
    )
    parser.add_argument(
        "--keys-of",
        default="",
        metavar="NAME",
        help="another source whose pupil and lesson keys this delivery uses; with --profile, the "
        "context of the identifiers in its pupil column",
    )
    parser.add_argument(
        "--pupil-keys",
        choices=("hashed", "as-given"),
        default="hashed",
        help="make keyed hashes of the pupils' keys, or keep keys that are pseudonymous already "
        "(default: hashed)",
    )
    _add_arrival(parser)
    add_ledger(parser)


def _add_arrival(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--zone", metavar="ZONE", help="read times without offset in this zone: Europe/Stockholm"
    )
    parser.add_argument(
        "--arrived-at", metavar="TIME", type=_moment, help="when it arrived (default: now)"
    )
    parser.add_argument(
        "--fewer-limit",
        type=int,
        metavar="N",
        help="hold loads of this source with more than N %% fewer pupils or lessons than the last "
        "one; kept for the source (default: 10)",
    )
    parser.add_argument(
        "--confirm", action="store_true", help="take in a load that was held as unlike the last one"
    )


def _moment(text: str) -> datetime:
    from narvaro.timetable import parse_known_at

    return parse_known_at(text)


def _run(options: Namespace, out: Out) -> int:
    with out.progress("Importing") as progress:
        taken = _taken_in(options, progress)
    tell(taken, out)
    return 0


def _taken_in(options: Namespace, progress: Progress) -> TakenIn:
    from narvaro.pipeline import take_in, take_in_file, take_in_ss12000

    ledger = ledger_folder(options)
    if options.ss12000:
        from narvaro.cli.commands.source.opening import opened

        with opened(options.delivery, options.ss12000) as reader:
            door = _door(options, reader.profile.name, progress)
            return take_in_ss12000(reader, ledger, door)
    door = _door(options, "files", progress)
    if options.profile:
        from narvaro.sources.files import read_profile

        return take_in_file(Path(options.delivery), read_profile(options.profile), ledger, door)
    return take_in(Path(options.delivery), ledger, door)


def _door(options: Namespace, source: str, progress: Progress) -> Door:
    from narvaro.pipeline import Door

    return Door(
        source=options.source or source,
        pupil_keys=options.pupil_keys,
        arrived_at=options.arrived_at,
        confirm=options.confirm,
        keys_of=options.keys_of,
        zone=options.zone,
        fewer_limit=options.fewer_limit,
        progress=progress,
    )


def tell(taken: TakenIn, out: Out) -> None:
    """Say what became of a delivery."""
    record = taken.as_record()
    delivered, gained = record.pop("delivered"), record.pop("gained")
    rows: list[dict[str, Any]] = [
        {"table": name, "delivered": count, "new": gained.get(name, 0)}
        for name, count in sorted(delivered.items())
    ]
    out.answer(rows, **record, is_unchanged=taken.is_unchanged)
    out.table(rows, COLUMNS)
    out.line(_became(taken))
    if taken.ended_early:
        out.note(f"Note: the load ended early: {taken.ended_early}. What was whole is in.")
    for notice in (*taken.left_out, *taken.notices, *taken.unlike):
        out.note(f"Note: {notice}")


def _became(taken: TakenIn) -> str:
    if taken.is_unchanged:
        return "Nothing new: everything in it was known already."
    return f"Batch {taken.batch.batch} is in the ledger."


COLUMNS = (
    Column("table", "Table"),
    Column("delivered", "Delivered", is_number=True),
    Column("new", "New or changed", is_number=True),
)
COMMAND = Command(
    "import",
    "take a delivery in, whole or not at all",
    "Checks a delivery in the exchange format, or a file of any system read by a mapping profile, "
    "and takes all of it in, or none: a faulty one is refused with every fault at once. A file "
    "whose profile joins it to another source's lessons leaves out the rows that find none, and "
    "says how many, why and on which lines. From an SS 12000 source rows that cannot be used are "
    "left out and told of; above 1 % the load is held. Re-sent rows change nothing; corrections count from the "
    "moment they became known. A load with more than 10 % fewer pupils or lessons than the "
    "source's last one is held until you confirm it. The ledger and the secret its keys are made "
    "with are made at the first import.",
    (
        ("narvaro import delivery/", "a folder with pupils.csv, lessons.csv, marks.csv and so on"),
        (
            "narvaro import town/delivery --ledger town/ledger --pupil-keys as-given",
            "the invented municipality, whose keys are nobody's",
        ),
        (
            "narvaro import recorded/ --ss12000 roster.toml",
            "roster and timetable from an SS 12000 source (or give its address)",
        ),
        (
            "narvaro import attendance.csv --profile attendance.toml --source attendance",
            "attendance from another system, joined to that timetable",
        ),
    ),
    _add_arguments,
    _run,
)
