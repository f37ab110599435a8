"""A pupil opened in an emergency, and its review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from tests.web.conftest import LONG_AGO
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment, Unit, UnitKind
from narvaro.web.emergency.models import Opening, Why
from narvaro.web.pupils.models import Enrolment, Pupil


def opening(town: MatrixTown, whose: Assignment) -> Opening:
    """Somebody has opened a pupil a moment ago; a viewer's is of the viewer's own authority."""
    assert whose.account is not None
    pupil, school = town.pupil, town.units[SCHOOL]
    if whose.unit.authority != town.authority:
        school = Unit.objects.create(
            authority=whose.unit.authority, kind=UnitKind.SCHOOL, name="Egna", key="egna"
        )
        pupil = Pupil.objects.create(authority=school.authority, key="egen")
        Enrolment.objects.create(pupil=pupil, school_key="egna", from_on=LONG_AGO)
    return Opening.objects.create(
        pupil=pupil,
        school=school,
        account=whose.account,
        assignment=whose,
        why=Why.MISSING,
        words="Eleven kom inte tillbaka.",
        opened_at=datetime.now(UTC) - timedelta(minutes=1),
    )


def emergency(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("emergency"))


def page(town: MatrixTown, whose: Assignment) -> Call:
    made = opening(town, whose)
    return Call(reverse("emergency_page", args=[made.public_id]))


def reviews(town: MatrixTown, _whose: Assignment) -> Call:
    shown = opening(town, town.colleague).public_id
    return Call(reverse("emergency_reviews"), at=SCHOOL, shows=shown)


def review(town: MatrixTown, _whose: Assignment) -> Call:
    made = opening(town, town.colleague)
    return Call(reverse("emergency_review", args=[made.public_id]), at=SCHOOL)


ADDRESSES: Addresses = {
    "emergency": emergency,
    "emergency_page": page,
    "emergency_reviews": reviews,
    "emergency_review": review,
}
