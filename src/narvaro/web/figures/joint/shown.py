"""What a page may show of its place: the one decision for the month, kept on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from narvaro.small_numbers import Key
from narvaro.timetable import Window
from narvaro.web.accounts.models import Authority, Unit, UnitKind
from narvaro.web.figures.facts import Facts, Tally, moves_counted, together
from narvaro.web.figures.joint import names
from narvaro.web.figures.joint.deciding import Lists, decide, decide_moves
from narvaro.web.figures.joint.exchanges import SMALL
from narvaro.web.figures.joint.names import LISTED, Tree
from narvaro.web.figures.places import areas_of


@dataclass(frozen=True, slots=True)
class Shown:
    """The cells that no page shows."""

    hidden: frozenset[Key]

    def hides(self, kind: str, place: str, group: str = names.EVERYBODY) -> bool:
        """The cell is not shown."""
        return names.key(kind, place, group) in self.hidden


@dataclass(frozen=True, slots=True)
class ShownAt:
    """What may be shown at one place: this month, of last month as it was told, and of the moves.

    `is_open`: whoever looks sees the pupils themselves, so that nothing is too small.
    """

    place: str
    now: Shown
    told: Shown
    moves: Shown
    told_corrected: frozenset[str] = frozenset()
    is_open: bool = False

    def hides(self, kind: str) -> bool:
        """This month's count of a kind is not shown."""
        return not self.is_open and self.now.hides(kind, self.place)

    def hides_told(self, kind: str) -> bool:
        """Last month's count of a kind is not shown."""
        is_corrected = kind == LISTED and self.place in self.told_corrected
        return not self.is_open and (is_corrected or self.told.hides(kind, self.place))

    @property
    def hides_moves(self) -> bool:
        """How many came and left is not shown."""
        both = (names.CAME, names.LEFT)
        return not self.is_open and any(self.moves.hides(one, self.place) for one in both)


def tree_of(authority: Authority, on: date) -> Tree:
    """The schools of an authority and its areas on a day."""
    schools = list(
        Unit.objects.filter(authority=authority, kind=UnitKind.SCHOOL)
        .exclude(key="")
        .order_by("key")
    )
    over: dict[str, list[str]] = {}
    found = areas_of(schools, on)
    for one in schools:
        if one.pk in found:
            over.setdefault(found[one.pk].public_id, []).append(one.key)
    return Tree(
        tuple(one.key for one in schools), {key: tuple(few) for key, few in sorted(over.items())}
    )


def shown_of(facts: Facts, window: Window, tree: Tree) -> Shown:
    """Which cells of a month's pages are not shown."""
    name = f"{facts.judging(window=window).name}|{facts.month}|{_name(tree)}"
    return facts.opened.shelf.get(
        f"joint|{name}",
        lambda: _plain(decide(facts.tallies(tree.schools, window), tree)),
        _shown,
    )


def shown_at(facts: Facts, window: Window, tree: Tree, place: str) -> ShownAt:
    """What the page of a place shows."""
    told = facts.at(facts.month.plus(-1)).as_told()
    corrected = _corrected(facts, told, window, tree)
    now, before = shown_of(facts, window, tree), shown_of(told, window, tree)
    name = f"{facts.judging(window=window).name}|{facts.month}|{_name(tree)}"

    def make() -> list[list[str]]:
        hidden = frozenset(one for one in tree.places() if before.hides(LISTED, one)) | corrected
        lists = Lists(
            _listed(facts, window, tree),
            _listed(told, window, tree),
            _moved(facts, window, tree),
            frozenset(one for one in tree.places() if now.hides(LISTED, one)),
            hidden,
        )
        return _plain(decide_moves(lists, tree))

    moves = facts.opened.shelf.get(f"joint moves|{name}", make, _shown)
    return ShownAt(place, now, before, moves, corrected)


def _corrected(facts: Facts, told: Facts, window: Window, tree: Tree) -> frozenset[str]:
    """Places whose last month differs by few pupils from how it was told: the difference is small."""
    then = _listed(told, window, tree)
    since = _listed(facts.at(told.month), window, tree)
    return frozenset(place for place in then if 0 < abs(then[place] - since[place]) < SMALL)


def _listed(facts: Facts, window: Window, tree: Tree) -> Mapping[str, int]:
    found = facts.by_school(window)
    return {
        place: together(found.get(school, Tally()) for school in schools).flagged
        for place, schools in tree.places().items()
    }


def _moved(facts: Facts, window: Window, tree: Tree) -> Mapping[str, tuple[int, int]]:
    found = moves_counted(facts, window)

    def summed(schools: Iterable[str], n: int) -> int:
        return sum(found[school][n] for school in schools if school in found)

    return {
        place: (summed(schools, 0), summed(schools, 1)) for place, schools in tree.places().items()
    }


def _plain(hidden: Iterable[Key]) -> list[list[str]]:
    return [list(key) for key in sorted(hidden)]


def _shown(plain: Iterable[Iterable[str]]) -> Shown:
    return Shown(frozenset(Key(*key) for key in plain))


def _name(tree: Tree) -> str:
    text = "+".join((*tree.schools, *(f"{key}:{','.join(few)}" for key, few in tree.areas.items())))
    return sha256(text.encode()).hexdigest()[:24]
