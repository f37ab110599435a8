"""`narvaro export`: everything told, back in the exchange format."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from narvaro.cli.command import Command
from narvaro.cli.options import add_known_at, add_ledger, moment_of, snapshot_of
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("into", type=Path, metavar="PATH", help="a new folder, or a .zip")
    parser.add_argument(
        "--form", choices=("csv", "parquet", "zip"), default="csv", help="how (default: csv)"
    )
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    from narvaro.pipeline import export

    with out.progress("Exporting"):
        counts = export(
            snapshot_of(options), options.into, form=options.form, known_at=moment_of(options)
        )
    rows = [{"table": name, "rows": count} for name, count in sorted(counts.items())]
    out.answer(rows, path=str(options.into))
    out.table(rows, (Column("table", "Table"), Column("rows", "Rows", is_number=True)))
    out.line(f"Wrote {options.into}. Keys are still personal data: keep them so.")
    return 0


COMMAND = Command(
    "export",
    "write everything told, back in the exchange format",
    "Writes what the ledger was told, with every version and the time it became known, as a "
    "delivery in the exchange format: keys only, never names. Imported into an empty ledger with "
    "--pupil-keys as-given it gives the same figures at every time.",
    (
        ("narvaro export out/", "a folder of CSV files"),
        ("narvaro export out.zip --form zip --as-known-at 2025-12-31", "as it was known then"),
    ),
    _add_arguments,
    _run,
)
