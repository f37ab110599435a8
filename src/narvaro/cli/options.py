"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narvaro.ledger import Ledger, Snapshot
    from narvaro.timetable import At, Window

LEDGER_VARIABLE, LEDGER_DEFAULT = "NARVARO_LEDGER", "ledger"


def add_ledger(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--ledger",
        metavar="DIR",
        type=Path,
        help=f"the ledger's folder (default: ${LEDGER_VARIABLE}, else ./{LEDGER_DEFAULT})",
    )


def ledger_folder(options: Namespace) -> Path:
    """The folder that was named, else the environment's, else ./ledger."""
    named: Path | None = options.ledger
    return named or Path(os.environ.get(LEDGER_VARIABLE) or LEDGER_DEFAULT)


def ledger_of(options: Namespace) -> Ledger:
    """Open the ledger. Raises NotFound."""
    from narvaro.ledger import open_ledger

    return open_ledger(ledger_folder(options))


def snapshot_of(options: Namespace) -> Snapshot:
    """Open the ledger's newest batch, with the engine that was asked for. Raises NotFound."""
    snapshot = ledger_of(options).snapshot()
    if getattr(options, "engine", "duckdb") == "duckdb":
        return snapshot
    from dataclasses import replace

    from narvaro.engine import open_engine

    return replace(snapshot, engine=open_engine(options.engine))


def add_engine(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="what counts: duckdb in this process (default), or spark (needs the extra and Java)",
    )


def add_known_at(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as-known-at",
        metavar="TIME",
        type=known_at,
        help="use only what was known then: a date (the end of that day) or a time with its "
        "offset (default: now)",
    )


def known_at(text: str) -> datetime:
    from narvaro.timetable import parse_known_at

    return parse_known_at(text)


def moment_of(options: Namespace) -> datetime:
    """The moment up to which things are known: the one asked for, else now."""
    asked: datetime | None = options.as_known_at
    return asked or datetime.now(UTC)


def add_at(parser: ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument(
        "--at",
        metavar="WHEN",
        type=at,
        required=required,
        help="the month (2017-12, its last day) or the day (2017-12-15) to ask at",
    )


def at(text: str) -> At:
    from narvaro.timetable import parse_at

    return parse_at(text)


def add_window(parser: ArgumentParser, *, default: str | None = None) -> None:
    parser.add_argument(
        "--window",
        metavar="WINDOW",
        type=window,
        required=default is None,
        default=default,
        help="rolling-months:3, month, term, school-year, school-days:20, week, or two dates as "
        "2017-09-01..2017-11-30" + (f" (default: {default})" if default else ""),
    )


def window(text: str) -> Window:
    from narvaro.timetable import parse_window

    return parse_window(text)


def add_programme(parser: ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--programme",
        metavar="ID",
        required=required,
        help="a shipped programme's id (`narvaro programme list`), or the path of a .toml file",
    )
    parser.add_argument(
        "--outside-dates",
        action="store_true",
        help="ask also about days on which the programme is not in force",
    )
