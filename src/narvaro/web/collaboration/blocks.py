"""Blocks of the papers of this app: headings and paragraphs."""

from narvaro.reporting.printing import Block


def heading(level: int, words: str) -> Block:
    """A heading of level 1 to 3."""
    return {"kind": "heading", "level": level, "text": words}


def text(words: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": words, "quiet": False}
