"""The words of a file's status and reason columns, and what each is taken to mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from narvaro.sources.files.amounts import is_empty
from narvaro.sources.files.guessing.sample import Sample
from narvaro.sources.files.profile import word_key
from narvaro.sources.files.words import REASON_RULES

if TYPE_CHECKING:
    from narvaro.sources.files.guessing.draft import Guess

SHOWN_FROM: Final = 3  # rows of different pupils; a text rarer than this can be about one child


@dataclass(frozen=True, slots=True)
class WordGuess:
    """One word of the file; `rule` is None where its meaning cannot be told."""

    word: str
    rows: int
    rule: Mapping[str, object] | None
    why: str


def guess_words(sample: Sample, columns: tuple[Guess, ...]) -> tuple[WordGuess, ...]:
    """Every word that several pupils share; rarer texts are counted together, never shown."""
    pupils = _cells(sample, columns, "pupil")
    found: dict[str, list[str]] = defaultdict(list)
    for name in ("status", "reason"):
        for row, cell in enumerate(_cells(sample, columns, name)):
            if not is_empty(cell):
                found[cell].append(pupils[row] if pupils else str(row))
    words = {word_key(word): word for word in found}
    guesses = [_guess(word, found) for word in words.values() if _may_be_shown(word, found)]
    hidden = sum(len(found[word]) for word in found if not _may_be_shown(word, found))
    if hidden:
        guesses.append(WordGuess("(rare texts)", hidden, None, "texts of one or two pupils"))
    return tuple(sorted(guesses, key=lambda guess: -guess.rows))


def rows_without_word(sample: Sample, columns: tuple[Guess, ...]) -> int:
    """Rows that say nothing: no word, and no minutes of any kind."""
    words = [_cells(sample, columns, name) for name in ("status", "reason")]
    amounts = [
        _cells(sample, columns, guess.field)
        for guess in columns
        if guess.field and guess.field.endswith("_minutes") and guess.field not in _NEED_A_WORD
    ]
    if not any(words):
        return 0
    told = [cells for cells in (*words, *amounts) if cells]
    return sum(all(is_empty(cell) for cell in row) for row in zip(*told, strict=True))


_NEED_A_WORD: Final = ("absent_minutes", "scheduled_minutes", "full_minutes")


def _cells(sample: Sample, columns: tuple[Guess, ...], name: str) -> list[str]:
    place = next((guess.position for guess in columns if guess.field == name), None)
    if place is None:
        return []
    return [row[place - 1] if place <= len(row) else "" for row in sample.rows]


def _may_be_shown(word: str, found: Mapping[str, list[str]]) -> bool:
    return word_key(word) in REASON_RULES or len(set(found[word])) >= SHOWN_FROM


def _guess(word: str, found: Mapping[str, list[str]]) -> WordGuess:
    rule = REASON_RULES.get(word_key(word))
    rows = sum(len(cells) for other, cells in found.items() if word_key(other) == word_key(word))
    if rule is None:
        return WordGuess(word, rows, None, "the word is not known; say which bucket it goes to")
    return WordGuess(word, rows, rule, "the word is known")
