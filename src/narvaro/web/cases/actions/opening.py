"""A case is opened by a person, and opened again by one."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.beginning import begin_step
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Case, Compartment, OpenedBecause
from narvaro.web.cases.people import cannot_be_given, person_at, school_of
from narvaro.web.cases.routines import (
    adaptation_of,
    adapted_by,
    common_of,
    first_step,
    routine_in_force,
    step_of,
)
from narvaro.web.pupils.models import Enrolment, Pupil

PRESCHOOL = "preschool"


def open_case(
    pupil: Pupil,
    *,
    because: OpenedBecause,
    by: Viewer,
    at: datetime,
    words: str = "",
    step: str = "",
    owner: Account | None = None,
    reopens: Case | None = None,
) -> Case:
    """Open a pupil's case at the first step of the routine in force, or at another.

    The owner is who answers for the step, unless somebody is named. Raises Refused when the
    pupil is enrolled nowhere, when nobody can own it, and when a case is open already.
    """
    day = by.today
    school = school_of(pupil, day)
    if school is None:
        raise Refused(_("Eleven är inte inskriven på någon skola i dag."))
    if Case.objects.still_open().filter(pupil=pupil, authority=pupil.authority).exists():
        raise Refused(_("Eleven har redan ett öppet ärende. Fortsätt i det."))
    routine = routine_in_force(day, at=at)
    adaptation = adaptation_of(school, routine, day)
    programme = adapted_by(adaptation) if adaptation else common_of(routine)
    begins = step or first_step(programme)
    try:
        with transaction.atomic():
            case = Case.objects.create(
                pupil=pupil,
                authority=pupil.authority,
                school=school,
                owner=owner or _owner(programme, begins, pupil, school, by),
                routine=routine,
                adaptation=adaptation,
                compartment=_compartment(pupil, school),
                opened_at=at,
                opened_on=day,
                opened_by=by.account,
                opened_because=because,
                opening_words=words,
                reopens=reopens,
            )
            if owner is not None and (wrong := cannot_be_given(owner, case, day)):
                raise Refused(" ".join(wrong))
            begin_step(case, begins, by=by, at=at, owner=owner)
            tell(case, "cases.open", by=by, at=at)
    except IntegrityError as second:
        raise Refused(_("Någon annan öppnade ett ärende för eleven alldeles nyss.")) from second
    return case


def reopen(case: Case, *, why: str, version: int, by: Viewer, at: datetime) -> Case:
    """Open a closed case again, at the first step of the routine it followed.

    A new case is opened, so that the old one's history stands as it was. Raises Refused when
    the case is open, or another is.
    """
    if case.is_open:
        raise Refused(_("Ärendet är redan öppet."))
    if case.version != version:
        raise ChangedMeanwhile("the case was changed by somebody else")
    if not why.strip():
        raise Refused(_("Skriv varför ärendet öppnas igen."))
    with transaction.atomic():
        locked(Case.objects.all(), case.pk, version=version)
        made = open_case(
            case.pupil, because=OpenedBecause.STAFF, words=why, reopens=case, by=by, at=at
        )
        tell(made, "cases.reopen", by=by, at=at, more=(f"case:{case.public_id}",))
    return made


def _owner(programme: Programme, step: str, pupil: Pupil, school: Unit, by: Viewer) -> Account:
    known = step_of(programme, step)
    if known is None:
        raise Refused(_("Rutinen har inget sådant steg."))
    return person_at(known.owner, pupil, school, by.today)


def _compartment(pupil: Pupil, school: Unit) -> Compartment:
    here = Enrolment.objects.filter(pupil=pupil, school_key=school.key).order_by("from_on").last()
    is_preschool = here is not None and here.grade == PRESCHOOL
    return Compartment.PRESCHOOL if is_preschool else Compartment.SCHOOL
