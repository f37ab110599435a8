"""The one place that fetches from the core for pages; what it fetched is kept."""

from narvaro.web.figures.facts.afterwards import Flagged, flagged_together, months_around
from narvaro.web.figures.facts.asking import WINDOWS, facts_at, facts_of, prewarm
from narvaro.web.figures.facts.facts import Facts, settles_on
from narvaro.web.figures.facts.in_force import programmes_in_force
from narvaro.web.figures.facts.judging import Cell
from narvaro.web.figures.facts.moves import (
    WORDS,
    Lists,
    Move,
    Why,
    lists_of,
    moves_counted,
    moves_of,
)
from narvaro.web.figures.facts.standing import CANNOT_TELL, Standing
from narvaro.web.figures.facts.sweeping import LIMITS, SweptCell, limits_of, swept, windows_of
from narvaro.web.figures.facts.tally import Tally, tally_of, together
from narvaro.web.figures.facts.telling import Event, Told

__all__ = [
    "CANNOT_TELL",
    "LIMITS",
    "WINDOWS",
    "WORDS",
    "Cell",
    "Event",
    "Facts",
    "Flagged",
    "Lists",
    "Move",
    "Standing",
    "SweptCell",
    "Tally",
    "Told",
    "Why",
    "facts_at",
    "facts_of",
    "flagged_together",
    "limits_of",
    "lists_of",
    "months_around",
    "moves_counted",
    "moves_of",
    "prewarm",
    "programmes_in_force",
    "settles_on",
    "swept",
    "tally_of",
    "together",
    "windows_of",
]
