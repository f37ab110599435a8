"""`narvaro demo`: an invented municipality, as a delivery."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from narvaro.cli.command import Command
from narvaro.cli.output import Column, Out


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, help="where to write it; delivery/ in it must be empty"
    )
    for option, default, meaning in (
        ("--pupils", 4000, "how many pupils, 300 to 100000"),
        ("--schools", 12, "how many schools, 6 to 270"),
        ("--school-years", 2, "how many school years, 1 to 5"),
        ("--first-year", 2024, "the year the first school year begins"),
        ("--seed", 1, "another number makes another municipality"),
    ):
        parser.add_argument(
            option, type=int, default=default, metavar="N", help=f"{meaning} (default: {default})"
        )
    parser.add_argument(
        "--until", metavar="DATE", type=_day, help="the last day on which anything was told"
    )
    parser.add_argument(
        "--form", choices=("parquet", "csv"), default="parquet", help="the files (default: parquet)"
    )


def _day(text: str) -> date:
    from narvaro.timetable import parse_at

    return parse_at(text).day


def _run(options: Namespace, out: Out) -> int:
    from narvaro.demo import generate

    with out.progress("Making a municipality") as progress:
        made = generate(
            options.folder,
            pupils=options.pupils,
            schools=options.schools,
            school_years=options.school_years,
            first_year=options.first_year,
            seed=options.seed,
            form=options.form,
            until=options.until,
            progress=progress,
        )
    rows = [{"table": name, "rows": count} for name, count in sorted(made.counts.items())]
    out.answer(
        rows,
        delivery=made.delivery,
        manifest=options.folder / "manifest.json",
        seed=options.seed,
        cases=len(made.cases),
    )
    out.table(rows, COLUMNS)
    out.lines(_what_next(options.folder, len(made.cases)))
    return 0


def _what_next(folder: Path, cases: int) -> list[str]:
    return [
        f"{cases} awkward cases are listed in {folder / 'manifest.json'}.",
        f"Next: narvaro import {folder / 'delivery'} --pupil-keys as-given",
    ]


COLUMNS = (Column("table", "Table"), Column("rows", "Rows", is_number=True))
COMMAND = Command(
    "demo",
    "make an invented municipality to try everything on",
    "Writes an invented municipality as a delivery: schools, pupils, timetables, registrations "
    "and corrections of whole school years, with every awkward case in it. The same seed gives "
    "the same municipality. Nobody in it exists.",
    (
        ("narvaro demo town", "12 schools, 4000 pupils, two school years"),
        ("narvaro demo small --pupils 300 --schools 6 --seed 7 --form csv", "a small one to read"),
    ),
    _add_arguments,
    _run,
)
