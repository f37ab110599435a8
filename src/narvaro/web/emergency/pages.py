"""Frozen values for the pages of an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from narvaro.web.accounts.models import Assignment, Unit, UnitKind, on_day
from narvaro.web.accounts.roles import LEADERS, Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.emergency.models import Opening
from narvaro.web.emergency.registry import Near, near
from narvaro.web.pupils.models import Enrolment, Guardian, Protection, Pupil
from narvaro.web.pupils.pages import name_of

STAFF = (*sorted(LEADERS), Role.MENTOR)
PAGE = "emergency.page"


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """What an emergency shows: where the pupil belongs, and whom to call."""

    name: str
    school: str
    class_name: str
    guardians: Sequence[Guardian]
    some_are_left_out: bool
    staff: Sequence[Near]
    ends_at: datetime


def opened_page(viewer: Viewer, opening: Opening) -> OpenedPage:
    """Guardians who are protected, shielded or a threat are left out: the principal knows why."""
    pupil = opening.pupil
    every = pupil.guardians.order_by("family_name", "given_name", "pk")
    shown = [one for one in every if one.protection == Protection.NONE and not one.held_back]
    class_ = _class_of(viewer, pupil, opening.school)
    return OpenedPage(
        name=name_of(pupil),
        school=opening.school.name,
        class_name=class_.name if class_ else "",
        guardians=shown,
        some_are_left_out=len(shown) < len(every),
        staff=[*_staff(viewer, [opening.school, *([class_] if class_ else [])]), *near(pupil)],
        ends_at=opening.ends_at,
    )


def _class_of(viewer: Viewer, pupil: Pupil, school: Unit) -> Unit | None:
    here = Enrolment.objects.filter(on_day(viewer.today), pupil=pupil, school_key=school.key)
    keys = here.exclude(class_key="").values_list("class_key", flat=True)
    units = Unit.objects.filter(authority=viewer.authority, kind=UnitKind.CLASS, key__in=keys)
    return units.order_by("pk").first()


def _staff(viewer: Viewer, units: Sequence[Unit]) -> list[Near]:
    serving = Assignment.objects.in_force(viewer.today).filter(unit__in=units, role__in=STAFF)
    found = serving.exclude(account=None).select_related("account").order_by("-role", "pk")
    return [
        Near(one.account.name, str(Role(one.role).label), one.account.email)
        for one in found
        if one.account is not None
    ]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the second person judges: who, what was written, how often it was looked at."""

    opening: Opening
    who: str
    role: str
    pupil: str
    told: Sequence[str]
    times_read: int


def review_page(viewer: Viewer, opening: Opening) -> ReviewPage:
    """The pupil's name for who reaches the pupil; to others a short id."""
    seen = Pupil.objects.visible_to(viewer, "pupils.pupil").filter(pk=opening.pupil_id)
    number = opening.pupil.public_id[:6]
    subject = f"opening:{opening.public_id}"
    reads = Entry.objects.filter(
        action=PAGE, kind=Kind.READ, account=opening.account.public_id, at__gte=opening.opened_at
    )
    return ReviewPage(
        opening=opening,
        who=opening.account.name,
        role=str(Role(opening.assignment.role).label),
        pupil=name_of(opening.pupil) if seen.exists() else number,
        told=[one.account.name for one in opening.told.select_related("account").order_by("pk")],
        times_read=sum(subject in one.subjects for one in reads),
    )
