"""What was done for the pupil: steps of a case and support, by the ledger's own events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from narvaro.timetable import Period
from narvaro.web.figures.facts import Event
from narvaro.web.figures.pupil_panels.fetching import PupilFacts
from narvaro.web.ui.charts import DoneMark
from narvaro.web.ui.written import language

_NAMES = {
    "conversation": gettext_noop("samtal med hemmet"),
    "student-health": gettext_noop("elevhälsoteamet"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """Something begun or done, for the timeline; `number` is its diamond's in the chart, or 0."""

    on: date
    what: str
    kind: str
    number: int
    due_on: date | None
    done_on: date | None


def done_marks(pupil: PupilFacts, period: Period) -> Sequence[DoneMark]:
    """What was done within a period, numbered in order."""
    return [DoneMark(one.on, one.number, one.what) for one in timeline(pupil, period) if one.number]


def timeline(pupil: PupilFacts, period: Period) -> Sequence[Done]:
    """Every event, in order; those in the period are numbered as in the chart.

    A step of a case counts from the day it was done, while it is open from the day it was begun.
    """
    numbers = count(1)
    every = [
        (one.done_on if one.kind == "case" and one.done_on else one.begun_on, one)
        for one in pupil.events
    ]
    return [
        Done(
            on,
            name_of(pupil, one),
            one.kind,
            next(numbers) if period.holds(on) and is_done(one) else 0,
            one.due_on,
            one.done_on,
        )
        for on, one in sorted(every, key=lambda pair: (pair[0], pair[1].what))
    ]


def is_done(one: Event) -> bool:
    """Support that was begun, or a step that was done: an open step is not yet something done."""
    return one.kind == "support" or one.done_on is not None


def name_of(pupil: PupilFacts, one: Event) -> str:
    """The step's name in its programme, or the word of the event itself."""
    steps = {step.id: step for programme in pupil.facts.programmes for step in programme.steps}
    found = steps.get(one.what) if one.kind == "case" else None
    if found is not None:
        return found.name.en if language() == "en" else found.name.sv
    said = _(_NAMES[one.what]) if one.what in _NAMES else one.what.replace("-", " ")
    return said.capitalize()


def open_step(pupil: PupilFacts) -> Event | None:
    """The step that waits for somebody: the one due first."""
    waiting = [one for one in pupil.events if one.kind == "case" and one.done_on is None]
    return min(waiting, key=lambda one: (one.due_on or date.max, one.begun_on), default=None)
