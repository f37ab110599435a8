"""`narvaro source inspect`: guess how a file is to be read, and say why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.sources.files import Inspection


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or text, XLSX, XLS or ODS")
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help="the workbook's sheet (default: the first)"
    )
    parser.add_argument(
        "--save", type=Path, metavar="PROFILE.toml", help="write the guess as a profile to mend"
    )


def _run(options: Namespace, out: Out) -> int:
    from narvaro.sources.files import inspect_file

    found = inspect_file(options.file, sheet=options.sheet)
    saved = _saved(found, options.save)
    out.answer(
        _columns(found),
        file=found.path.name,
        shape=found.shape,
        facts=[{"fact": one.name, "value": one.value, "why": one.why} for one in found.facts],
        words=[
            {"word": one.word, "rows": one.rows, "rule": one.rule, "why": one.why}
            for one in found.words
        ],
        cannot_tell=list(found.cannot_tell),
        profile=found.profile_text or None,
        saved=saved,
    )
    _tell(found, out)
    if saved:
        out.line(f"The guess is in {saved}; mend what could not be told, and preview it.")
    return 0


def _saved(found: Inspection, path: Path | None) -> str | None:
    """Write the profile where it was asked for; never over another one."""
    if path is None or not found.profile_text:
        return None
    with path.open("x", encoding="utf-8") as file:
        file.write(found.profile_text)
    return str(path)


def _columns(found: Inspection) -> list[dict[str, Any]]:
    return [
        {
            "column": one.position,
            "header": one.header,
            "outcome": one.outcome.replace(" ", "_"),
            "field": one.field,
            "settings": dict(one.settings),
            "why": one.why,
        }
        for one in found.columns
    ]


def _tell(found: Inspection, out: Out) -> None:
    for fact in found.facts:
        out.line(f"{fact.name}: {fact.value or 'cannot tell'} ({fact.why})")
    out.line()
    out.table(_columns(found), COLUMNS, empty="No columns were found.")
    if found.words:
        out.line()
        out.table(
            [
                {"word": one.word, "rows": one.rows, "rule": _rule(one.rule), "why": one.why}
                for one in found.words
            ],
            WORDS,
        )
    for open_one in found.cannot_tell:
        out.note(f"Cannot tell: {open_one}.")


def _rule(rule: Any) -> str:
    if rule is None:
        return "cannot tell"
    return ", ".join(f"{name} = {value}" for name, value in rule.items())


COLUMNS = (
    Column("column", "Column", is_number=True),
    Column("header", "Header"),
    Column("outcome", "Outcome"),
    Column("field", "Read as"),
    Column("why", "Why"),
)
WORDS = (
    Column("word", "Word"),
    Column("rows", "Rows", is_number=True),
    Column("rule", "Counts as"),
    Column("why", "Why"),
)
COMMAND = Command(
    "inspect",
    "guess how a file is to be read, and say why",
    "Looks at a file of any system: its encoding, delimiter, header, the meaning, unit and date "
    "form of every column, and the words of its reasons. Every guess says why; what cannot be "
    "told is said, never guessed in silence. --save writes the guess as a profile to mend.",
    (
        ("narvaro source inspect attendance.csv", "what it is, column by column"),
        (
            "narvaro source inspect attendance.xlsx --save attendance.toml",
            "the same, and a profile to go on from",
        ),
    ),
    _add_arguments,
    _run,
)
