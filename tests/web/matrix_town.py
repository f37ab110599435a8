"""The town that the whole matrix is walked in, and who stands where in it.

The thing a page is about lies still (in 7B of Almskolan); the viewers stand around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client
from tests.web.conftest import LONG_AGO, Town

from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    UnitKind,
)
from narvaro.web.accounts.permissions import Relation
from narvaro.web.accounts.roles import Role
from narvaro.web.pupils.models import Enrolment, Pupil

CLASS, SCHOOL, AREA, AUTHORITY = "almskolan/7B", "almskolan", "norra", "linnasa"

# Told here once more, apart from the code that is tested: what lies in what, the nearest first
PATHS: Mapping[str, tuple[str, ...]] = {
    CLASS: (CLASS, SCHOOL, AREA, AUTHORITY),
    "almskolan/8A": ("almskolan/8A", SCHOOL, AREA, AUTHORITY),
    SCHOOL: (SCHOOL, AREA, AUTHORITY),
    "bjorkskolan": ("bjorkskolan", AREA, AUTHORITY),
    AREA: (AREA, AUTHORITY),
    "sodra": ("sodra", AUTHORITY),
    AUTHORITY: (AUTHORITY,),
    "granbyskolan": ("granbyskolan", "granby"),
    "granby": ("granby",),
    "socialkontoret": ("socialkontoret",),
}
KINDS: Mapping[str, str] = {
    CLASS: "class",
    "almskolan/8A": "class",
    SCHOOL: "school",
    "bjorkskolan": "school",
    "granbyskolan": "school",
    AREA: "area",
    "sodra": "area",
    AUTHORITY: "authority",
    "granby": "authority",
    "socialkontoret": "office",
}
LEVEL_OF = {
    Relation.OWN_SCHOOL: "school",
    Relation.OWN_AREA: "area",
    Relation.OWN_AUTHORITY: "authority",
}
LEVELS = ("class", "school", "area", "authority")


@dataclass(frozen=True)
class Standing:
    """Where a viewer stands: at a unit, within a time. No unit: nobody's, anywhere."""

    name: str
    unit: str = ""
    is_over: bool = False


STANDINGS = (
    Standing("own class", CLASS),
    Standing("another class", "almskolan/8A"),
    Standing("own school", SCHOOL),
    Standing("another school", "bjorkskolan"),
    Standing("own area", AREA),
    Standing("another area", "sodra"),
    Standing("own authority", AUTHORITY),
    Standing("a school of another authority", "granbyskolan"),
    Standing("another authority", "granby"),
    Standing("another agency", "socialkontoret"),
    Standing("an assignment that has ended", SCHOOL, is_over=True),
)


def reaches(relation: Relation, standing: Standing, at: str) -> bool:
    """The table's relation, worked out from `PATHS`: does who stands there reach what lies at?"""
    path = PATHS[standing.unit]
    if relation == Relation.OWN_CLASS:
        return KINDS[standing.unit] == "class" and standing.unit == at
    if relation == Relation.COLLABORATION_AREA:
        return True  # all of the town's authorities share one
    wanted = LEVEL_OF[relation]
    start = standing.unit
    if KINDS[start] in LEVELS and LEVELS.index(KINDS[start]) < LEVELS.index(wanted):
        start = next((one for one in path if KINDS[one] == wanted), start)
    return start in PATHS[at]


@dataclass(frozen=True)
class Call:
    """One request of the matrix.

    `at` is the unit (a key of `PATHS`) that what the page is about belongs to; empty when the
    address names nothing. `shows` is a text that must be there for whoever reaches `at`, and for
    nobody else; with it the page itself may be open to the others. `by_key`: asked by a program
    with a key of whoever the browser belongs to, and without the browser's session. `also_at`:
    it belongs to two, a school and an agency, and each reaches it from its own side.
    """

    url: str
    at: str = ""
    data: Mapping[str, Any] | None = None  # given: POST
    shows: str = ""
    by_key: bool = False
    also_at: str = ""


@dataclass
class MatrixTown(Town):
    """Linnåsa with neighbours: another authority in the same collaboration area, an agency.

    `things` is for what the addresses need made once: put it there under a name of your own.
    """

    others: dict[str, Town] = field(default_factory=dict)
    pupil: Pupil = field(init=False)
    colleague: Assignment = field(init=False)  # a teacher in 7B who is none of the viewers
    things: dict[str, Any] = field(default_factory=dict)
    browsers: dict[tuple[str, str], tuple[Assignment | None, Client]] = field(default_factory=dict)

    def viewer(self, role: Role, standing: Standing) -> tuple[Assignment, Client]:
        """Somebody in the role who stands there, and their browser."""
        mine, client = self.browsers[role, standing.name]
        assert mine is not None
        return mine, client


def made_town() -> MatrixTown:
    """Make the town, and somebody in every role at every place."""
    area = CollaborationArea.objects.create(name="Närvårdssamverkan")
    town = MatrixTown(_authority("linnasa", AuthorityKind.SCHOOL, area))
    town.unit("linnasa", UnitKind.AUTHORITY)
    for name in ("norra", "sodra"):
        town.unit(name, UnitKind.AREA, under="linnasa")
    for name in ("almskolan", "bjorkskolan"):
        town.unit(name, UnitKind.SCHOOL, under="norra")
    town.unit("cederskolan", UnitKind.SCHOOL, under="sodra")
    for name in ("almskolan/7B", "almskolan/8A"):
        town.unit(name, UnitKind.CLASS, under="almskolan")
    _neighbours(town, area)
    town.pupil = _pupil(town)
    town.colleague = town.somebody(Role.TEACHER, CLASS, name="Kollega Provsson")
    _people(town)
    return town


def _authority(key: str, kind: AuthorityKind, area: CollaborationArea) -> Authority:
    return Authority.objects.create(name=key, kind=kind, key=key, collaboration_area=area)


def _neighbours(town: MatrixTown, area: CollaborationArea) -> None:
    granby = Town(_authority("granby", AuthorityKind.SCHOOL, area))
    granby.unit("granby", UnitKind.AUTHORITY)
    granby.unit("granbyskolan", UnitKind.SCHOOL, under="granby")
    social = Town(_authority("social", AuthorityKind.SOCIAL_SERVICES, area))
    social.unit("socialkontoret", UnitKind.OFFICE)
    town.others = {"granby": granby, "social": social}
    for other in (granby, social):
        town.units |= other.units


def _pupil(town: MatrixTown) -> Pupil:
    pupil = Pupil.objects.create(
        authority=town.authority,
        key="elev-1",
        given_name="Elev",
        family_name="Provsson",
        sort_name="provsson elev",
    )
    Enrolment.objects.create(
        pupil=pupil, school_key=SCHOOL, class_key=CLASS, grade="7", from_on=LONG_AGO
    )
    return pupil


def _people(town: MatrixTown) -> None:
    for role in Role:
        for standing in STANDINGS:
            mine = town.somebody(role, standing.unit)
            if standing.is_over:
                mine.to_on = date(2021, 1, 1)
                mine.save()
            town.browsers[role, standing.name] = (mine, town.signed_in(mine))
    account = Account.objects.create_user("okand@linnasa.invalid", name="Okänd Provsson")
    stranger = Client()
    stranger.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    town.browsers["", "a stranger"] = (None, stranger)
    town.browsers["", "nobody signed in"] = (None, Client())


Addresses = Mapping[str, Any]
Calls = Call | Sequence[Call]
