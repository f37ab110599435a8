"""`narvaro source preview`: the first rows before and after a profile, every person masked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.output import Out, plain

if TYPE_CHECKING:
    from narvaro.sources.files import Preview

DEFAULT_ROWS = 5


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or text, XLSX, XLS or ODS")
    parser.add_argument(
        "--profile",
        required=True,
        metavar="PROFILE",
        help="a shipped profile's name (`narvaro source profiles`), or a .toml file",
    )
    parser.add_argument(
        "--rows",
        type=int,
        default=DEFAULT_ROWS,
        metavar="N",
        help=f"how many rows (default: {DEFAULT_ROWS})",
    )


def _run(options: Namespace, out: Out) -> int:
    from narvaro.sources.files import preview, read_profile

    found = preview(options.file, read_profile(options.profile), rows=options.rows)
    out.answer(
        (_row(one.line, one.before, one.after) for one in found.rows),
        profile=found.profile,
        header_line=found.header_line,
        assumptions=list(found.assumptions),
        not_read=list(found.not_read),
        faults=[
            {
                "table": fault.table,
                "line": fault.line,
                "column": fault.column,
                "problem": fault.problem,
                "remedy": fault.remedy,
            }
            for fault in found.faults
        ],
        notices=[str(notice) for notice in found.notices],
    )
    _tell(found, out)
    return 0


def _row(line: int, before: Any, after: Any) -> dict[str, Any]:
    return {"line": line, "before": dict(before), "after": None if after is None else dict(after)}


def _tell(found: Preview, out: Out) -> None:
    for row in found.rows:
        out.line(f"Line {row.line}")
        out.line(f"  before  {_pairs(row.before)}")
        out.line(f"  after   {_pairs(row.after) if row.after else 'refused, see below'}")
    for assumption in found.assumptions:
        out.note(f"The profile assumes: {assumption}")
    for fault in found.faults:
        out.note(f"Fault: {fault}")
    for notice in found.notices:
        out.note(f"Note: {notice}")
    if found.not_read:
        out.note(f"Not read: {', '.join(found.not_read)}.")


def _pairs(cells: Any) -> str:
    return "; ".join(f"{name} = {_text(value)}" for name, value in cells.items())


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) else str(plain(value))


COMMAND = Command(
    "preview",
    "show the first rows before and after a profile",
    "Shows what a profile makes of a file's first rows: each cell as it stands, and what it "
    "becomes. Persons are masked as pupil 1, teacher 1; columns that are not read are not shown. "
    "Faults are told as an import would tell them; nothing is taken in.",
    (
        (
            "narvaro source preview attendance.csv --profile generic-lesson-rows",
            "by a shipped profile",
        ),
        ("narvaro source preview attendance.csv --profile ours.toml --rows 20", "by your own"),
    ),
    _add_arguments,
    _run,
)
