"""Who goes to which school and class: up a grade, on to the next school, in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from narvaro.demo.days import epoch_day
from narvaro.demo.schools import GRADES, School

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray


CLASS_SIZE = 22
LARGEST_CLASS = 26
LETTERS = "ABCDEFGHIJLMNOPQRSTUVWYZ"
CASE_LETTER, NO_LESSONS_LETTER = 1_000, 1_001
"""K, a class of cases, registered without a gap; X, a class without a timetable."""
_MOVE, _LEAVE, _JOIN = 0.015, 0.01, 0.01  # shares of all pupils in a school year


@dataclass(frozen=True, slots=True)
class Stint:
    """A pupil's time in one class of one school, within one school year; days are inclusive."""

    pupil: int
    school: int
    grade: int
    letter: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Stints:
    """Many stints as columns of equal length."""

    pupil: NDArray[np.int64]
    school: NDArray[np.int64]
    grade: NDArray[np.int64]
    letter: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pupil)

    def at(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Stints:
        return Stints(*(getattr(self, name)[chosen] for name in self.__slots__))

    @classmethod
    def of(cls, stints: Sequence[Stint]) -> Stints:
        import numpy as np

        columns = [[getattr(stint, name) for stint in stints] for name in cls.__slots__]
        return cls(*(np.array(column, dtype=np.int64) for column in columns))

    @classmethod
    def joined(cls, parts: Sequence[Stints]) -> Stints:
        import numpy as np

        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Roster:
    """All school years' stints, and the birth year of every pupil number."""

    years: tuple[Stints, ...]
    birth_year: NDArray[np.int64]


@dataclass(slots=True)
class _Intake:
    """Hands out pupil numbers; remembers in which year each was born."""

    born: list[int] = field(default_factory=list)

    def take(self, count: int, *, year: int, grade: int) -> NDArray[np.int64]:
        import numpy as np

        first = len(self.born)
        self.born.extend([year - 6 - grade] * count)
        return np.arange(first, first + count)


def enrol(
    rng: Generator,
    schools: Sequence[School],
    *,
    pupils: int,
    first_year: int,
    fixed: Sequence[Sequence[Stint]],
    fixed_born: Sequence[int],
) -> Roster:
    """Place at least `pupils` pupils in the first year and carry them through `len(fixed)` years.

    `fixed` holds the stints, one list a school year, of the pupils numbered before all others.
    """
    import numpy as np

    intake = _Intake(list(fixed_born))
    years: list[Stints] = []
    before: Stints | None = None
    others = pupils - len({stint.pupil for stint in fixed[0]})
    cohort = max(1, -(-others // len(GRADES)))
    for number, own in enumerate(fixed):
        placing = _Placing(rng, schools, intake, first_year + number, cohort)
        moved = placing.year(before)
        years.append(Stints.joined([Stints.of(own), moved]) if own else moved)
        before = moved
    return Roster(tuple(years), np.array(intake.born, dtype=np.int64))


@dataclass(slots=True)
class _Placing:
    """Places one school year's pupils."""

    rng: Generator
    schools: Sequence[School]
    intake: _Intake
    year_begins: int
    cohort: int

    def year(self, before: Stints | None) -> Stints:
        placed = Stints.joined([self._grade(grade, before) for grade in range(len(GRADES))])
        return self._with_moves(placed)

    def _grade(self, grade: int, before: Stints | None) -> Stints:
        import numpy as np

        first, last = epoch_day(date(self.year_begins, 7, 1)), self._last_day()
        joining = self.intake.take(round(self.cohort * _JOIN), year=self.year_begins, grade=grade)
        if before is None or grade == 0:
            new = self.intake.take(self.cohort, year=self.year_begins, grade=grade)
            pupil, school, letter = new, np.full(len(new), -1), np.full(len(new), -1)
        else:
            came = before.at((before.grade == grade - 1) & (before.ends >= first - 1))
            pupil, school, letter = came.pupil, came.school, came.letter
        none = np.full(len(joining), -1)
        pupil = np.concatenate([pupil, joining])
        school, letter = np.concatenate([school, none]), np.concatenate([letter, none])
        school, letter = self._place(grade, school, letter)
        starts = np.full(len(pupil), first)
        if len(joining):
            starts[-len(joining) :] = self._some_day(len(joining))
        return Stints(
            pupil, school, np.full(len(pupil), grade), letter, starts, np.full(len(pupil), last)
        )

    def _place(
        self, grade: int, school: NDArray[np.int64], letter: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Keep who can stay; deal the others out to the schools and classes with most room."""
        import numpy as np

        offers = np.array([s.number for s in self.schools if s.has(grade)])
        school = np.where(np.isin(school, offers), school, -1)
        letter = np.where(school < 0, -1, letter)
        weight = 1 + 0.03 * ((offers * 7) % 5 - 2)
        have = np.array([(school == number).sum() for number in offers])
        school[school < 0] = offers[self._deal(weight, have, int((school < 0).sum()))]
        for number in offers:
            here = school == number
            letter[here] = self._classes(letter[here])
        return school, letter

    def _classes(self, letter: NDArray[np.int64]) -> NDArray[np.int64]:
        import numpy as np

        count = class_count(len(letter))
        letter = np.where(letter < count, letter, -1)
        for number in range(count):
            letter[np.flatnonzero(letter == number)[LARGEST_CLASS - 1 :]] = -1
        have = np.bincount(letter[letter >= 0], minlength=count)
        new = letter < 0
        letter[new] = self._deal(np.ones(count), have, int(new.sum()))
        return letter

    def _deal(
        self, weight: NDArray[np.float64], have: NDArray[np.int64], count: int
    ) -> NDArray[np.int64]:
        """Positions for `count` newcomers, so that all end as near to their weights as can be."""
        import numpy as np

        goal = weight / weight.sum() * (have.sum() + count)
        room = np.maximum(goal - have, 1e-9)
        edges = np.cumsum(room / room.sum() * count)
        return self.rng.permutation(np.searchsorted(edges, np.arange(count) + 0.5))

    def _with_moves(self, placed: Stints) -> Stints:
        """Some move to another school in the municipality during the year, some leave it."""
        import numpy as np

        chance = self.rng.random(len(placed))
        chance[placed.starts > epoch_day(date(self.year_begins, 7, 1))] = 1.0
        ends = placed.ends.copy()
        moves = np.flatnonzero(chance < _MOVE)
        leaves = np.flatnonzero((chance >= _MOVE) & (chance < _MOVE + _LEAVE))
        ends[leaves] = self._some_day(len(leaves))
        ends[moves] = self._some_day(len(moves))
        again = placed.at(moves)
        new_school = np.array(
            [self._other_school(s, g) for s, g in zip(again.school, again.grade, strict=True)],
            dtype=np.int64,
        )
        letter = self._some_class(placed, new_school, again.grade)
        new = Stints(again.pupil, new_school, again.grade, letter, ends[moves] + 1, again.ends)
        kept = Stints(placed.pupil, placed.school, placed.grade, placed.letter, placed.starts, ends)
        return Stints.joined([kept, new])

    def _other_school(self, school: int, grade: int) -> int:
        others = [s.number for s in self.schools if s.has(grade) and s.number != school]
        return others[int(self.rng.integers(len(others)))] if others else int(school)

    def _some_class(
        self, placed: Stints, school: NDArray[np.int64], grade: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Any of the classes of that school and grade, for each who moves there."""
        import numpy as np

        of = placed.school * len(GRADES) + placed.grade
        classes = np.zeros(int(of.max()) + 1, dtype=np.int64)
        np.maximum.at(classes, of, placed.letter + 1)
        counts = np.maximum(classes[school * len(GRADES) + grade], 1)
        chosen: NDArray[np.int64] = self.rng.integers(0, counts)
        return chosen

    def _some_day(self, count: int) -> NDArray[np.int64]:
        first = epoch_day(date(self.year_begins, 9, 5))
        return self.rng.integers(first, first + 240, count)

    def _last_day(self) -> int:
        return epoch_day(date(self.year_begins + 1, 6, 30))


def class_count(pupils: int) -> int:
    """How many classes of at most 26, about 22, so many pupils make."""
    return max(1, round(pupils / CLASS_SIZE), -(-pupils // LARGEST_CLASS))


def class_name(grade: int, letter: int) -> str:
    """`7B`; the preschool's only class is `Förskolan`."""
    return f"{GRADES[grade]}{_letters(letter)}" if grade >= 0 else "Förskolan"


def _letters(letter: int) -> str:
    if letter >= CASE_LETTER:
        return "K" if letter == CASE_LETTER else "X"
    more, last = divmod(letter, len(LETTERS))
    return (LETTERS[more - 1] if more else "") + LETTERS[last]
