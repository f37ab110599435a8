"""A case day by day, each day with its source, the school days since the one before, and the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from narvaro.errors import BadRequest
from narvaro.programmes.law import duty
from narvaro.timetable import Calendar, Month, local_day
from narvaro.web.cases.duties import LONGEST
from narvaro.web.cases.models import Case, Decision, Evidence, EvidenceKind, Whose
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.words import name_of_step
from narvaro.web.inbox.models import Flag
from narvaro.web.overview.inspector.answering import INVESTIGATION, school_days
from narvaro.web.ui.lists import Fact
from narvaro.web.ui.written import month as month_words

INVESTIGATE = "investigate-promptly"


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


def happenings(case: Case, today: date, calendar: Calendar) -> list[Happening]:
    """Everything dated in a case, oldest first, with the school days in between.

    Of one day: what was learnt and shown first, then what was decided on it, then what that began.
    """
    every = sorted(_all(case, today), key=lambda one: one.on)
    found: list[Happening] = []
    for one in every:
        since = school_days(found[-1].on, one.on, calendar) if found else None
        found.append(replace(one, since=since))
    return found


def _all(case: Case, today: date) -> Iterator[Happening]:
    yield from _flags(case, today)
    yield Happening(
        case.opened_on,
        _("Ärendet öppnades"),
        _("Ärendet, öppnat av %(who)s") % _who(case.opened_by.name),
    )
    yield from _home(case, today)
    yield from _shown(case, today)
    yield from _decided(case, today)
    yield from _begun(case, today)
    yield from _owners(case, today)
    for event in case.legal_events.filter(on__lte=today).select_related("by"):
        paragraph, says, name = _law(event.duty, event.on)
        source = _("Händelse, noterad av %(who)s") % _who(event.by.name)
        yield Happening(event.on, name or event.duty, source, paragraph, says)
    if case.closed_on is not None and case.closed_on <= today and case.closed_by is not None:
        source = _("Ärendet, avslutat av %(who)s") % _who(case.closed_by.name)
        yield Happening(case.closed_on, _("Ärendet avslutades"), source)


def _home(case: Case, today: date) -> Iterator[Happening]:
    """That the home was sought and that words were noted; what was said is in the case alone."""
    for contact in case.contacts.filter(on__lte=today).select_related("by"):
        what = _("Kontakt med hemmet: %(way)s, %(outcome)s") % {
            "way": contact.get_way_display(),
            "outcome": contact.get_outcome_display(),
        }
        yield Happening(contact.on, what, _("Kontakt, noterad av %(who)s") % _who(contact.by.name))
    for voice in case.voices.filter(on__lte=today).select_related("noted_by"):
        is_pupil = voice.whose == Whose.PUPIL
        what = _("Elevens egna ord noterades") if is_pupil else _("Hemmets egna ord noterades")
        yield Happening(voice.on, what, _("Noterat av %(who)s") % _who(voice.noted_by.name))


def _shown(case: Case, today: date) -> Iterator[Happening]:
    """Documents signed and meetings held in the steps; events stand as duties."""
    programme = programme_of(case)
    forms = {one.id: named(one.name) for one in programme.forms}
    held = Evidence.objects.filter(step__case=case, done_at__isnull=False)
    for one in held.exclude(kind=EvidenceKind.EVENT).select_related("step"):
        if one.done_at is None or local_day(one.done_at) > today:
            continue
        step = name_of_step(programme, one.step.step)
        is_meeting = one.kind == EvidenceKind.MEETING
        word = _("Möte hållet: %(what)s") if is_meeting else _("Signerat: %(what)s")
        what = step if is_meeting else forms.get(one.name, step)
        source = _("Underlag i steget ”%(step)s”") % {"step": step}
        yield Happening(local_day(one.done_at), word % {"what": what}, source)


def _owners(case: Case, today: date) -> Iterator[Happening]:
    for one in case.hand_overs.select_related("to_owner"):
        if local_day(one.at) <= today:
            what = _("Ärendet lämnades över till %(who)s") % _who(one.to_owner.name)
            yield Happening(local_day(one.at), what, _("Överlämning i ärendet"))


def _flags(case: Case, today: date) -> Iterator[Happening]:
    """Flags of the case's year and before it, on the day each came in, as they stand."""
    paragraph, says, _name = _law(INVESTIGATE, case.opened_on)
    flags = Flag.objects.filter(
        pupil=case.pupil,
        authority=case.authority,
        withdrawn_at__isnull=True,
        is_for_evaluation_only=False,  # a control school was told nothing
        taken_on__range=(case.opened_on - timedelta(days=LONGEST), case.closed_on or today),
    )
    for flag in flags.filter(taken_on__lte=today).order_by("month"):
        end = Month.of(*map(int, flag.month.split("-"))).last_day
        what = _("Flaggad i avstämningen för %(month)s") % {"month": month_words(end)}
        source = _("Avstämningen %(run)s, version %(version)s") % {
            "run": flag.run,
            "version": flag.run_version,
        }
        yield Happening(flag.taken_on, what, source, paragraph, says)


def _decided(case: Case, today: date) -> Iterator[Happening]:
    programme = programme_of(case)
    for step in case.steps.filter(decided_on__lte=today).select_related("decided_by"):
        if step.decided_on is None or step.decided_by is None:
            continue
        what = _("Steget ”%(step)s” avslutades: %(decision)s") % {
            "step": name_of_step(programme, step.step),
            "decision": Decision(step.decision).label,
        }
        yield Happening(step.decided_on, what, _("Beslut av %(who)s") % _who(step.decided_by.name))


def _begun(case: Case, today: date) -> Iterator[Happening]:
    programme = programme_of(case)
    for step in case.steps.filter(began_on__lte=today).select_related("owner"):
        known = step_of(programme, step.step)
        paragraph, says, _name = _law(INVESTIGATE, step.began_on)
        if known is None or known.stage != INVESTIGATION:
            paragraph, says = (", ".join(known.law) if known else ""), ""
        yield Happening(
            step.began_on,
            _("Steget ”%(step)s” började") % {"step": name_of_step(programme, step.step)},
            _("Steg i ärendet, hos %(who)s") % _who(step.owner.name),
            paragraph,
            says,
        )


def laws_of(found: Iterable[Happening]) -> list[Fact]:
    """What the law says where it says something: a paragraph may say more than one thing."""
    said = dict.fromkeys((one.law, one.law_says) for one in found if one.law_says)
    return [Fact(law, says) for law, says in said]


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
