"""Guesses how a file is to be read, says of each guess why, and says when it cannot tell."""

from narvaro.sources.files.guessing.draft import Guess
from narvaro.sources.files.guessing.inspection import inspect_file
from narvaro.sources.files.guessing.outcome import Fact, Inspection
from narvaro.sources.files.guessing.word_table import WordGuess

__all__ = ["Fact", "Guess", "Inspection", "WordGuess", "inspect_file"]
