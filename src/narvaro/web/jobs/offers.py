"""What jobs offers to the pages that gather."""

from __future__ import annotations


def fill() -> None:
    """Called once, at the start."""
