"""Who is behind the key of a guardian: in scope only, and nobody protected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.config.receivers import guardian
from narvaro.web.pupils.models import Enrolment, Guardian, Protection, Pupil

NOW = datetime.now(UTC)


@pytest.fixture
def mother(town: Town) -> Guardian:
    pupil = Pupil.objects.create(authority=town.authority, key="alva", given_name="Alva")
    Enrolment.objects.create(
        pupil=pupil, school_key="almskolan", class_key="almskolan/7B", from_on=LONG_AGO
    )
    return Guardian.objects.create(
        pupil=pupil, key="g1", given_name="Ida", contact="ida@hemma.invalid", language="so"
    )


def viewer(whose: Assignment) -> Viewer:
    assert whose.account is not None
    return Viewer(whose.account, whose, NOW.date(), NOW)


def test_a_mentor_reaches_the_guardians_of_the_own_class_only(town: Town, mother: Guardian) -> None:
    own = guardian(viewer(town.somebody(Role.MENTOR, "almskolan/7B")), mother.public_id)
    other = guardian(viewer(town.somebody(Role.MENTOR, "almskolan/8A")), mother.public_id)

    assert own is not None
    assert (own.name, own.address, own.language) == ("Ida", "ida@hemma.invalid", "so")
    assert other is None


@pytest.mark.parametrize("whose", ["guardian", "pupil"])
def test_a_protected_guardian_and_a_protected_pupils_have_neither_name_nor_address(
    mother: Guardian, whose: str
) -> None:
    rows = Guardian.objects if whose == "guardian" else Pupil.objects
    rows.update(protection=Protection.MARKED)

    found = guardian(None, mother.public_id)

    assert found is not None
    assert (found.is_protected, found.name, found.address) == (True, "", "")


def test_a_telephone_number_is_no_address_of_mail(mother: Guardian) -> None:
    Guardian.objects.update(contact="070-000 00 00")

    found = guardian(None, mother.public_id)

    assert found is not None
    assert found.address == ""
