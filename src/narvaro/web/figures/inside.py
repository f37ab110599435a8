"""A school's pupils as its own people see them."""

from __future__ import annotations

from dataclasses import dataclass

from narvaro.web.figures.facts import Facts, Move, Standing, lists_of, moves_of
from narvaro.web.figures.windows import View


@dataclass(frozen=True)
class Inside:
    """A school's pupils as those may see them who work with them."""

    facts: Facts
    view: View
    school: str

    def now(self) -> list[Standing]:
        """Everybody at the school who can stand on the page."""
        return list(self.facts.standings(self.school, self.view.window))

    def before(self) -> list[Standing]:
        """The same at the month before, as it was told then."""
        told = self.facts.at(self.facts.month.plus(-1)).as_told()
        return list(told.standings(self.school, self.view.window))

    def moves(self) -> list[Move]:
        """Who came and left."""
        return moves_of(lists_of(self.facts, self.school, self.view.window))
