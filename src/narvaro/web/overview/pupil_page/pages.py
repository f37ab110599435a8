"""Frozen values for the pupil's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from narvaro.web.accounts.models import Assignment, Unit, UnitKind, on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.pupil_panels.strip import Strip, strip_of
from narvaro.web.figures.scope import page_url
from narvaro.web.pupils.models import Enrolment, Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import PUPIL_PANELS, Panel, Part

TITLES = {
    Part.HAPPENED: gettext_noop("Det som hänt"),
    Part.KNOWN: gettext_noop("Det vi vet"),
    Part.NEXT: gettext_noop("Det vi ska göra"),
}


@dataclass(frozen=True, slots=True)
class PartOfPage:
    """One of the three parts, with its panels."""

    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True, slots=True)
class PupilPage:
    """The page of one pupil. `class_unit` is what the freshness strip is about."""

    pupil: Pupil
    name: str
    lead: str
    strip: Strip | None
    parts: Sequence[PartOfPage]
    class_unit: Unit | None
    crumbs: Sequence[tuple[str, str]]


def pupil_page(viewer: Viewer, pupil: Pupil) -> PupilPage:
    """Every panel that is offered of the pupil, in its part and order."""
    units = _units(viewer, pupil)
    name = name_of(pupil)
    return PupilPage(
        pupil,
        name,
        _lead(viewer, pupil, units),
        strip_of(viewer, pupil),
        _parts(viewer, pupil),
        units.get(UnitKind.CLASS) or units.get(UnitKind.SCHOOL),
        crumbs_of(viewer, units, name),
    )


def _parts(viewer: Viewer, pupil: Pupil) -> Sequence[PartOfPage]:
    found = []
    for part in Part:
        offered = [provider for where, _order, provider in PUPIL_PANELS if where == part]
        panels = [panel for provider in offered for panel in provider(viewer, pupil)]
        if panels:
            found.append(PartOfPage(_(TITLES[part]), panels))
    return found


def place_of(viewer: Viewer, pupil: Pupil) -> Enrolment | None:
    """Where the pupil is on the viewer's day; the newest, if at two places."""
    here = Enrolment.objects.filter(on_day(viewer.today), pupil=pupil)
    return here.order_by("-from_on", "-pk").first()


def _units(viewer: Viewer, pupil: Pupil) -> dict[UnitKind, Unit]:
    """The pupil's school and class as units of the authority."""
    place = place_of(viewer, pupil)
    if place is None:
        return {}
    keys = {UnitKind.SCHOOL: place.school_key, UnitKind.CLASS: place.class_key}
    units = Unit.objects.filter(
        authority=viewer.authority, kind__in=keys, key__in=[key for key in keys.values() if key]
    )
    return {UnitKind(one.kind): one for one in units if keys[UnitKind(one.kind)] == one.key}


def _lead(viewer: Viewer, pupil: Pupil, units: dict[UnitKind, Unit]) -> str:
    """`Klass 7B. Mentor Klara Provberg. På Almskolan sedan augusti 2023.`"""
    said = []
    if pupil.is_protected:
        return _("Det du öppnar loggas med skälet du angav.")
    if UnitKind.CLASS in units:
        said.append(_("Klass %(name)s.") % {"name": units[UnitKind.CLASS].name})
        said.append(_mentor(viewer, units[UnitKind.CLASS]))
    if UnitKind.SCHOOL in units:
        said.append(_("%(school)s.") % {"school": units[UnitKind.SCHOOL].name})
    return " ".join(one for one in said if one)


def _mentor(viewer: Viewer, class_: Unit) -> str:
    held = Assignment.objects.in_force(viewer.today).filter(unit=class_, role=Role.MENTOR)
    names = [one.account.name for one in held.select_related("account") if one.account]
    return _("Mentor %(names)s.") % {"names": ", ".join(names)} if names else _("Ingen mentor.")


def crumbs_of(viewer: Viewer, units: dict[UnitKind, Unit], name: str) -> list[tuple[str, str]]:
    """The way down: school, class, pupil; links where the viewer may go."""
    above = [units[kind] for kind in (UnitKind.SCHOOL, UnitKind.CLASS) if kind in units]
    return [*((one.name, page_url(one, viewer)) for one in above), (name, "")]
