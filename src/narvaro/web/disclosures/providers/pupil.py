"""The pupil's school, absence and guardians, as another authority is told of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit, UnitKind, on_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.disclosures.content import Part, Shown
from narvaro.web.documents.known import figures_known
from narvaro.web.pupils.models import Enrolment, Guardian, HeldBack, Pupil


def school(pupil: Pupil, _case: Case | None, viewer: Viewer) -> Shown | None:
    """The school and class of today; nothing of a pupil whose identity is protected."""
    here = _enrolled(pupil, viewer)
    if here is None or pupil.is_protected:
        return None
    names = [
        unit.name
        for kind, key in ((UnitKind.SCHOOL, here.school_key), (UnitKind.CLASS, here.class_key))
        if (unit := _unit(pupil, kind, key)) is not None
    ]
    return Shown((Part("", (", ".join(names),)),)) if names else None


def attendance(pupil: Pupil, _case: Case | None, viewer: Viewer) -> Shown | None:
    """The share, the pattern and the weekdays, with the day they hold to; no reasons of absences."""
    here = _enrolled(pupil, viewer)
    at = None if here is None else _unit(pupil, UnitKind.SCHOOL, here.school_key)
    if at is None:
        return None
    known = figures_known(viewer, pupil, at)
    values = known.values
    found = []
    if share := values.get("figures.share"):
        found.append(Part("", tuple(str(one) for one in share if one)))
    if pattern := values.get("figures.pattern"):
        found.append(Part(_("Mönster"), tuple(str(pattern).split("\n"))))
    if weekdays := values.get("figures.weekdays"):
        rows = tuple((str(day), str(percent)) for day, percent in weekdays)
        found.append(Part(_("Missad tid per dag"), (), (_("Dag"), _("Procent")), rows))
    return Shown(tuple(found), known.data_at) if found else None


def contact(pupil: Pupil, _case: Case | None, _viewer: Viewer) -> Shown | None:
    """How guardians are reached; nothing of one who is protected, shielded or a threat."""
    lines = tuple(_reached(pupil))
    return Shown((Part("", lines),)) if lines else None


def may_be_told_of(guardian: Guardian) -> bool:
    """Neither protected nor held back: a thing told of them puts nobody in danger."""
    return not guardian.is_protected and guardian.held_back == HeldBack.NO


def _reached(pupil: Pupil) -> Iterator[str]:
    for one in pupil.guardians.order_by("family_name", "given_name", "pk"):
        if may_be_told_of(one) and one.contact:
            yield f"{one.given_name} {one.family_name}".strip() + f": {one.contact}"


def _enrolled(pupil: Pupil, viewer: Viewer) -> Enrolment | None:
    return pupil.enrolments.filter(on_day(viewer.today)).order_by("-from_on", "pk").first()


def _unit(pupil: Pupil, kind: UnitKind, key: str) -> Unit | None:
    return Unit.objects.filter(authority=pupil.authority_id, kind=kind, key=key).first()
