"""Occasions of absence, and how long they last."""

from narvaro.measurement.spells.measure import SpellRow, spells

__all__ = ["SpellRow", "spells"]
