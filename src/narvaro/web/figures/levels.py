"""A page of figures, the same for a municipality, an area, a school and a class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from narvaro.shares import Share, reaches
from narvaro.timetable import Month
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.counted import Counted, counted
from narvaro.web.figures.facts import (
    Facts,
    Move,
    Standing,
    Tally,
    lists_of,
    moves_counted,
    moves_of,
    tally_of,
)
from narvaro.web.figures.places import Place, areas_of, class_of, schools_of
from narvaro.web.figures.protecting import SMALL, GroupTable, by_grade, by_stage, hidden_of
from narvaro.web.figures.scope import page_url
from narvaro.web.figures.summary import Compared, Summary, summary_of
from narvaro.web.figures.trend import TrendOf, grades_of, trend_of
from narvaro.web.figures.trust import Parts, Trust, trust_of
from narvaro.web.figures.windows import View
from narvaro.web.figures.words import period_text
from narvaro.web.ui.charts import TrendChart
from narvaro.web.ui.sorting import sort_key


@dataclass(frozen=True, slots=True)
class PartRow:
    """One of the places under this one; `on_list` is None where so few are not told of."""

    name: str
    url: str
    group: str
    group_url: str
    pupils: int
    coverage: Share | None
    is_enough: bool
    on_list: int | None
    share: Share | None
    cannot_tell: int | None


@dataclass(frozen=True, slots=True)
class Level:
    """Everything the shared parts of a page show, in the order they are shown."""

    place: Place
    view: View
    month: Month
    period: str
    pupils: int
    school_days: int
    trust: Trust
    summary: Summary
    stages: GroupTable
    grades: GroupTable
    trend: TrendChart | None
    trend_grades: tuple[str, ...]
    trend_grade: str
    parts: tuple[PartRow, ...]
    counted: Counted


@dataclass(frozen=True)
class Inside:
    """A school's pupils as those may see them who work with them; some are not even counted."""

    facts: Facts
    view: View
    school: str
    left_out: frozenset[str]

    def now(self) -> list[Standing]:
        """Everybody at the school who can stand on the page."""
        return self._kept(self.facts.standings(self.school, self.view.window))

    def before(self) -> list[Standing]:
        """The same at the month before, as it was told then."""
        told = self.facts.at(self.facts.month.plus(-1)).as_told()
        return self._kept(told.standings(self.school, self.view.window))

    def moves(self) -> list[Move]:
        """Who came and left."""
        every = moves_of(lists_of(self.facts, self.school, self.view.window))
        return [one for one in every if one.pupil not in self.left_out]

    def _kept(self, standings: Iterable[Standing]) -> list[Standing]:
        return [one for one in standings if one.pupil not in self.left_out]


def school_level(view: View, place: Place, viewer: Viewer, inside: Inside | None) -> Level:
    """A school: from its pupils for those who see them, else from counts alone."""
    facts, school = view.facts, place.unit.key
    if inside is None:
        return wide_level(view, place, viewer)
    now = inside.now()
    parts = {name: tally_of(few, facts.rule) for name, few in _by_class(now).items()}
    moves = inside.moves()
    came = sum(one.is_in for one in moves)
    compared = Compared(
        tally_of(now, facts.rule), tally_of(inside.before(), facts.rule), came, len(moves) - came,
        is_open=True,
    )  # fmt: skip
    made = Making(view, place, viewer, compared, Parts(parts, are_classes=True))
    return made.level([school], is_open=True)


def class_level(view: View, place: Place, viewer: Viewer, inside: Inside) -> Level:
    """A class, from its pupils."""
    facts, name = view.facts, place.class_name
    now = [one for one in inside.now() if one.place.class_ == name]
    before = [one for one in inside.before() if one.place.class_ == name]
    moves = [one for one in inside.moves() if one.class_ == name]
    came = sum(one.is_in for one in moves)
    whole = tally_of(now, facts.rule)
    compared = Compared(whole, tally_of(before, facts.rule), came, len(moves) - came, is_open=True)
    made = Making(
        view, place, viewer, compared, Parts({name: whole}, are_classes=True, is_one_class=True)
    )
    return made.level(place.school_keys, is_open=True)


def wide_level(view: View, place: Place, viewer: Viewer) -> Level:
    """An area or a municipality (or a school seen from there), from counts alone."""
    facts, keys = view.facts, place.school_keys
    before = facts.at(facts.month.plus(-1)).as_told()
    moved = moves_counted(facts, view.window)
    came, left = (sum(moved[key][n] for key in keys if key in moved) for n in (0, 1))
    if place.unit.kind == UnitKind.SCHOOL:
        now = facts.tallies(keys, view.window)
        sums = _summed((cell.class_, tally) for cell, tally in now.items())
    else:
        by_school = facts.by_school(view.window)
        sums = {one.name: by_school.get(one.key, Tally()) for one in place.schools}
    compared = Compared(
        facts.tally(keys, view.window), before.tally(keys, view.window), came, left,
        is_open=place.unit.kind == UnitKind.AUTHORITY,
    )  # fmt: skip
    parts = Parts(sums, are_classes=place.unit.kind == UnitKind.SCHOOL)
    return Making(view, place, viewer, compared, parts).level(keys, is_open=False)


@dataclass(frozen=True)
class Making:
    """Puts a level together."""

    view: View
    place: Place
    viewer: Viewer
    compared: Compared
    parts: Parts

    def level(self, schools: Iterable[str], *, is_open: bool) -> Level:
        """The page's value. `is_open`: the viewer sees the pupils, so nothing is too small."""
        facts, window, keys = self.view.facts, self.view.window, sorted(schools)
        name = self.place.class_name
        tallies, hidden = hidden_of(facts, keys, window, name)
        now = self.compared.now
        how = counted(facts, keys, now, window)
        return Level(
            place=self.place,
            view=self.view,
            month=facts.month,
            period=period_text(facts.period(window)),
            pupils=now.pupils,
            school_days=how.school_days,
            trust=trust_of(facts, keys, self.parts, window, now),
            summary=summary_of(facts.rule, facts.month, self.compared),
            stages=by_stage(tallies, hidden),
            grades=by_grade(tallies, hidden),
            trend=None if name else self._trend(keys, is_open=is_open),
            trend_grades=grades_of(facts, keys),
            trend_grade=self._grade,
            parts=() if name else tuple(self._rows(is_open=is_open)),
            counted=how,
        )

    @property
    def _grade(self) -> str:
        return self.view.grade

    def _trend(self, schools: Sequence[str], *, is_open: bool) -> TrendChart | None:
        unit = self.place.unit
        is_top = unit.kind == UnitKind.AUTHORITY
        every = () if is_top else tuple(schools_of(unit).values_list("key", flat=True))
        of = TrendOf(
            unit.name, schools, "Kommunen" if every else "", every, self._grade, is_open=is_open
        )
        return trend_of(self.view.facts, of)

    def _rows(self, *, is_open: bool) -> Iterable[PartRow]:
        units = self.place.classes if self.parts.are_classes else self.place.schools
        areas = {} if self.parts.are_classes else areas_of(units, self.viewer)
        for unit in sorted(units, key=lambda one: sort_key(one.name)):
            name = class_of(unit.key) if self.parts.are_classes else unit.name
            tally = self.parts.tallies.get(name, Tally())
            if self.parts.are_classes and not tally.pupils:
                continue
            yield self._row(unit, tally, areas.get(unit.pk), is_open=is_open)

    def _row(self, unit: Unit, tally: Tally, area: Unit | None, *, is_open: bool) -> PartRow:
        target = self.view.facts.programme.registration.target
        is_small = not is_open and 0 < tally.flagged < SMALL
        untold = tally.cannot_tell
        return PartRow(
            name=unit.name,
            url=page_url(unit, self.viewer),
            group=area.name if area else "",
            group_url=page_url(area, self.viewer) if area else "",
            pupils=tally.pupils,
            coverage=tally.coverage,
            is_enough=reaches(tally.coverage, target),
            on_list=None if is_small else tally.flagged,
            share=None if is_small else tally.fair_share(self.view.facts.rule),
            cannot_tell=None if not is_open and 0 < untold < SMALL else untold,
        )


def _by_class(standings: Iterable[Standing]) -> Mapping[str, list[Standing]]:
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        found[one.place.class_ or "–"].append(one)
    return dict(sorted(found.items(), key=lambda item: sort_key(item[0])))


def _summed(pairs: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for name, tally in pairs:
        found[name or "–"] += tally
    return dict(sorted(found.items(), key=lambda item: sort_key(item[0])))
