"""`narvaro programme list`: the shipped programmes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.output import Column, Out

if TYPE_CHECKING:
    from narvaro.programmes import Programme


def _add_arguments(_parser: ArgumentParser) -> None:
    """It takes nothing."""


def _run(_options: Namespace, out: Out) -> int:
    from narvaro.programmes import load, programme_ids

    programmes = [load(one) for one in programme_ids()]
    out.answer(map(_row, programmes))
    out.table([_for_people(programme) for programme in programmes], COLUMNS)
    return 0


def _row(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme.id,
        "version": programme.version,
        "name": programme.name._asdict(),
        "from": programme.in_force.from_on,
        "to": programme.in_force.to_on,
        "rules": [rule.id for rule in programme.rules],
        "assumptions": len(programme.assumptions),
    }


def _for_people(programme: Programme) -> dict[str, Any]:
    row = _row(programme)
    return row | {"name": programme.name.en, "rules": len(programme.rules)}


COLUMNS = (
    Column("programme", "Programme"),
    Column("version", "Version", is_number=True),
    Column("name", "Name"),
    Column("from", "From"),
    Column("to", "To"),
    Column("rules", "Rules", is_number=True),
    Column("assumptions", "Assumptions", is_number=True),
)
COMMAND = Command(
    "list",
    "the shipped programmes",
    "Lists the programmes that are shipped, with the dates they were in force, how many rules "
    "they have, and how many things in them no source states and are therefore assumptions.",
    (
        ("narvaro programme list", "one programme a line"),
        ("narvaro programme list --json", "the same with the names of their rules"),
    ),
    _add_arguments,
    _run,
)
