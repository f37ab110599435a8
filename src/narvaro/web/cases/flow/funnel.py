"""How far pupils come in the routine, stage by stage, and how long it takes (A-R-37, A-R-44)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.programmes import STAGES
from narvaro.timetable import SchoolYear
from narvaro.web.cases.flow.acting import Deed, Done, first_action
from narvaro.web.cases.flow.days import DayCounts
from narvaro.web.cases.flow.fidelity import Common, chains
from narvaro.web.cases.flow.rows import CaseRow, FlagRow

FLAGGED, NOTIFIED = "flagged", "notified"


@dataclass(frozen=True, slots=True)
class PupilYear:
    """A pupil in a school year: the first day of each stage reached.

    `threshold_on` is the first month end flagged, `first_action_on` the first action (`acting`).
    `is_handled`: somebody answered a flag, opened a case or did something else.
    """

    pupil: str
    school: str
    reached: Mapping[str, date]
    threshold_on: date | None
    first_action_on: date | None
    is_waiting: bool
    is_late: bool
    is_handled: bool


@dataclass(frozen=True, slots=True)
class StageCount:
    """Pupils who reached a stage, those of them who reached the next, and the days in between.

    `days` are school days from the one to the other, lowest first, of those who came in order.
    `next_stage` is empty for the last.
    """

    stage: str
    reached: int
    next_stage: str
    went_on: int
    days: tuple[int, ...]


def pupil_years(
    flags: Iterable[FlagRow], cases: Iterable[CaseRow], year: SchoolYear, common: Common
) -> list[PupilYear]:
    """Every pupil flagged, or of whom a case was opened, in a school year.

    A case that was opened before the year counts when it was open at the pupil's first flag of
    the year, and no other was opened in it.
    """
    mine: defaultdict[str, list[FlagRow]] = defaultdict(list)
    for flag in flags:
        if year.period.holds(flag.month_end):
            mine[flag.pupil].append(flag)
    opened: defaultdict[str, list[CaseRow]] = defaultdict(list)
    earlier: defaultdict[str, list[CaseRow]] = defaultdict(list)
    for case in cases:
        where = opened if year.period.holds(case.opened_on) else earlier
        where[case.pupil].append(case)
    return [
        _pupil_year(
            pupil, mine[pupil], opened[pupil] or _going_on(earlier[pupil], mine[pupil]), common
        )
        for pupil in sorted({*mine, *opened})
    ]


def _going_on(cases: Iterable[CaseRow], flags: Sequence[FlagRow]) -> list[CaseRow]:
    first = min(one.month_end for one in flags)
    return [
        one
        for one in cases
        if one.opened_on <= first and (one.closed_on is None or one.closed_on >= first)
    ]


def _pupil_year(
    pupil: str, flags: Sequence[FlagRow], cases: Sequence[CaseRow], common: Common
) -> PupilYear:
    threshold = min((one.month_end for one in flags), default=None)
    reached = _reached(cases, common)
    known = [threshold, *(one.opened_on for one in cases)]
    reached[FLAGGED] = min(day for day in known if day is not None)
    done = [
        *(Done(Deed.ANSWERED, one.answered_on) for one in flags),
        *(found for one in cases for found in _done(one)),
    ]
    newest = max(flags, key=lambda one: one.month_end, default=None)
    return PupilYear(
        pupil,
        cases[-1].school if cases else newest.school if newest else "",
        reached,
        threshold,
        first_action(done),
        any(one.is_waiting for one in flags),
        any(one.is_late for one in flags),
        any(one.on is not None for one in done),
    )


def _done(case: CaseRow) -> Iterator[Done]:
    yield Done(Deed.OPENED, case.opened_on)
    yield Done(Deed.CONTACT, case.first_contact_on)
    yield Done(Deed.OWN_WORDS, case.first_words_on)
    yield Done(Deed.DOCUMENT, case.first_document_on)
    yield Done(Deed.MEETING, case.first_meeting_on)
    for step in case.steps:
        yield Done(Deed.DECISION, step.decided_on)


def _reached(cases: Iterable[CaseRow], common: Common) -> dict[str, date]:
    reached: dict[str, date] = {}
    for case in cases:
        for stage, day in _stages(case, common):
            reached[stage] = min(day, reached.get(stage, day))
    return reached


def _stages(case: CaseRow, common: Common) -> Iterator[tuple[str, date]]:
    """A stage is reached when its step begins; who is to be notified is so when it was done."""
    known = {one.id: one for one in common[case.routine].steps}
    for chain in chains(case.steps):
        step = known.get(chain.first.step)
        if step is None:
            continue
        told_on = case.notified_on or chain.done_on
        day = told_on if step.stage == NOTIFIED else chain.first.began_on
        if step.stage and day is not None:
            yield step.stage, day
        if step.stage_when_done and chain.done_on is not None:
            yield step.stage_when_done, chain.done_on
    if case.notified_on is not None:
        yield NOTIFIED, case.notified_on


def funnel(pupils: Sequence[PupilYear], days: DayCounts) -> tuple[StageCount, ...]:
    """Counts, who went on, and the school days it took, of each stage."""
    return tuple(
        _stage(stage, following, pupils, days)
        for stage, following in zip(STAGES, (*STAGES[1:], ""), strict=True)
    )


def _stage(stage: str, following: str, pupils: Sequence[PupilYear], days: DayCounts) -> StageCount:
    there = [one for one in pupils if stage in one.reached]
    on = [one for one in there if following in one.reached]
    taken = [
        days.between(one.school, one.reached[stage], one.reached[following])
        for one in on
        if one.reached[stage] <= one.reached[following]
    ]
    return StageCount(stage, len(there), following, len(on), tuple(sorted(taken)))


def days_to_first_action(pupils: Iterable[PupilYear], days: DayCounts) -> tuple[int, ...]:
    """School days from the first flag's month end to the first action, lowest first.

    Nothing done yet counts nowhere; something done before the flag is no wait at all. A case
    that was opened, or a flag that was answered, is no action yet.
    """
    return tuple(
        sorted(
            days.between(one.school, one.threshold_on, one.first_action_on)
            for one in pupils
            if one.threshold_on is not None and one.first_action_on is not None
        )
    )
