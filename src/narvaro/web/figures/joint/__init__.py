"""Which counts the pages of a month may show, decided once for all of them together."""

from narvaro.web.figures.joint.deciding import decide, decide_moves
from narvaro.web.figures.joint.exchanges import SMALL
from narvaro.web.figures.joint.names import Tree
from narvaro.web.figures.joint.shown import Shown, ShownAt, shown_at, shown_of, tree_of

__all__ = [
    "SMALL",
    "Shown",
    "ShownAt",
    "Tree",
    "decide",
    "decide_moves",
    "shown_at",
    "shown_of",
    "tree_of",
]
