"""Fills an installation with the invented municipality and somebody in every role."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    CollaborationArea,
    ProposedRole,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.proposal_actions import put_in_force
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.chain import NOBODY
from narvaro.web.config.demo_agencies import LONG_AGO, make_agencies
from narvaro.web.config.demo_agency_pages import write_agency_pages
from narvaro.web.config.demo_consultations import make_consultations
from narvaro.web.config.demo_meetings import make_meetings
from narvaro.web.config.demo_project import make_project
from narvaro.web.config.demo_project_meetings import make_project_meetings
from narvaro.web.config.demo_routine import make_routine
from narvaro.web.deliveries.people import take_people
from narvaro.web.deliveries.roster import sync_roster

SOURCE = "files"


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody the demo needs besides those in the delivery."""

    role: Role
    name: str
    place: str
    percentage: int = 100


PEOPLE = (
    Invented(Role.ASSISTANT_PRINCIPAL, "Bodil Påhittsson", "school"),
    Invented(Role.SCHOOL_PSYCHOLOGIST, "Cilla Provgren", "school", 40),
    Invented(Role.SCHOOL_DOCTOR, "David Låtsasberg", "school", 10),
    Invented(Role.SPECIAL_EDUCATOR, "Elsa Fiktivlund", "school"),
    Invented(Role.COORDINATOR, "Farid Exempelsson", "authority"),
    Invented(Role.SCHOOL_SOCIAL_WORKER, "Gunilla Skojberg", "school", 50),
    Invented(Role.AREA_MANAGER, "Henrik Testlund", "area"),
    Invented(Role.HEAD_OF_SCHOOLS, "Ingrid Låtsasmark", "authority"),
    Invented(Role.PROJECT_LEADER, "Jonas Provberg", "authority", 50),
    Invented(Role.COMMUNICATOR, "Karin Påhittsmark", "authority", 50),
    Invented(Role.ANALYST, "Lars Exempelberg", "authority"),
    Invented(Role.SYSTEM_OWNER, "Mona Fiktivsson", "authority"),
    Invented(Role.REGISTRAR, "Nils Skojsson", "authority"),
    Invented(Role.ARCHIVIST, "Olga Testgren", "authority"),
    Invented(Role.DATA_PROTECTION_OFFICER, "Per Låtsasgren", "authority", 20),
    Invented(Role.ADMINISTRATOR, "Rut Provmark", "authority"),
    Invented(Role.RESEARCHER, "Tove Exempelmark", "research", 20),
)


def fill_demo() -> int:
    """Make the demo's units, people and pupils from its delivery. Returns how many pupils.

    What is there already is left alone, so that it can be run at every start.
    """
    now = datetime.now(UTC)
    _programme()
    synced = sync_roster(settings.LEDGER, at=now, by=NOBODY)
    authority = _the_one_that_delivers()
    delivery = settings.DATA_FOLDER / "delivery"
    if not Assignment.objects.exists():
        take_people(
            delivery, settings.LEDGER, source=SOURCE, authority=authority, by=NOBODY, at=now
        )
        sync_roster(settings.LEDGER, at=now, by=NOBODY)
        put_in_force(ProposedRole.objects.filter(decision=""), by=NOBODY, at=now)
        Account.objects.update(
            is_active=True
        )  # an administrator would open those who are to sign in
    places = _places(authority)
    _from_the_delivery(places["school"], settings.TODAY or now.date())
    for one in PEOPLE:
        _somebody(one, places[one.place])
    make_project(authority)
    make_meetings(places["school"], settings.TODAY or now.date())
    make_routine(authority, settings.TODAY or now.date())
    make_project_meetings(settings.TODAY or now.date())
    make_consultations(places["school"], settings.TODAY or now.date())
    return synced.pupils


def _the_one_that_delivers() -> Authority:
    """The municipality; another school authority only takes part in what is done together."""
    return Authority.objects.exclude(key="").get(kind=AuthorityKind.SCHOOL)


def _programme() -> None:
    settings.PROGRAMME_FOLDER.mkdir(parents=True, exist_ok=True)
    shipped = resources.files("narvaro.demo") / "linnasa.toml"
    shutil.copyfile(Path(str(shipped)), settings.PROGRAMME_FOLDER / "linnasa.toml")


def _places(authority: Authority) -> dict[str, Unit]:
    area = CollaborationArea.objects.get_or_create(name="Samverkan Linnåsa")[0]
    Authority.objects.filter(pk=authority.pk).update(collaboration_area=area)
    make_agencies(area)
    write_agency_pages()
    research = _agency("FoU Linnåsa", AuthorityKind.RESEARCH, area)
    mine = Unit.objects.filter(authority=authority)
    led = mine.filter(kind=UnitKind.SCHOOL, assignments__role=Role.PRINCIPAL)
    school = led.annotate(classes=Count("children", distinct=True)).order_by("-classes", "name")[0]
    return {
        "authority": mine.get(kind=UnitKind.AUTHORITY),
        "area": Unit.objects.filter(children__unit=school).order_by("name")[0],
        "school": school,
        "research": research,
    }


def _agency(name: str, kind: AuthorityKind, area: CollaborationArea) -> Unit:
    authority, _ = Authority.objects.get_or_create(
        name=name, kind=kind, defaults={"collaboration_area": area}
    )
    office, _ = Unit.objects.get_or_create(authority=authority, kind=UnitKind.OFFICE, name=name)
    return office


def _from_the_delivery(school: Unit, day: date) -> None:
    """One of each role that the delivery itself has, at one school; its class staff come later."""
    below = Unit.objects.filter(placements__parent=school)
    for role in (Role.PRINCIPAL, Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE):
        there = Assignment.objects.filter(
            role=role, account__isnull=False, unit__authority=school.authority
        )
        if there.filter(account__is_demo=True).exists():
            continue
        near = there.in_force(day).filter(unit__in=[school, *below])
        chosen = near.order_by("unit__name", "account__name", "pk").first()
        if chosen is not None and chosen.account is not None:
            Account.objects.filter(pk=chosen.account.pk).update(is_demo=True)


def _somebody(told: Invented, unit: Unit) -> None:
    email = f"{told.role}@linnasa.example"
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create_user(email, name=told.name, is_demo=True)
        Assignment.objects.create(
            account=account,
            role=told.role,
            unit=unit,
            from_on=LONG_AGO,
            percentage=told.percentage,
        )
