"""One file of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from narvaro.exchange.schema import Table

Form = Literal["csv", "parquet"]


@dataclass(slots=True)
class GivenFile:
    """A file that holds a table; `digest` is the SHA-256 of its bytes, once it has been read."""

    table: Table
    path: Path
    form: Form
    digest: str = ""
