"""The school a document is kept at."""

from __future__ import annotations

from narvaro.web.accounts.models import Unit, UnitKind, on_day
from narvaro.web.accounts.tree import raised
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil


def school_of(pupil: Pupil, viewer: Viewer) -> Unit | None:
    """The school that the pupil is enrolled at on the viewer's day."""
    key = pupil.enrolments.filter(on_day(viewer.today)).values_list("school_key", flat=True).first()
    schools = Unit.objects.filter(authority=pupil.authority, kind=UnitKind.SCHOOL)
    return schools.filter(key=key).first() if key else None


def schools_of(viewer: Viewer, action: str) -> list[Unit]:
    """The schools that the viewer can keep a document at, by name."""
    units = Unit.objects.filter(pk__in=viewer.reach(action).unit_ids)
    raised_ones = {raised(one, UnitKind.SCHOOL, on=viewer.today).pk for one in units}
    found = Unit.objects.filter(pk__in=raised_ones, kind=UnitKind.SCHOOL)
    return list(found.filter(authority=viewer.authority).order_by("name"))
