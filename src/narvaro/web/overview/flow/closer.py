"""What investigations found, and both readings of how few are taken on, of a school or the authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.small_numbers import TOTAL, Key, cross_table
from narvaro.timetable import Month, Window
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.cases.flow import Later, cause_tables, step_ends
from narvaro.web.cases.flow.causes import HELPS
from narvaro.web.cases.flow.hiding import hidden_in
from narvaro.web.cases.flow.reading import read_causes
from narvaro.web.cases.flow.readings import Minutes
from narvaro.web.cases.models import CauseLevel, CauseWord
from narvaro.web.cases.routines import step_of
from narvaro.web.cases.rules import named
from narvaro.web.figures.facts import facts_at
from narvaro.web.overview.flow.gathering import Flow

THREE_MONTHS = Window("rolling-months", 3)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A level, a word, whether it helps, and how many pupils; None is not shown."""

    level: str
    word: str
    helps: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class EndRow:
    """How a step ended. None is not shown; `Later` of each group tells or does not."""

    name: str
    decided: int | None
    taken_on: int | None
    closed: int | None
    later_taken_on: Later
    later_closed: Later


def cause_lines(flow: Flow, unit: Unit) -> list[CauseLine]:
    """Causes of the school year; restricted ones stand on the authority's page alone."""
    rows = read_causes(flow.authority, first=flow.year.period.from_on, last=flow.last_day)
    known = [one for one in rows if one.school in flow.schools]
    tables = cause_tables(known, flow.schools)
    place = unit.key if unit.kind == UnitKind.SCHOOL else TOTAL
    found = tables[place].counts.items() if place in tables else ()
    return [
        CauseLine(
            str(CauseLevel(name.level).label),
            str(CauseWord(name.word).label),
            name.side == HELPS,
            count,
        )
        for name, count in found
        if count != 0
    ]


def end_rows(flow: Flow, unit: Unit, *, is_inside: bool) -> list[EndRow]:
    """The year's decisions step by step, and later absence of those closed and those taken on."""
    facts = facts_at(flow.now)
    over_by = Month.holding(flow.last_day).plus(-1) if facts is None else facts.month
    judging = None if facts is None else facts.judging(window=THREE_MONTHS)

    def minutes_of(pupil: str, _school: str, month: Month) -> Minutes | None:
        if facts is None or judging is None or month not in facts.months:
            return None
        found = judging.minutes(month).get(pupil)
        return None if found is None else Minutes(*found)

    mine = [one for one in flow.cases if unit.kind != UnitKind.SCHOOL or one.school == unit.key]
    ends = step_ends(
        mine,
        flow.common,
        minutes_of,
        first=flow.year.period.from_on,
        last=flow.last_day,
        over_by=over_by,
    )
    counts = {
        (one.step, name): count
        for one in ends
        for name, count in (
            ("on", one.taken_on),
            ("closed", one.closed),
            ("other", one.decided - one.taken_on - one.closed),
        )
    }
    steps = [one.step for one in ends]
    table = cross_table("ends", rows=steps, columns=("on", "closed", "other"), counts=counts)
    hidden = frozenset() if is_inside else hidden_in(table)

    def shown(step: str, column: str, count: int) -> int | None:
        return None if Key("ends", step, column) in hidden else count

    return [
        EndRow(
            _name(flow, one.step),
            shown(one.step, TOTAL, one.decided),
            shown(one.step, "on", one.taken_on),
            shown(one.step, "closed", one.closed),
            one.later_taken_on,
            one.later_closed,
        )
        for one in ends
    ]


def _name(flow: Flow, step: str) -> str:
    known: Sequence[str] = [
        named(found.name) for one in flow.common.values() if (found := step_of(one, step))
    ]
    return known[0] if known else _("Annat steg")
