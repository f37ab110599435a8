"""Classes and groups: who sits in the same lesson."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narvaro.demo.names import plain
from narvaro.demo.roster import CASE_LETTER, Stints, class_name
from narvaro.demo.schools import School

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGE_CHOICES = ("sp", "ty", "fr", "sven")
_LANGUAGE_SHARES = (0.45, 0.20, 0.15, 0.20)
CASE_LANGUAGES = ("ty", "fr")
HALVES = ("1", "2")
LANGUAGES_FROM, HALVES_IN = 6, (4, 5, 6)


@dataclass(frozen=True, slots=True)
class Unit:
    """A class, or a group when `group` is given; `members` are positions among the stints."""

    grade: int
    letter: int  # -1: a group over all classes of the grade
    group: str
    part: str  # which language or half
    members: NDArray[np.int64]

    @property
    def is_case(self) -> bool:
        return self.letter == CASE_LETTER

    @property
    def class_name(self) -> str:
        return "" if self.group else class_name(self.grade, self.letter)


def units_of(
    school: School,
    year: int,
    stints: Stints,
    chosen: Mapping[tuple[int, int], tuple[str, ...]],
) -> tuple[Unit, ...]:
    """Every class and group of a school in a school year, classes first.

    `chosen` holds the language groups of some pupils in classes of cases, by pupil and first day.
    """
    classes = list(_classes(stints))
    return (
        *classes,
        *_language_groups(school, year, stints),
        *_case_groups(school, year, stints, chosen),
        *_half_groups(school, year, classes),
    )


def _classes(stints: Stints) -> Iterator[Unit]:
    import numpy as np

    pairs = sorted(set(zip(stints.grade.tolist(), stints.letter.tolist(), strict=True)))
    for grade, letter in pairs:
        here = np.flatnonzero((stints.grade == grade) & (stints.letter == letter))
        yield Unit(grade, letter, "", "", here)


def _language_groups(school: School, year: int, stints: Stints) -> Iterator[Unit]:
    import numpy as np

    chosen = language_of(stints.pupil)
    for grade in range(LANGUAGES_FROM, 10):
        mixed = (stints.grade == grade) & (stints.letter < CASE_LETTER)
        if not mixed.any():
            continue
        for number, part in enumerate(LANGUAGE_CHOICES):
            key = group_key(school, year, class_name(grade, 0)[0], part)
            yield Unit(grade, -1, key, part, np.flatnonzero(mixed & (chosen == number)))


def _case_groups(
    school: School,
    year: int,
    stints: Stints,
    chosen: Mapping[tuple[int, int], tuple[str, ...]],
) -> Iterator[Unit]:
    """German and French within a class of cases; every other pupil takes each."""
    import numpy as np

    case = (stints.letter == CASE_LETTER) & (stints.grade >= LANGUAGES_FROM)
    for grade in sorted(set(stints.grade[case].tolist())):
        here = np.flatnonzero(case & (stints.grade == grade)).tolist()
        for part in CASE_LANGUAGES:
            members = [
                stint
                for stint in here
                if part
                in chosen.get(
                    (int(stints.pupil[stint]), int(stints.starts[stint])),
                    (CASE_LANGUAGES[int(stints.pupil[stint]) % 2],),
                )
            ]
            key = group_key(school, year, class_name(grade, CASE_LETTER), part)
            yield Unit(grade, CASE_LETTER, key, part, np.array(members, dtype=np.int64))


def _half_groups(school: School, year: int, classes: list[Unit]) -> Iterator[Unit]:
    for unit in classes:
        if unit.grade in HALVES_IN and not unit.is_case:
            for number, part in enumerate(HALVES):
                key = group_key(school, year, unit.class_name, f"slojd{part}")
                yield Unit(unit.grade, unit.letter, key, part, unit.members[number::2])


def group_key(school: School, year: int, of: str, part: str) -> str:
    """A key that holds for one school year: `almskolan-2025-8-ty`."""
    return f"{school.key}-{year}-{plain(of)}-{part}"


def language_of(pupil: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of LANGUAGE_CHOICES a pupil chose; the same every year."""
    import numpy as np

    spread = (pupil * 2_654_435_761 % 1_000) / 1_000
    return np.searchsorted(np.cumsum(_LANGUAGE_SHARES)[:-1], spread, side="right")
