"""The inspector's four questions of a case, answered by days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.timetable import Calendar, Period
from narvaro.web.cases.duties import first_done, first_flag
from narvaro.web.cases.models import Case, Cases
from narvaro.web.cases.routines import programme_of, step_of

NOTIFY = "notify-authority"
INVESTIGATION = "investigation"


@dataclass(frozen=True, slots=True)
class Answers:
    """The inspector's four questions as days; None: not yet, or nobody noted it."""

    known_on: date | None
    acted_on: date | None
    investigated_on: date | None
    notified_on: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """School days from one answer to the next; None while one of them is missing."""

    question: str
    on: date | None
    days: int | None


def answers(case: Case, today: date) -> Answers:
    """When the school knew, acted, began the investigation, and told the authority."""
    (found,) = answers_of(Case.objects.filter(pk=case.pk), today)
    return found


def answers_of(cases: Cases, today: date) -> list[Answers]:
    """The same of many cases; what they rest on is asked for once for all of them."""
    found = cases.select_related("pupil", "routine", "adaptation__routine").prefetch_related(
        "contacts", "voices", "steps__evidence", "legal_events", "pupil__flags"
    )
    return [_answers(one, today) for one in found]


def _answers(case: Case, today: date) -> Answers:
    flagged = first_flag(case, today)
    programme = programme_of(case)
    investigated = [
        step.began_on
        for step in case.steps.all()
        if step.began_on <= today
        and (known := step_of(programme, step.step))
        and known.stage == INVESTIGATION
    ]
    told = [one.on for one in case.legal_events.all() if one.duty == NOTIFY and one.on <= today]
    return Answers(
        min(flagged or case.opened_on, case.opened_on),
        first_done(case.contacts.all(), case.voices.all(), case.steps.all(), today),
        min(investigated, default=None),
        min(told, default=None),
    )


def spans(found: Answers, calendar: Calendar) -> list[Span]:
    """The four questions in order, each with the school days since the last one that has a day."""
    said = (
        (_("När visste ni?"), found.known_on),
        (_("När gjorde ni något?"), found.acted_on),
        (_("När började utredningen?"), found.investigated_on),
        (_("När fick huvudmannen veta?"), found.notified_on),
    )
    rows: list[Span] = []
    before: date | None = None
    for question, on in said:
        days = school_days(before, on, calendar) if before and on else None
        rows.append(Span(question, on, days))
        before = on or before
    return rows


def school_days(first: date, last: date, calendar: Calendar) -> int:
    """School days after the first day, the last one included; 0 when it is not later."""
    if last <= first:
        return 0
    every = sum(1 for _day in calendar.school_days(Period(first, last)))
    return every - calendar.is_school_day(first)
