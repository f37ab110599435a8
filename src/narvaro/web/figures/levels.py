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
    Cell,
    Standing,
    Tally,
    moves_counted,
    tally_of,
)
from narvaro.web.figures.happenings import happenings_of
from narvaro.web.figures.inside import Inside
from narvaro.web.figures.joint import tree_of
from narvaro.web.figures.joint.names import LISTED, UNTOLD
from narvaro.web.figures.places import Place, areas_of, class_of, schools_of
from narvaro.web.figures.protecting import (
    GroupTable,
    Hidden,
    by_grade,
    by_stage,
    hidden_in_class,
    hidden_of,
)
from narvaro.web.figures.scope import page_url
from narvaro.web.figures.shown_here import name_of, names_of_parts, shown_here
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
        shown_here(view, place, viewer, is_open=True),
    )  # fmt: skip
    made = Making(view, place, viewer, compared, Parts(parts, are_classes=True))
    return made.level([school])


def class_level(view: View, place: Place, viewer: Viewer, inside: Inside) -> Level:
    """A class, from its pupils."""
    facts, name = view.facts, place.class_name
    now = [one for one in inside.now() if one.place.class_ == name]
    before = [one for one in inside.before() if one.place.class_ == name]
    moves = [one for one in inside.moves() if one.class_ == name]
    came = sum(one.is_in for one in moves)
    whole = tally_of(now, facts.rule)
    shown = shown_here(view, place, viewer, is_open=True)
    compared = Compared(whole, tally_of(before, facts.rule), came, len(moves) - came, shown)
    made = Making(
        view, place, viewer, compared, Parts({name: whole}, are_classes=True, is_one_class=True)
    )
    return made.level(place.school_keys)


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
        shown_here(view, place, viewer, is_open=False),
    )  # fmt: skip
    are_classes = place.unit.kind == UnitKind.SCHOOL
    places = names_of_parts(place)
    untold = (name for name in sums if compared.shown.now.hides(UNTOLD, places.get(name, "")))
    parts = Parts(sums, are_classes, untold=frozenset(untold))
    return Making(view, place, viewer, compared, parts).level(keys)


@dataclass(frozen=True)
class Making:
    """Puts a level together."""

    view: View
    place: Place
    viewer: Viewer
    compared: Compared
    parts: Parts

    def level(self, schools: Iterable[str]) -> Level:
        """The page's value."""
        facts, window, keys = self.view.facts, self.view.window, sorted(schools)
        name = self.place.class_name
        tallies, hidden = self._groups(keys)
        now = self.compared.now
        how = counted(facts, keys, now, window)
        return Level(
            place=self.place,
            view=self.view,
            month=facts.month,
            period=period_text(facts.period(window)),
            pupils=now.pupils,
            school_days=how.school_days,
            trust=trust_of(facts, keys, self.parts, window, self.compared),
            summary=summary_of(facts.rule, facts.month, self.compared),
            stages=by_stage(tallies, hidden),
            grades=by_grade(tallies, hidden),
            trend=None if name else self._trend(keys),
            trend_grades=grades_of(facts, keys),
            trend_grade=self._grade,
            parts=() if name else tuple(self._rows()),
            counted=how,
        )

    @property
    def _grade(self) -> str:
        return self.view.grade

    def _groups(self, schools: Sequence[str]) -> tuple[Mapping[Cell, Tally], Hidden]:
        """The pupils by grade and sex, and what of it is not shown."""
        facts, window, name = self.view.facts, self.view.window, self.place.class_name
        shown = self.compared.shown
        if not name:
            return facts.by_grade(schools, window), hidden_of(shown.now, shown.place)
        found = facts.tallies(schools, window)
        mine = {cell: tally for cell, tally in found.items() if cell.class_ == name}
        return mine, hidden_in_class(facts, mine, window, self.place.unit.key)

    def _trend(self, schools: Sequence[str]) -> TrendChart | None:
        unit = self.place.unit
        is_top = unit.kind == UnitKind.AUTHORITY
        every = () if is_top else tuple(schools_of(unit).values_list("key", flat=True))
        of = TrendOf(
            name=unit.name,
            schools=schools,
            place=self.compared.shown.place,
            tree=tree_of(unit.authority, self.viewer.today),
            other_name="Kommunen" if every else "",
            other_schools=every,
            grade=self._grade,
            is_open=self.compared.shown.is_open,
            events=happenings_of(self.viewer, schools, self.view.facts.trend_months),
        )
        return trend_of(self.view.facts, of)

    def _rows(self) -> Iterable[PartRow]:
        units = self.place.classes if self.parts.are_classes else self.place.schools
        areas = {} if self.parts.are_classes else areas_of(units, self.viewer.today)
        for unit in sorted(units, key=lambda one: sort_key(one.name)):
            name = class_of(unit.key) if self.parts.are_classes else unit.name
            tally = self.parts.tallies.get(name, Tally())
            if self.parts.are_classes and not tally.pupils:
                continue
            yield self._row(unit, tally, areas.get(unit.pk))

    def _row(self, unit: Unit, tally: Tally, area: Unit | None) -> PartRow:
        target = self.view.facts.programme.registration.target
        shown, place = self.compared.shown, name_of(unit)
        hides_list = not shown.is_open and shown.now.hides(LISTED, place)
        hides_untold = not shown.is_open and shown.now.hides(UNTOLD, place)
        return PartRow(
            name=unit.name,
            url=page_url(unit, self.viewer),
            group=area.name if area else "",
            group_url=page_url(area, self.viewer) if area else "",
            pupils=tally.pupils,
            coverage=tally.coverage,
            is_enough=reaches(tally.coverage, target),
            on_list=None if hides_list else tally.flagged,
            share=None if hides_list or hides_untold else tally.fair_share(self.view.facts.rule),
            cannot_tell=None if hides_untold else tally.cannot_tell,
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
