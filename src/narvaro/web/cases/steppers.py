"""The way of a case through its routine: done, now, to come."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.programmes import Step as Known
from narvaro.programmes.wording_of_steps import deadline_in_words, role_in_words
from narvaro.timetable import Calendar
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.rules import named
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.words import decided_in_words, name_of_step, time_left
from narvaro.web.ui import lists, written


def stepper_of(case: Case, programme: Programme, viewer: Viewer) -> list[lists.Step]:
    """How the case began, then the routine's steps; those of no stage only when the case took them."""
    taken: dict[str, Step] = {}
    for one in case.steps.select_related("owner", "decided_by"):
        taken[one.step] = one  # in order of time: an open one is the last of its kind
    calendar = calendar_of(case.school, viewer.now)
    way = [one for one in programme.steps if one.stage or one.id in taken]
    gone = [one for one in taken if one not in {known.id for known in way}]
    begun = lists.Step(
        _("Uppmärksammad"),
        "done",
        [
            _first_capital(case.get_opened_because_display()),
            _first_capital(written.day(case.opened_on)),
        ],
    )
    known = [_shown(one, taken.get(one.id), programme, viewer, calendar) for one in way]
    strange = [_taken(taken[one], programme, viewer, calendar) for one in gone]
    return [begun, *known, *strange]


def _shown(
    known: Known, row: Step | None, programme: Programme, viewer: Viewer, calendar: Calendar
) -> lists.Step:
    if row is None:
        lines = [named(role_in_words(known.owner)), named(deadline_in_words(known))]
        return lists.Step(named(known.name), "later", [_first_capital(one) for one in lines])
    return _taken(row, programme, viewer, calendar)


def _taken(row: Step, programme: Programme, viewer: Viewer, calendar: Calendar) -> lists.Step:
    state = "now" if row.is_open else "done"
    lines = list(_lines(row, programme, viewer, calendar))
    return lists.Step(name_of_step(programme, row.step), state, lines)  # type: ignore[arg-type]


def _lines(row: Step, programme: Programme, viewer: Viewer, calendar: Calendar) -> Iterator[str]:
    if row.is_open:
        yield row.owner.name
        left = time_left(row.due_on, viewer.today, calendar)
        yield f"{written.day(row.due_on).capitalize()}, {left}" if row.due_on else left
    elif row.decided_on is not None and row.decided_by is not None:
        yield row.decided_by.name
        yield written.day(row.decided_on).capitalize()
        yield decided_in_words(programme, row)


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
