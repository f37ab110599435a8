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
    from narvaro.pipeline import TakenIn


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "delivery", type=Path, metavar="PATH", help="a folder of tables, or a .zip of one"
    )
    parser.add_argument(
        "--source",
        default="files",
        metavar="NAME",
        help="where it comes from; keys hold within a source (default: files)",
    )
    parser.add_argument(
        "--keys-of",
        default="",
        metavar="NAME",
        help="another source whose pupil and lesson keys this delivery uses",
    )
    parser.add_argument(
        "--pupil-keys",
        choices=("hashed", "as-given"),
        default="hashed",
        help="make keyed hashes of the pupils' keys, or keep keys that are pseudonymous already "
        "(default: hashed)",
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help="read times without offset in this zone: Europe/Stockholm"
    )
    parser.add_argument(
        "--arrived-at", metavar="TIME", type=_moment, help="when it arrived (default: now)"
    )
    parser.add_argument(
        "--confirm", action="store_true", help="take in a load that was held as unlike the last one"
    )
    add_ledger(parser)


def _moment(text: str) -> datetime:
    from narvaro.timetable import parse_known_at

    return parse_known_at(text)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.pipeline import Door, take_in

    with out.progress("Importing") as progress:
        taken = take_in(
            options.delivery,
            ledger_folder(options),
            Door(
                source=options.source,
                pupil_keys=options.pupil_keys,
                arrived_at=options.arrived_at,
                confirm=options.confirm,
                keys_of=options.keys_of,
                zone=options.zone,
                progress=progress,
            ),
        )
    tell(taken, out)
    return 0


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
    for notice in (*taken.notices, *taken.unlike):
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
    "Checks a delivery in the exchange format and takes all of it in, or none: a faulty one is "
    "refused with every fault at once. Re-sent rows change nothing; corrections count from the "
    "moment they became known. A load with more than 10 % fewer pupils or lessons than the "
    "source's last one is held until you confirm it. The ledger and the secret its keys are made "
    "with are made at the first import.",
    (
        ("narvaro import delivery/", "a folder with pupils.csv, lessons.csv, marks.csv and so on"),
        (
            "narvaro import town/delivery --ledger town/ledger --pupil-keys as-given",
            "the invented municipality, whose keys are nobody's",
        ),
    ),
    _add_arguments,
    _run,
)
