"""One file of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from narvaro.exchange.schema import Table
from narvaro.exchange.tables import TABLES

Form = Literal["csv", "parquet"]
FORMS: dict[str, Form] = {".csv": "csv", ".parquet": "parquet"}


@dataclass(slots=True)
class GivenFile:
    """A file that holds a table; `digest` is the SHA-256 of its bytes, once it has been read."""

    table: Table
    path: Path
    form: Form
    digest: str = ""


def table_of(name: str) -> tuple[str, Form] | None:
    """The table and form that a file's name tells; None when it is not one of ours."""
    path = Path(name.lower())
    form = FORMS.get(path.suffix)
    return (path.stem, form) if form and path.stem in TABLES else None


def plainly_named(given: GivenFile, work: Path) -> None:
    """Give a file whose path the engine would take for a pattern a name that is none."""
    if any(sign in str(given.path) for sign in "*?["):
        link = work / f"{given.table.name}.given"
        link.symlink_to(given.path.resolve())
        given.path = link
