"""What is known of a column while the guess is made, and the guess itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from narvaro.sources.files.guessing.sample import Column
from narvaro.sources.files.words import base_and_unit


@dataclass(frozen=True, slots=True)
class Guess:
    """One column: `outcome` is read, not read or cannot tell; `settings` are its profile keys."""

    position: int
    header: str
    outcome: str
    field: str | None
    settings: Mapping[str, object]
    why: str


@dataclass(slots=True)
class Draft:
    """A guess in the making."""

    column: Column
    outcome: str = "cannot tell"
    field: str | None = None
    settings: dict[str, object] = dataclasses.field(default_factory=dict)
    why: str = "the header is not a known word, and the cells could be several things"

    @property
    def base(self) -> str:
        return base_and_unit(self.column.header)[0]

    @property
    def header_unit(self) -> str | None:
        return base_and_unit(self.column.header)[1]

    @property
    def is_read(self) -> bool:
        return self.outcome == "read"

    def read(self, name: str, why: str, **settings: object) -> None:
        """Take the column for a field."""
        self.outcome, self.field, self.why = "read", name, why
        self.settings = {**self.settings, **settings}

    def not_read(self, why: str) -> None:
        """Leave the column out, knowingly."""
        self.outcome, self.field, self.why, self.settings = "not read", None, why, {}

    def open(self, why: str) -> None:
        """Say that it cannot be told."""
        self.outcome, self.field, self.why, self.settings = "cannot tell", None, why, {}

    def as_guess(self) -> Guess:
        return Guess(
            self.column.position,
            self.column.header,
            self.outcome,
            self.field,
            self.settings,
            self.why,
        )
