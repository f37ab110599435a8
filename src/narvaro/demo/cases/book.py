"""Everything the cases ask of the generator, gathered while they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from narvaro.demo.absence import WORK_PRACTICE_GRADE, WORK_PRACTICE_WEEK
from narvaro.demo.cases.places import Place, Places, usual_stints, whole_year
from narvaro.demo.cases.script import Script
from narvaro.demo.days import epoch_day
from narvaro.demo.manifest import Case, Figure
from narvaro.demo.roster import Stint

if TYPE_CHECKING:
    from narvaro.demo.registers import Row


@dataclass(frozen=True, slots=True)
class LaterMark:
    """A mark beside those of the lesson's own members, or a later version of one of them."""

    school: int
    taught: str  # a class's name or a group's key
    day: int
    slot: int
    pupil: int
    told: int
    values: Mapping[str, int]
    withdrawn: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class LessonEdit:
    """Something that happens to a lesson of the week: None leaves it as it is."""

    school: int
    taught: str
    day: int
    slot: int
    told: int | None = None
    cancelled: int | None = None
    substituted: bool = False


@dataclass(slots=True)
class Book:
    """The cases of a municipality; `rows` holds extra rows by table."""

    places: Places
    years: tuple[int, ...]
    stints: list[list[Stint]] = field(default_factory=list)
    born: list[int] = field(default_factory=list)
    scripts: dict[int, list[Script]] = field(default_factory=dict)
    later: list[LaterMark] = field(default_factory=list)
    edits: list[LessonEdit] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    lessons: list[dict[str, Any]] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)
    enrolled_by_case: set[int] = field(default_factory=set)
    groups: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    protections: dict[int, int] = field(default_factory=dict)
    temporary: list[int] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stints = [[] for _ in self.years]
        for place in self.places.all():
            self.born += [place.year - 6 - place.grade] * place.size
            for mine, theirs in zip(self.stints, usual_stints(place, self.years), strict=True):
                mine.extend(theirs)
        self.born.append(self.places.year - 6 - self.places.youngest.grade)

    def script(
        self, place: Place, number: int, *, first: date | None = None, last: date | None = None
    ) -> Script:
        """A pupil of the class who is present in every lesson until told otherwise."""
        return self.script_of(place, place.pupil(number), first=first, last=last)

    def script_of(
        self, place: Place, pupil: int, *, first: date | None = None, last: date | None = None
    ) -> Script:
        """The same by the pupil's own number; `first` and `last` bound the time in the class."""
        dates = place.days.dates
        held = place.between(first or dates[0], last or dates[-1])
        made = Script(pupil, place, range(held[0], held[-1] + 1))
        if place.grade == WORK_PRACTICE_GRADE:
            made.away(place.week(WORK_PRACTICE_WEEK), "other")
        self.scripts.setdefault(pupil, []).append(made)
        return made

    def replace_stints(self, pupil: int, stints: Sequence[Stint]) -> None:
        """Other stints of a pupil in the last school year."""
        kept = [stint for stint in self.stints[-1] if stint.pupil != pupil]
        self.stints[-1] = [*kept, *stints]

    def split_stints(
        self, place: Place, pupil: int, spans: Iterable[tuple[date | None, date | None]]
    ) -> list[Stint]:
        """A year in the class cut into spans; None means from its beginning or to its end."""
        whole = whole_year(place, pupil - place.first, year=place.year, grade=place.grade)
        stints = [
            replace(
                whole,
                starts=epoch_day(first) if first else whole.starts,
                ends=epoch_day(last) if last else whole.ends,
            )
            for first, last in spans
        ]
        self.replace_stints(pupil, stints)
        return stints

    def add(self, table: str, *rows: Row) -> None:
        self.rows.setdefault(table, []).extend(rows)

    def tell(
        self, name: str, shows: str, see: str, *, scripts: Sequence[Script] = (), **more: Any
    ) -> None:
        """Write the case down; its class, school and days come from the scripts when not given."""
        if scripts:
            place = scripts[0].place
            days = place.quarter()
            pupils = dict.fromkeys(f"P{script.pupil:06}" for script in scripts)
            more = {
                "pupils": tuple(pupils),
                "school": place.school.key,
                "class_name": place.class_name,
                "starts": str(place.date(days[0])),
                "ends": str(place.date(days[-1])),
                **more,
            }
        self.cases.append(Case(name, shows, see, **more))

    def quarter(self, *scripts: Script) -> tuple[Figure, ...]:
        """What September to November adds up to for each of the pupils."""
        return tuple(script.figure(script.place.quarter()) for script in scripts)
