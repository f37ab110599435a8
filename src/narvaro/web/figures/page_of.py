"""What the views of a school and a class share: facts, pupils in scope, rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import WORDS, Facts, Move, Standing
from narvaro.web.figures.inside import Inside
from narvaro.web.figures.listing import ListRow, Rows, in_order, is_untouched
from narvaro.web.figures.people import Named, counted_facts, mentors, named
from narvaro.web.figures.places import Place, place_of
from narvaro.web.figures.windows import View, view_of

SHOWN_WAITING, SHOWN_MOVES = 5, 6
"""How many rows the first panels show; the whole list has them all."""


@dataclass(frozen=True)
class Asked:
    """A school as somebody asks to see it who may see its pupils."""

    viewer: Viewer
    view: View
    place: Place
    school: Unit
    action: str

    @property
    def facts(self) -> Facts:
        return self.view.facts

    @property
    def inside(self) -> Inside:
        """The pupils that may be counted here."""
        return Inside(self.facts, self.view, self.school.key)

    def rows(self, standings: Iterable[Standing], before: Iterable[Standing]) -> list[ListRow]:
        """Rows of the pupils the viewer may see, nothing done first."""
        listed = list(standings)
        names = named(self.viewer, self.action, (one.pupil for one in listed))
        owners = mentors(self.place.classes or (self.place.unit,), self.viewer)
        earlier = {one.pupil: one for one in before}
        rows = Rows(self.facts, self.school.key, names, owners, earlier)
        return in_order(rows.of(listed), "inget-gjort")


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A pupil onto the list or off it, by name."""

    pupil: Named
    move: Move
    row: ListRow | None

    @property
    def why(self) -> str:
        """What made the difference, in words."""
        return str(WORDS[self.move.why])

    @property
    def points(self) -> Fraction | None:
        """The change in percentage points."""
        now, before = self.move.share, self.move.share_before
        return None if now is None or before is None else (Fraction(*now) - Fraction(*before)) * 100


@dataclass(frozen=True, slots=True)
class PupilParts:
    """The parts of a page that name pupils."""

    waiting: Sequence[ListRow]
    waiting_count: int
    came: Sequence[MoveRow]
    came_count: int
    left: Sequence[MoveRow]
    left_count: int

    @property
    def shown(self) -> set[str]:
        """The opaque ids of every pupil named."""
        pupils = [one.pupil for one in self.waiting]
        pupils += [one.pupil for one in (*self.came, *self.left)]
        return {f"pupil:{one.public_id}" for one in pupils}


def view_for(request: HttpRequest, viewer: Viewer) -> View | None:
    """What of the figures the address asks for; None where there are no lessons yet."""
    facts = counted_facts(viewer)
    return None if facts is None else view_of(request, facts)


def place_for(unit: Unit, viewer: Viewer) -> Place:
    """The unit with what is under it."""
    return place_of(unit, viewer)


def pupil_parts(asked: Asked, *, class_name: str = "") -> PupilParts:
    """Nothing done yet, and in and out of the list, of a school or one class of it."""
    inside = asked.inside
    now, before = inside.now(), inside.before()
    flagged = [one for one in now if one.is_flagged and _is_of(class_name, one)]
    rows = asked.rows(flagged, before)
    waiting = [one for one in rows if is_untouched(one)]
    moves = [one for one in inside.moves() if class_name in ("", one.class_)]
    names = named(asked.viewer, asked.action, (one.pupil for one in moves))
    by_key = {one.key: one for one in rows}
    made = [
        MoveRow(names[one.pupil], one, by_key.get(one.pupil)) for one in moves if one.pupil in names
    ]
    came, left = [m for m in made if m.move.is_in], [m for m in made if not m.move.is_in]
    return PupilParts(
        waiting[:SHOWN_WAITING],
        len(waiting),
        came[:SHOWN_MOVES],
        len(came),
        left[:SHOWN_MOVES],
        len(left),
    )


def _is_of(class_name: str, one: Standing) -> bool:
    return class_name in ("", one.place.class_)
