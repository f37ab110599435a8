"""The jobs of SS 12000 sources: fetch what is new, look at what a server offers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.roster import Serving, ToldStaff, put_serving, put_staff
from narvaro.web.audit.chain import Actor
from narvaro.web.deliveries.addresses import opened
from narvaro.web.deliveries.connection import profile_of
from narvaro.web.deliveries.models import Load, Source, SourceKind
from narvaro.web.deliveries.people import first_keys
from narvaro.web.deliveries.roster import class_key, sync_roster
from narvaro.web.deliveries.taking import door_of, ended, hold_kept, refusal_kept
from narvaro.web.jobs.actions import Asked, enqueue
from narvaro.web.jobs.handlers import Result, Running
from narvaro.web.pupils.actions import Named, NamedGuardian, put_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from narvaro.sources.ss12000 import Guardian, Identity, Staff

ROLES = {
    "rektor": Role.PRINCIPAL,
    "kurator": Role.SCHOOL_COUNSELLOR,
    "skolsköterska": Role.SCHOOL_NURSE,
    "skolläkare": Role.SCHOOL_DOCTOR,
    "skolpsykolog": Role.SCHOOL_PSYCHOLOGIST,
    "speciallärare/specialpedagog": Role.SPECIAL_EDUCATOR,
}
"""The standard's words for duties that give a role here; a duty for a class makes a mentor."""
LONGEST_NAME = 120


@dataclass(slots=True, repr=False)
class People:
    """Takes the names of one fetch, and hands them on when what was read is in the ledger."""

    pupils: list[Identity] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    duties: list[Staff] = field(default_factory=list)

    def pupil(self, identity: Identity) -> None:
        """Take a pupil's names."""
        self.pupils.append(identity)

    def guardian(self, guardian: Guardian) -> None:
        """Take a guardian of one pupil."""
        self.guardians.append(guardian)

    def staff(self, staff: Staff) -> None:
        """Take one duty of a member of staff."""
        self.duties.append(staff)


def nightly(running: Running) -> Result:
    """Queue a fetch of every SS 12000 source that is on and can be reached."""
    sources = Source.objects.filter(kind=SourceKind.SS12000, is_on=True).exclude(profile="")
    for source in sources:
        start_fetch(source, at=running.asked_at, by=Actor())
    return {"sources": len(sources)}


def start_fetch(source: Source, *, at: datetime, by: Actor) -> Load:
    """Queue a fetch; while one is under way that one is returned."""
    under_way = source.loads.filter(ended_at=None).first()
    if under_way is not None:
        return under_way
    with transaction.atomic():
        load = Load.objects.create(
            source=source, asked_at=at, asked_by=asdict(by), form="ss12000", decided_at=at
        )
        load.job = enqueue(
            "deliveries.fetch",
            {"load": load.public_id},
            key=f"load {load.public_id}",
            asked=Asked(at, by, source.authority),
        )
        load.save(update_fields=["job"])
    return load


def fetch(running: Running) -> Result:
    """Read a server from where the last load ended, and take in what was whole."""
    from narvaro.pipeline import take_in_ss12000

    load = Load.objects.select_related("source__authority").filter(ended_at=None)
    found = load.filter(public_id=running.arguments["load"]).first()
    if found is None or found.decided_at is None:
        return None
    people = People()
    with refusal_kept(found), hold_kept(found):
        door = door_of(
            found.source,
            at=found.decided_at,
            progress=running.progress,
            confirm=bool(found.held),
        )
        with closing(opened(profile_of(found.source))) as server:
            taken = take_in_ss12000(server, settings.LEDGER, door, sink=people)
        ended(found, taken, lambda load: _known(load, people))
    return {"load": found.public_id}


def _known(load: Load, people: People) -> None:
    actor, at = Actor(**load.asked_by), load.decided_at or load.asked_at
    sync_roster(settings.LEDGER, at=at, by=actor, makes_authorities=False)
    put_people(people, load.source, by=actor, at=at, senders=load.senders)


def put_people(
    people: People, source: Source, *, by: Actor, at: datetime, senders: Sequence[str] = ()
) -> None:
    """Keep the names of a fetch in the database, under the ledger's keys."""
    from narvaro.ledger import open_ledger

    first = first_keys(open_ledger(settings.LEDGER))
    put_names(
        source.authority,
        names=(
            Named(
                first.get(one.pupil, one.pupil),
                one.given_name[:LONGEST_NAME],
                one.family_name[:LONGEST_NAME],
                one.personal_number or "",
                one.protection or "",
            )
            for one in people.pupils
        ),
        guardians=(
            NamedGuardian(
                first.get(one.pupil, one.pupil),
                one.guardian,
                one.given_name[:LONGEST_NAME],
                one.family_name[:LONGEST_NAME],
                (one.contact or "")[:200],
                "",
                one.protection or "",
            )
            for one in people.guardians
        ),
        by=by,
        at=at,
    )
    put_staff((_staff(one) for one in people.duties), by=by, at=at)
    put_serving(_serving(people, at), within=source.authority, by=by, at=at, senders=senders)


def _staff(one: Staff) -> ToldStaff:
    name = f"{one.given_name} {one.family_name}".strip()[:LONGEST_NAME]
    return ToldStaff(one.staff, name, one.email or f"{one.staff}@utan-adress.invalid")


def _serving(people: People, at: datetime) -> Iterator[Serving]:
    for one in people.duties:
        role = Role.MENTOR if one.class_ else ROLES.get(one.role.casefold())
        if role is not None:
            yield Serving(
                one.staff,
                role,
                class_key(one.organisation, one.class_) or one.organisation,
                one.starts_on or at.date(),
                one.ends_on,
                max(1, min(100, one.percentage or 100)),
            )


def check(running: Running) -> Result:
    """Ask a server for the first page of everything, and keep what it answered: no rows."""
    from narvaro.sources.ss12000 import check_source

    source = Source.objects.get(public_id=running.arguments["source"])
    with closing(opened(profile_of(source))) as server:
        found: dict[str, Any] = dict(check_source(server).as_json())
    Source.objects.filter(pk=source.pk).update(check_result=found, checked_at=running.asked_at)
    return None
