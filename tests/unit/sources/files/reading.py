"""Reads small texts by small profiles, for tests that are about one thing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from narvaro.errors import Fault, InputRefused
from narvaro.sources.files import FileDelivery, profile_from_text, read_file

TODAY = date(2026, 11, 15)
LESSONS = """
profile = "lessons"
schema = 1
shape = "lessons"
[columns]
pupil = { header = "Elev", identifier = "key" }
school = { header = "Skola" }
date = { header = "Datum" }
starts = { header = "Start" }
ends = { header = "Slut" }
group = { header = "Grupp" }
"""
WORDS = """
[reasons.words]
"Närvarande" = { bucket = "present" }
"Sjuk" = { bucket = "valid", reason = "other_valid" }
"Skolk" = { bucket = "invalid", reason = "none" }
"Anmäld" = { bucket = "valid", reason = "notified", announced = true }
"Ledig" = { bucket = "valid", reason = "leave", announced = true }
"Sen" = { bucket = "unclassified", without_minutes = "refuse" }
"Borta" = { bucket = "unclassified" }
"Distans" = { bucket = "valid", counts_as_absence = false, reason = "other_activity" }
"Ej rapporterad" = { bucket = "unknown", acknowledged = "no" }
"""
SUMMARIES = """
profile = "summaries"
schema = 1
shape = "period_summaries"
[columns]
pupil = { header = "Elev", identifier = "key" }
school = { header = "Skola" }
from = { header = "Från" }
to = { header = "Till" }
offered_minutes = { header = "Tid" }
"""


def with_columns(profile: str, *columns: str) -> str:
    """A profile with more columns, each as a line of TOML."""
    before, mark, after = profile.partition("[columns]\n")
    return before + mark + "".join(f"{column}\n" for column in columns) + after


def read(
    text: str, profile: str, folder: Path, *, encoding: str = "utf-8", name: str = "file.csv"
) -> FileDelivery:
    """Read a text of `;` between cells; keys are `kind:value`."""
    file = folder / name
    file.write_bytes(text.strip().encode(encoding))
    return read_file(
        file,
        profile_from_text(profile),
        keys=lambda kind, value: f"{kind}:{value}",
        into=folder / "out",
        today=TODAY,
    )


def refusal(text: str, profile: str, folder: Path, *, encoding: str = "utf-8") -> list[Fault]:
    """The faults for which a text is refused; fails when it is not, or leaves something behind."""
    try:
        read(text, profile, folder, encoding=encoding)
    except InputRefused as refused:
        assert not list((folder / "out").iterdir())
        return list(refused.faults)
    raise AssertionError("the file was not refused")


def rows(delivery: FileDelivery, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Columns of a table that was written, in order."""
    file = delivery.folder / f"{table}.parquet"
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        return con.execute(f"SELECT {columns} FROM '{file}' ORDER BY ALL").fetchall()


def said(delivery: FileDelivery) -> dict[str, int]:
    """How many rows of each notice."""
    return {notice.message: notice.count for notice in delivery.notices}
