"""Hide the cells that stand for a few pupils, and the others that would give them away."""

from narvaro.small_numbers.protection import CannotBeProtected, Protected, protect
from narvaro.small_numbers.rounding import rounded
from narvaro.small_numbers.tables import TOTAL, Cell, Equation, Key, Tables, cross_table, joined

__all__ = [
    "TOTAL",
    "CannotBeProtected",
    "Cell",
    "Equation",
    "Key",
    "Protected",
    "Tables",
    "cross_table",
    "joined",
    "protect",
    "rounded",
]
