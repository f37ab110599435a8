"""Which counts of flow are shown: all of an authority's places decided together (small numbers).

A reader of the municipality's, an area's and a school's page learns no count of fewer than five
pupils from any of them, nor from their sums and differences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from narvaro.programmes import STAGES
from narvaro.small_numbers import TOTAL, Cell, Equation, Key, Tables
from narvaro.web.cases.flow import DueStep
from narvaro.web.cases.flow.hiding import hidden_in
from narvaro.web.overview.flow.gathering import Flow

DUE, IN_TIME, LATE = "due", "in time", "late"
WAITING, UNHANDLED, HANDLED, FORCED = "waiting", "unhandled", "handled", "forced"
OVERDUE, STILL_WAITING = "overdue", "still waiting"

Items = Sequence[tuple[str, str]]
"""(School, pupil) of everything that a measure counts; a pupil may stand in it more than once."""


def reached(stage: str) -> str:
    """Pupils who reached a stage."""
    return f"reached {stage}"


def went_on(stage: str) -> str:
    """Pupils who reached a stage and the next."""
    return f"went on from {stage}"


def stayed(stage: str) -> str:
    """Pupils who reached a stage and not the next: printed nowhere, and worked out by any reader."""
    return f"stayed at {stage}"


def in_month(month: object, measure: str) -> str:
    """A measure of steps due in a month."""
    return f"{month} {measure}"


@dataclass(frozen=True)
class Counts:
    """Every count of a flow by place: a school's key, an area (`area:` and its id), or `TOTAL`.

    With `is_inside` nothing is hidden: for those who lead the school and see each case.
    """

    flow: Flow
    is_inside: bool = False

    def of(self, measure: str, place: str) -> int | None:
        """The count to show; None when it is not shown."""
        if not self.is_inside and Key(self.name, measure, place) in self._hidden:
            return None
        return len(self.pupils(measure, place))

    def pupils(self, measure: str, place: str) -> list[str]:
        """Who is counted, as often as they count; nobody where no school is in the programme."""
        counted = self._counted.get(measure, {})
        schools = self._places.get(place, frozenset())
        return [pupil for school in schools for pupil in counted.get(school, ())]

    @property
    def name(self) -> str:
        """The table's name: the two sets of schools are two tables."""
        return "flow as started" if self.flow.is_as_started else "flow"

    @cached_property
    def _measures(self) -> Mapping[str, Items]:
        return {**_steps(self.flow.due), **_stages(self.flow), **_taken_up(self.flow)}

    @cached_property
    def _counted(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Measure → school → the pupils counted there, as often as they count."""
        found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for measure, items in self._measures.items():
            for school, pupil in items:
                found[measure][school].append(pupil)
        return found

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for school in self.flow.schools:
            found[TOTAL].add(school)
            found[school].add(school)
            area = self.flow.areas.get(school)
            found[NO_AREA if area is None else area_of(area.public_id)].add(school)
        found.setdefault(TOTAL, set())
        return {place: frozenset(schools) for place, schools in found.items()}

    @cached_property
    def _hidden(self) -> frozenset[Key]:
        if self.flow.beside is None:
            return hidden_in(self.tables())
        both = sorted((self, Counts(self.flow.beside)), key=lambda one: one.name)
        return hidden_in(together(*both))

    def tables(self) -> Tables:
        """Every count with its sums."""
        cells = [cell for measure in self._measures for cell in self._cells(measure)]
        equations = [*self._sums_of_places(), *self._sums_of_measures()]
        return Tables(
            tuple(cells),
            tuple(Equation(self._keys(one.left), self._keys(one.right)) for one in equations),
        )

    def _keys(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        return tuple(Key(self.name, one.row, one.column) for one in keys)

    def _cells(self, measure: str) -> Iterable[Cell]:
        """How many, and of how many pupils: five steps of one pupil are one pupil."""
        is_shown = not measure.startswith(("stayed", STILL_WAITING))
        for place in self._wanted(measure):
            pupils, shown = self.pupils(measure, place), is_shown and place != NO_AREA
            base = len(set(pupils)) or None
            yield Cell(Key(self.name, measure, place), len(pupils), base=base, shown=shown)

    def _wanted(self, measure: str) -> Mapping[str, frozenset[str]]:
        """A month stands on the pages of areas and of the authority alone."""
        if not measure[:1].isdigit():
            return self._places
        return {
            place: held for place, held in self._places.items() if place not in self.flow.schools
        }

    def _sums_of_places(self) -> Iterable[Equation]:
        areas = sorted(set(self._places) - set(self.flow.schools) - {TOTAL})
        for measure in self._measures:
            if areas:
                yield _sum(measure, TOTAL, areas)
            for area in areas if not measure[:1].isdigit() else ():
                yield _sum(measure, area, sorted(self._places[area]))

    def _sums_of_measures(self) -> Iterable[Equation]:
        months = sorted({one.split(" ", 1)[0] for one in self._measures if one[:1].isdigit()})
        parts = {
            DUE: (IN_TIME, LATE),
            WAITING: (OVERDUE, STILL_WAITING),
            **{reached(stage): (went_on(stage), stayed(stage)) for stage, _ in pairwise(STAGES)},
        }
        for place in self._places:
            for whole, some in parts.items():
                yield _split(place, whole, some)
            yield _split(place, reached(STAGES[0]), (HANDLED, UNHANDLED))
            if place in self.flow.schools:
                continue
            for month in months:
                halves = (in_month(month, IN_TIME), in_month(month, LATE))
                yield _split(place, in_month(month, DUE), halves)
            for measure in (DUE, IN_TIME, LATE) if months else ():
                yield _split(place, measure, [in_month(month, measure) for month in months])


NO_AREA = "area:"
"""The schools under no area together: printed nowhere, and worked out by any reader."""


def area_of(public_id: str) -> str:
    """An area as a place."""
    return f"area:{public_id}"


def together(one: Counts, other: Counts) -> Tables:
    """Two sets of schools decided on together, so that neither is the other's key.

    What a count of the one has more than the same of the other is printed nowhere, and worked
    out by any reader who opens both.
    """
    first, second = one.tables(), other.tables()
    known = {(cell.key.row, cell.key.column) for cell in second.cells}
    cells, ties = [*first.cells, *second.cells], [*first.equations, *second.equations]
    for cell in first.cells:
        measure, place = cell.key.row, cell.key.column
        if (measure, place) not in known:
            continue
        here, there = (Counter(found.pupils(measure, place)) for found in (one, other))
        sides = ([cell.key], [Key(other.name, measure, place)])
        for name, more, side in (("less", there - here, 0), ("more", here - there, 1)):
            if not more:
                continue
            key = Key(f"flow {name}", measure, place)
            cells.append(Cell(key, more.total(), base=len(more), shown=False))
            sides[side].append(key)
        ties.append(Equation(tuple(sides[0]), tuple(sides[1])))
    return Tables(tuple(cells), tuple(ties))


def _sum(measure: str, whole: str, parts: Iterable[str]) -> Equation:
    return Equation(
        (Key("flow", measure, whole),), tuple(Key("flow", measure, part) for part in parts)
    )


def _split(place: str, whole: str, parts: Iterable[str]) -> Equation:
    return Equation((Key("flow", whole, place),), tuple(Key("flow", part, place) for part in parts))


def _steps(due: Iterable[DueStep]) -> dict[str, Items]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in (DUE, IN_TIME, LATE):
        found[name] = []
    every = list(due)
    for month in {one.month for one in every}:
        for name in (DUE, IN_TIME, LATE):
            found[in_month(month, name)] = []
    for one in every:
        half = IN_TIME if one.is_in_time else LATE
        for name in (DUE, half, in_month(one.month, DUE), in_month(one.month, half)):
            found[name].append((one.school, one.pupil))
    return dict(found)


def _stages(flow: Flow) -> dict[str, Items]:
    found: dict[str, Items] = {}
    for stage, following in pairwise((*STAGES, "")):
        there = [one for one in flow.pupils if stage in one.reached]
        found[reached(stage)] = [(one.school, one.pupil) for one in there]
        if not following:
            continue
        on = [(one.school, one.pupil) for one in there if following in one.reached]
        found[went_on(stage)] = on
        found[stayed(stage)] = [
            (one.school, one.pupil) for one in there if following not in one.reached
        ]
    return found


def _taken_up(flow: Flow) -> dict[str, Items]:
    every = flow.pupils
    waiting = [one for one in every if one.is_waiting]
    return {
        HANDLED: [(one.school, one.pupil) for one in every if one.is_handled],
        UNHANDLED: [(one.school, one.pupil) for one in every if not one.is_handled],
        WAITING: [(one.school, one.pupil) for one in waiting],
        OVERDUE: [(one.school, one.pupil) for one in waiting if one.is_late],
        STILL_WAITING: [(one.school, one.pupil) for one in waiting if not one.is_late],
        FORCED: [(one.school, one.pupil) for one in flow.forced],
    }
