"""A case day by day, each day with its source, the school days since the one before, and the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from narvaro.errors import BadRequest
from narvaro.programmes.law import duty
from narvaro.timetable import Calendar, Month, Period
from narvaro.web.cases.models import Case, Decision
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import named
from narvaro.web.inbox.models import Flag
from narvaro.web.ui.written import month as month_words

INVESTIGATE, NOTIFY = "investigate-promptly", "notify-authority"
INVESTIGATION = "investigation"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day: what, by whom, where the day is known from, and the law beside it.

    `since` is school days since the one before; None for the first. `law` is the paragraph.
    """

    on: date
    what: str
    source: str
    law: str = ""
    law_says: str = ""
    since: int | None = None


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


def happenings(case: Case, today: date, calendar: Calendar) -> list[Happening]:
    """Everything dated in a case, oldest first, with the school days in between."""
    every = sorted(_all(case, today), key=lambda one: one.on)
    found: list[Happening] = []
    for one in every:
        since = school_days(found[-1].on, one.on, calendar) if found else None
        found.append(replace(one, since=since))
    return found


def answers(case: Case, today: date) -> Answers:
    """When the school knew, acted, began the investigation, and told the authority."""
    month_ends = [one.on for one in _flags(case, today)]
    contacts = case.contacts.filter(on__lte=today).values_list("on", flat=True)
    programme = programme_of(case)
    investigated = [
        step.began_on
        for step in case.steps.filter(began_on__lte=today)
        if (known := step_of(programme, step.step)) and known.stage == INVESTIGATION
    ]
    told = case.legal_events.filter(duty=NOTIFY, on__lte=today).values_list("on", flat=True)
    return Answers(
        min([*month_ends, case.opened_on]),
        min([*contacts, case.opened_on]),
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


def _all(case: Case, today: date) -> Iterator[Happening]:
    yield from _flags(case, today)
    yield Happening(
        case.opened_on,
        _("Ärendet öppnades"),
        _("Ärendet, öppnat av %(who)s") % _who(case.opened_by.name),
    )
    for contact in case.contacts.filter(on__lte=today).select_related("by"):
        what = _("Kontakt med hemmet: %(way)s, %(outcome)s") % {
            "way": contact.get_way_display(),
            "outcome": contact.get_outcome_display(),
        }
        yield Happening(contact.on, what, _("Kontakt, noterad av %(who)s") % _who(contact.by.name))
    yield from _steps(case, today)
    for event in case.legal_events.filter(on__lte=today).select_related("by"):
        paragraph, says, name = _law(event.duty, event.on)
        source = _("Händelse, noterad av %(who)s") % _who(event.by.name)
        yield Happening(event.on, name or event.duty, source, paragraph, says)
    if case.closed_on is not None and case.closed_on <= today and case.closed_by is not None:
        source = _("Ärendet, avslutat av %(who)s") % _who(case.closed_by.name)
        yield Happening(case.closed_on, _("Ärendet avslutades"), source)


def _flags(case: Case, today: date) -> Iterator[Happening]:
    """Flags of the pupil from the school year before the case was opened, as they stand."""
    paragraph, says, _name = _law(INVESTIGATE, case.opened_on)
    flags = Flag.objects.filter(
        pupil=case.pupil, withdrawn_at__isnull=True, taken_on__lte=today
    ).order_by("month")
    for flag in flags:
        end = Month.of(*map(int, flag.month.split("-"))).last_day
        if (case.opened_on - end).days > LONGEST or (case.closed_on and end > case.closed_on):
            continue
        what = _("Flaggad i avstämningen för %(month)s") % {"month": month_words(end)}
        source = _("Avstämningen %(run)s, version %(version)s") % {
            "run": flag.run,
            "version": flag.run_version,
        }
        yield Happening(end, what, source, paragraph, says)


LONGEST = 366
"""Days before a case was opened that a flag still belongs to the question of when it was known."""


def _steps(case: Case, today: date) -> Iterator[Happening]:
    programme = programme_of(case)
    for step in case.steps.filter(began_on__lte=today).select_related("owner", "decided_by"):
        known = step_of(programme, step.step)
        name = named(known.name) if known else step.step
        paragraph, says, _name = _law(INVESTIGATE, step.began_on)
        if known is None or known.stage != INVESTIGATION:
            paragraph, says = (", ".join(known.law) if known else ""), ""
        yield Happening(
            step.began_on,
            _("Steget ”%(step)s” började") % {"step": name},
            _("Steg i ärendet, hos %(who)s") % _who(step.owner.name),
            paragraph,
            says,
        )
        if step.decided_on is None or step.decided_on > today or step.decided_by is None:
            continue
        what = _("Steget ”%(step)s” avslutades: %(decision)s") % {
            "step": name,
            "decision": Decision(step.decision).label,
        }
        yield Happening(step.decided_on, what, _("Beslut av %(who)s") % _who(step.decided_by.name))


def restricted(case: Case, today: date) -> list[tuple[date, str]]:
    """Notes that are not shown: only the day and the profession."""
    notes = case.notes.exclude(restriction="ordinary").filter(on__lte=today)
    return [(one.on, one.get_role_display()) for one in notes]


def _law(duty_id: str, on: date) -> tuple[str, str, str]:
    """Paragraph, text and name of a duty as it read on a day; empty when it did not hold."""
    try:
        found = duty(duty_id, on)
    except BadRequest:
        return "", "", ""
    return found.paragraph, named(found.text), named(found.name)


def _who(name: str) -> dict[str, str]:
    return {"who": name}
