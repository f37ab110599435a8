"""Frozen values for the pages of pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit, UnitKind, on_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Enrolment, Pupil
from narvaro.web.ui.sorting import sort_key


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil in a list. A protected one has a neutral name and no class."""

    public_id: str
    name: str
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class ClassOfPupils:
    """A class and those in it."""

    name: str
    school: str
    public_id: str
    pupils: Sequence[PupilRow]


def name_of(pupil: Pupil) -> str:
    """The name in a list: neutral for a protected pupil, a number for one without a name."""
    if pupil.is_protected:
        return _("Elev med skyddade uppgifter")
    return pupil.name or _("Elev %(number)s") % {"number": pupil.public_id[:6]}


def row_of(pupil: Pupil) -> PupilRow:
    """The pupil as a row of a list."""
    return PupilRow(pupil.public_id, name_of(pupil), pupil.is_protected)


def by_class(viewer: Viewer, pupils: Iterable[Pupil]) -> list[ClassOfPupils]:
    """The pupils in their classes on the viewer's day, classes and names in Swedish order.

    Protected pupils stand last and by themselves, so that no class can be told from the list.
    """
    listed = list(pupils)
    classes = _classes_of(viewer, listed)
    units = {
        one.key: one for one in Unit.objects.filter(kind=UnitKind.CLASS, key__in=classes.values())
    }
    schools = _schools(units.values())
    groups: dict[str, list[Pupil]] = defaultdict(list)
    for one in listed:
        groups["" if one.is_protected else classes.get(one.pk, "")].append(one)
    made = [
        ClassOfPupils(
            name=units[key].name if key in units else "",
            school=schools.get(key.partition("/")[0], "") if key else "",
            public_id=units[key].public_id if key in units else "",
            pupils=[row_of(one) for one in members],
        )
        for key, members in groups.items()
    ]
    return sorted(made, key=lambda one: (not one.name, sort_key(one.school), sort_key(one.name)))


def _classes_of(viewer: Viewer, pupils: Sequence[Pupil]) -> dict[int, str]:
    here = Enrolment.objects.filter(on_day(viewer.today), pupil__in=pupils).exclude(class_key="")
    return dict(here.values_list("pupil", "class_key"))


def _schools(classes: Iterable[Unit]) -> dict[str, str]:
    keys = {one.key.partition("/")[0] for one in classes}
    named = Unit.objects.filter(kind=UnitKind.SCHOOL, key__in=keys).values_list("key", "name")
    return dict(named)
