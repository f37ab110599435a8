"""What is written down while a case goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Evidence as Wanted
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.restriction import Restriction, may_open, may_read
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.no_shows import ask_how_to_go_on
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import (
    RESTRICTED_CAUSES,
    Case,
    Cause,
    CauseLevel,
    CauseWord,
    Contact,
    ContactOutcome,
    ContactWay,
    Evidence,
    EvidenceKind,
    LegalEvent,
    Note,
    Step,
    Voice,
    Whose,
)
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.pupils.models import Guardian

SHOWS = {"notify-authority": "authority-notified"}
"""Duties whose record shows that a step of the routine is done."""
MEDICAL = frozenset({Role.SCHOOL_NURSE, Role.SCHOOL_DOCTOR})


def add_note(case: Case, *, restriction: Restriction, text: str, by: Viewer, at: datetime) -> Note:
    """Write a note of a kind that the writer may read.

    A nurse or doctor is recorded as involved, without words: theirs lie in the medical record.
    """
    _check_open(case)
    if not may_read(by.role, restriction):
        raise Refused(_("Skriv en anteckning som du själv får läsa."))
    is_involvement = by.role in MEDICAL
    if is_involvement and text.strip():
        raise Refused(_("Det du vet som vårdpersonal hör hemma i journalen. Spara utan text."))
    if not is_involvement and not text.strip():
        raise Refused(_("Anteckningen är tom."))
    with transaction.atomic():
        made = Note.objects.create(
            case=case,
            restriction=restriction,
            text=text.strip(),
            is_involvement_only=is_involvement,
            by=by.account,
            role=by.role,
            at=at,
            on=by.today,
        )
        tell(case, "cases.add_note", by=by, at=at, more=(f"note:{made.public_id}",))
    return made


def add_contact(
    case: Case,
    *,
    on: date,
    way: ContactWay,
    outcome: ContactOutcome,
    by: Viewer,
    at: datetime,
    guardian: Guardian | None = None,
    note: str = "",
) -> Contact:
    """Note an attempt to reach the home, also one that nobody answered.

    After as many in a row as the routine says somebody is asked how to go on.
    """
    _check_open(case)
    _check_day(on, by)
    if guardian is not None and guardian.pupil_id != case.pupil_id:
        raise Refused(_("Vårdnadshavaren hör inte till eleven."))
    with transaction.atomic():
        made = Contact.objects.create(
            case=case,
            guardian=guardian,
            on=on,
            way=way,
            outcome=outcome,
            note=note.strip(),
            by=by.account,
            at=at,
        )
        if outcome == ContactOutcome.TALKED:
            _show(case, "contact-held", made.public_id, at=at)
        tell(case, "cases.add_contact", by=by, at=at)
        ask_how_to_go_on(case, by=by, at=at)
    return made


def add_voice(
    case: Case,
    *,
    whose: Whose,
    text: str,
    on: date,
    by: Viewer,
    at: datetime,
    guardian: Guardian | None = None,
) -> Voice:
    """Keep what the pupil or a guardian said, in their own words."""
    _check_open(case)
    _check_day(on, by)
    if not text.strip():
        raise Refused(_("Skriv vad personen sade."))
    with transaction.atomic():
        made = Voice.objects.create(
            case=case,
            whose=whose,
            guardian=guardian,
            text=text.strip(),
            on=on,
            noted_by=by.account,
            at=at,
        )
        tell(case, "cases.add_voice", by=by, at=at)
    return made


def add_cause(
    case: Case,
    *,
    level: CauseLevel,
    word: CauseWord,
    by: Viewer,
    at: datetime,
    text: str = "",
    is_protective: bool = False,
    right_to_education: str = "",
) -> Cause:
    """Note what the absence may come from, or what helps.

    An illness or an assessment elsewhere ends nothing: how the right to education is met has to
    be decided with it (P6), and only student health writes it.
    """
    _check_open(case)
    if word in RESTRICTED_CAUSES:
        if not may_open(by.role, Restriction.STUDENT_HEALTH):
            raise Refused(_("Elevhälsan eller rektor noterar den orsaken."))
        if not right_to_education.strip():
            raise Refused(_("Skriv hur eleven får sin utbildning så länge orsaken består."))
    with transaction.atomic():
        made = Cause.objects.create(
            case=case,
            level=level,
            word=word,
            text=text.strip(),
            is_protective=is_protective,
            right_to_education=right_to_education.strip(),
            by=by.account,
            on=by.today,
            at=at,
        )
        tell(case, "cases.add_cause", by=by, at=at)
    return made


def record_legal_event(case: Case, *, duty: str, on: date, by: Viewer, at: datetime) -> LegalEvent:
    """Note that a duty was done: of a report to social services only that it was, and by whom."""
    _check_day(on, by)
    with transaction.atomic():
        made = LegalEvent.objects.create(case=case, duty=duty, on=on, by=by.account, noted_at=at)
        if duty in SHOWS:
            _show(case, SHOWS[duty], made.public_id, at=at)
        tell(case, "cases.record_legal_event", by=by, at=at)
    return made


def add_evidence(
    step: Step,
    *,
    kind: EvidenceKind,
    item: str,
    by: Viewer,
    at: datetime,
    name: str = "",
    is_done: bool = False,
) -> Evidence:
    """Tie a document, a meeting or an event to a step; done when it is signed, held or noted."""
    with transaction.atomic():
        made, _is_new = Evidence.objects.get_or_create(
            step=step, kind=kind, item=item, defaults={"name": name}
        )
        if is_done and made.done_at is None:
            made.done_at = at
            made.save()
        tell(step.case, "cases.add_evidence", by=by, at=at, more=(f"step:{step.public_id}",))
    return made


def _show(case: Case, event: str, item: str, *, at: datetime) -> None:
    """A noted event is evidence of the open steps that ask for it."""
    programme = programme_of(case)
    for step in case.steps.filter(decided_at__isnull=True):
        known = step_of(programme, step.step)
        if known is not None and Wanted("event", event) in known.evidence:
            Evidence.objects.get_or_create(
                step=step,
                kind=EvidenceKind.EVENT,
                item=item,
                defaults={"name": event, "done_at": at},
            )


def _check_open(case: Case) -> None:
    if not case.is_open:
        raise Refused(_("Ärendet är avslutat. Öppna det igen för att skriva i det."))


def _check_day(on: date, by: Viewer) -> None:
    if on > by.today:
        raise Refused(_("Dagen ligger framåt i tiden."))
