"""What was guessed of a file, and what could not be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from narvaro.sources.files.guessing.draft import Guess
from narvaro.sources.files.guessing.word_table import WordGuess


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the file as a whole; `value` is None where it cannot be told."""

    name: str
    value: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was guessed of a file.

    `columns` holds one guess for every column, in order. `cannot_tell` lists what a person must
    say before the file can be read. `profile_text` is a profile to save, with those left open.
    """

    path: Path
    shape: str | None
    facts: tuple[Fact, ...]
    columns: tuple[Guess, ...] = ()
    words: tuple[WordGuess, ...] = ()
    profile_text: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    rows_without_word: int = 0

    @property
    def cannot_tell(self) -> tuple[str, ...]:
        """What is open, each with its reason."""
        return (
            *(f"{fact.name}: {fact.why}" for fact in self.facts if fact.value is None),
            *(
                f"column {guess.header or guess.position}: {guess.why}"
                for guess in self.columns
                if guess.outcome == "cannot tell"
            ),
            *(f"word {word.word}: {word.why}" for word in self.words if word.rule is None),
        )
