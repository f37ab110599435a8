"""Contradictions as a worklist: whom it concerns, what, when, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.people import pupil_url
from narvaro.web.figures.registration.contradicting import Conflict, Kind, conflicts_at
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.pupils.models import Pupil

WHAT = {
    Kind.PRESENT_THOUGH_NOTIFIED: _("Närvarande, men frånvaron var anmäld"),
    Kind.TWO_LESSONS_AT_ONCE: _("Två lektioner samtidigt"),
    Kind.ABSENT_AFTER_LEAVING: _("Frånvarande efter sin sista dag"),
    Kind.NO_MEMBERSHIP: _("Hör inte till lektionens grupp eller klass"),
    Kind.MINUTES_DO_NOT_ADD_UP: _("Närvaro och frånvaro blir inte lektionens tid"),
}
TO_DO = {
    Kind.PRESENT_THOUGH_NOTIFIED: _("Fråga läraren. Lärarens markering räknas tills den rättas."),
    Kind.TWO_LESSONS_AT_ONCE: _("Rätta gruppen eller schemat. Båda räknas tills dess."),
    Kind.ABSENT_AFTER_LEAVING: _("Rätta inskrivningen eller ta bort markeringarna."),
    Kind.NO_MEMBERSHIP: _("Rätta gruppen. Lektionen räknas för eleven tills dess."),
    Kind.MINUTES_DO_NOT_ADD_UP: _("Fråga läraren hur länge eleven var med."),
}


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One row of the worklist."""

    pupil: Pupil
    url: str
    what: str
    to_do: str
    first_on: date
    last_on: date
    lessons: int


def conflicts_page(viewer: Viewer, evidence: Evidence, school: Unit) -> list[ConflictRow]:
    """The worklist of a school, the newest first; of pupils the viewer may see."""
    found = conflicts_at(evidence, school.key)
    visible = Pupil.objects.named_to(viewer, "registration.contradictions")
    pupils = {one.key: one for one in visible.filter(key__in={one.pupil for one in found})}
    opened = (
        Pupil.objects.named_to(viewer, "pupils.pupil")
        if viewer.may("pupils.pupil")
        else visible.none()
    )
    may_open = set(opened.filter(key__in=list(pupils)).values_list("key", flat=True))
    urls = {key: pupil_url(pupils[key].public_id) for key in may_open}
    return [
        row_of(pupils[one.pupil], one, urls.get(one.pupil, ""))
        for one in found
        if one.pupil in pupils
    ]


def row_of(pupil: Pupil, one: Conflict, url: str) -> ConflictRow:
    """A contradiction as it stands in the list; `url` is empty for who may not open the pupil."""
    return ConflictRow(
        pupil,
        url,
        str(WHAT[one.kind]),
        str(TO_DO[one.kind]),
        one.first_on,
        one.last_on,
        one.lessons,
    )
