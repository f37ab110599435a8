"""A pupil of 7B, and those who work around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.actions import save, sign, start
from narvaro.web.documents.models import Document
from narvaro.web.pupils.models import Enrolment, Pupil

DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)
TALK = {
    "present": ["pupil", "guardian_1"],
    "pupil_says": "Onsdagar är svårast.",
    "home_says": "Mornarna har blivit lugnare.",
    "tried": "Möte vid entrén sedan 12 november.",
}


def seen_by(assignment: Assignment, *, now: datetime = NOON) -> Viewer:
    """Somebody, looking on the day."""
    assert assignment.account is not None
    return Viewer(assignment.account, assignment, DAY, now)


@dataclass
class School:
    """Almskolan: Elev Provsson in 7B, the mentor, a counsellor, the principal."""

    town: Town
    pupil: Pupil
    mentor: Viewer
    counsellor: Viewer
    principal: Viewer

    def somebody(self, role: Role, at: str) -> Viewer:
        """Somebody new, looking on the day."""
        return seen_by(self.town.somebody(role, at))

    def started(self, form_id: str = "teacher-documentation", **more: Any) -> Document:
        """A document begun by the mentor."""
        given: dict[str, Any] = {"pupil": self.pupil, "by": self.mentor, "at": NOON} | more
        return start(form_id, unit=self.town.units["almskolan"], **given)


@pytest.fixture
def school(town: Town) -> School:
    pupil = pupil_of(town, "elev-1", "almskolan/7B", "Elev", "Provsson")
    people = [
        town.somebody(Role.MENTOR, "almskolan/7B", name="Klara Provberg"),
        town.somebody(Role.SCHOOL_COUNSELLOR, "almskolan", name="Kim Provlund"),
        town.somebody(Role.PRINCIPAL, "almskolan", name="Robin Provgren"),
    ]
    return School(town, pupil, *map(seen_by, people))


def pupil_of(town: Town, key: str, class_key: str, given: str, family: str) -> Pupil:
    """A pupil in a class."""
    pupil = Pupil.objects.create(
        authority=town.authority, key=key, given_name=given, family_name=family,
        sort_name=f"{family} {given}".lower(),
    )  # fmt: skip
    Enrolment.objects.create(
        pupil=pupil,
        school_key=class_key.partition("/")[0],
        class_key=class_key,
        grade="7",
        from_on=LONG_AGO,
    )
    return pupil


INVESTIGATED: dict[str, Any] = {
    "took_part": ["pupil", "guardian", "student_health"],
    "pupil_says": "Det är svårt på morgonen.",
    "home_says": "Vi vill ha besked samma dag.",
    "cause_map": [
        {"row": level, "hinders": "Buller i korridoren", "protects": "En vän"}
        for level in ("individual", "school", "family", "peers", "structure")
    ],
    "restricted_causes": ["long_illness"],
    "education_long_illness": "Undervisning på sjukhuset",
    "conclusion": "Vi ändrar schemat.",
    "next": [{"what": "Nytt schema", "who": "Rektor", "by": "15 december"}],
    "special_support": "no",
    "follow_up_on": "2027-01-15",
}


def investigated(school: School) -> Document:
    """A signed investigation, with a restricted part."""
    draft = school.started("investigation", by=school.counsellor)
    kept = save(draft, answers=INVESTIGATED, opened_version=1, by=school.counsellor, at=NOON)
    return sign(kept, opened_version=2, by=school.counsellor, at=NOON)
