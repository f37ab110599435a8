"""What the law asks about in a case: when did you know, what did you do, when was it reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes.law import Duty, duties_on, read_law
from narvaro.timetable import Calendar, local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.flow.acting import Deed, Done
from narvaro.web.cases.flow.acting import first_action as first_of
from narvaro.web.cases.models import Case, Compartment, Contact, EvidenceKind, Step, Voice
from narvaro.web.cases.registry import flags_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.school_days import calendar_of, school_days_late
from narvaro.web.cases.words import time_left
from narvaro.web.ui import written
from narvaro.web.ui.lists import Fact

RECORDED = ("special-support", "notify-authority", "notify-home-municipality", "order", "fine")
"""Duties about compulsory attendance that a case records; an order and a fine only once made."""
PERSONAL = "concern-report"
INVESTIGATION = "investigation"
NOTIFICATION = "notification"
SHOWN = {
    EvidenceKind.FORM: Deed.DOCUMENT,
    EvidenceKind.MEETING: Deed.MEETING,
    EvidenceKind.EVENT: Deed.EVENT,
}
LONGEST = 366
"""Days before a case was opened that a flag still belongs to the question of when it was known."""


def name_of_duty(duty: str, day: date) -> str:
    """The duty's name on a day; its id when the law has none such then."""
    known = [one for one in read_law().duties if one.id == duty]
    held = [one for one in known if one.holds(day)] or known
    return named(held[0].name) if held else duty


def duties_to_note(case: Case, viewer: Viewer) -> list[Duty]:
    """Duties that somebody can note as done in a case: the personal one alone for some roles."""
    wanted = {PERSONAL}
    if case.compartment == Compartment.SCHOOL and viewer.may("cases.law_of_school"):
        wanted |= set(RECORDED)
    return [one for one in duties_on(viewer.today) if one.id in wanted]


def asked_by_law(case: Case, viewer: Viewer) -> list[Fact]:
    """First flag, first action, and each duty with its clock or the day it was done.

    Of a preschool child nothing about compulsory attendance is asked.
    """
    calendar = calendar_of(case.school, viewer.now)
    facts = [] if case.compartment == Compartment.PRESCHOOL else _known(case, viewer, calendar)
    return [*facts, *_recorded(case, viewer)]


def _known(case: Case, viewer: Viewer, calendar: Calendar) -> list[Fact]:
    knew = first_flag(case, viewer.today)
    since = knew or case.opened_on
    acted = first_action(case, viewer.today)
    return [
        Fact(
            _("Första flaggan"),
            written.dated_day(knew, viewer.today) if knew else _("Ingen flagga"),
        ),
        Fact(_("Första åtgärd"), _acted(acted, since, viewer, calendar)),
        Fact(_("Utredning"), _investigated(case, viewer, calendar)),
        Fact(_("Huvudmannen"), _notified(case, viewer, calendar)),
    ]


def first_flag(case: Case, today: date) -> date | None:
    """The day the first flag came in that belongs to the case: at most a year before it opened."""
    days = [one.on for one in flags_of(case) if not one.is_withdrawn and one.on <= today]
    return min((day for day in days if (case.opened_on - day).days <= LONGEST), default=None)


def first_action(case: Case, today: date) -> date | None:
    """The first day somebody did something: a contact, words noted, a document signed, a decision.

    To open the case is not yet to do something for the pupil.
    """
    return first_done(
        case.contacts.all(), case.voices.all(), case.steps.prefetch_related("evidence"), today
    )


def first_done(
    contacts: Iterable[Contact], voices: Iterable[Voice], steps: Iterable[Step], today: date
) -> date | None:
    """The same, of what was fetched already; steps with their evidence."""
    known = list(steps)
    done = [
        *(Done(Deed.CONTACT, one.on) for one in contacts),
        *(Done(Deed.OWN_WORDS, one.on) for one in voices),
        *(Done(Deed.DECISION, one.decided_on) for one in known),
        *(
            Done(SHOWN[EvidenceKind(one.kind)], local_day(one.done_at))
            for step in known
            for one in step.evidence.all()
            if one.done_at is not None
        ),
    ]
    return first_of(one for one in done if one.on is not None and one.on <= today)


def _acted(acted: date | None, since: date, viewer: Viewer, calendar: Calendar) -> str:
    if acted is None:
        gone = school_days_late(since, viewer.today, calendar)
        return ngettext(
            "Ingen än, %(n)s skoldag har gått", "Ingen än, %(n)s skoldagar har gått", gone
        ) % {"n": gone}
    between = school_days_late(since, acted, calendar)
    days = ngettext("%(n)s skoldag", "%(n)s skoldagar", between) % {"n": between}
    return f"{written.dated_day(acted, viewer.today)}, {days}"


def _investigated(case: Case, viewer: Viewer, calendar: Calendar) -> str:
    step = case.steps.filter(step=INVESTIGATION).order_by("began_on", "pk").first()
    if step is None:
        return _("Inte påbörjad")
    began = _("Påbörjad %(day)s") % {"day": written.dated_day(step.began_on, viewer.today)}
    if step.decided_on is not None:
        return _("%(began)s, avslutad %(day)s") % {
            "began": began,
            "day": written.dated_day(step.decided_on, viewer.today),
        }
    return f"{began}, {time_left(step.due_on, viewer.today, calendar)}"


def _notified(case: Case, viewer: Viewer, calendar: Calendar) -> str:
    done = case.legal_events.filter(duty="notify-authority").order_by("on").first()
    if done is not None:
        return _("Anmäld %(day)s") % {"day": written.dated_day(done.on, viewer.today)}
    step = case.steps.filter(step=NOTIFICATION, decided_on=None).first()
    if step is None:
        return _("Anmäls när utredning påbörjas")
    return _("Ska anmälas: %(left)s") % {"left": time_left(step.due_on, viewer.today, calendar)}


def _recorded(case: Case, viewer: Viewer) -> Iterator[Fact]:
    for one in case.legal_events.exclude(duty="notify-authority").select_related("by"):
        said = f"{written.dated_day(one.on, viewer.today)}, {one.by.name}"
        yield Fact(name_of_duty(one.duty, one.on), said)
