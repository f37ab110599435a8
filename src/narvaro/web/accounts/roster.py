"""What sources tell of units and staff, kept beside what is given by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from narvaro.web.accounts.class_roles import put_of_classes
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Placement,
    ProposedRole,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.proposals import ToldRole, put_proposed
from narvaro.web.accounts.roles import OF_CLASSES, Role, places_of
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ToldUnit:
    """A unit as a source tells it; `parent` is a key of the same authority, empty at the top."""

    authority: str
    kind: str
    key: str
    name: str
    parent: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody's role at a unit as a source tells it, by keys."""

    staff: str
    role: Role
    unit: str
    from_on: date
    to_on: date | None
    percentage: int = 100


@dataclass(frozen=True, slots=True, repr=False)
class ToldStaff:
    """A staff member's name and address. Does not print what it holds."""

    staff: str
    name: str
    email: str


def put_units(every: Iterable[ToldUnit], *, by: Actor, at: datetime) -> int:
    """Make units and placements; those of parents first. Returns how many units there are.

    A unit that somebody has moved or closed by hand hangs where they said.
    """
    rows = list(every)
    with transaction.atomic():
        authorities = {one.key: _authority(one) for one in rows if one.kind == UnitKind.AUTHORITY}
        units = {one.key: _unit(authorities, one) for one in rows if one.authority in authorities}
        by_hand = _placed_by_hand(units)
        told = [one for one in rows if one.parent in units and one.key in units]
        theirs = [one for one in told if one.key not in by_hand]
        placed = [units[one.key] for one in theirs]
        Placement.objects.filter(unit__in=placed, comes_from_source=True).delete()
        Placement.objects.bulk_create((_placement(units, one) for one in theirs), BATCH)
        write_entry(
            by, "accounts.put_units", kind=Kind.WRITE, at=at, subjects=[f"units:{len(units)}"]
        )
    return len(units)


def _placed_by_hand(units: dict[str, Unit]) -> set[str]:
    mine = Placement.objects.filter(unit__in=units.values(), comes_from_source=False)
    return set(mine.values_list("unit__key", flat=True))


def _authority(told: ToldUnit) -> Authority:
    found, _ = Authority.objects.update_or_create(
        key=told.key, defaults={"name": told.name, "kind": AuthorityKind.SCHOOL}
    )
    return found


def _unit(authorities: dict[str, Authority], told: ToldUnit) -> Unit:
    found, _ = Unit.objects.update_or_create(
        authority=authorities[told.authority],
        kind=told.kind,
        key=told.key,
        defaults={"name": told.name},
    )
    return found


def _placement(units: dict[str, Unit], told: ToldUnit) -> Placement:
    return Placement(
        unit=units[told.key],
        parent=units[told.parent],
        from_on=told.from_on,
        to_on=told.to_on,
        comes_from_source=True,
    )


def put_staff(told: Iterable[ToldStaff], *, by: Actor, at: datetime) -> int:
    """Make an account, without a password, for each staff key that has none. Returns how many.

    The account is closed: it names who teaches, and an administrator opens it for who is to sign in. Somebody
    told with an address that another account has gets a stand-in for one: who shares an address
    is not thereby the same person.
    """
    every = list(Account.objects.all())
    known = {key: one for one in every for key in one.staff_keys}
    taken = {one.email.lower() for one in every}
    made = 0
    with transaction.atomic():
        for one in told:
            account = known.get(one.staff)
            if account is None:
                email = one.email.lower()
                email = f"{one.staff}@utan-adress.invalid".lower() if email in taken else email
                taken.add(email)
                known[one.staff] = Account.objects.create_user(
                    email, name=one.name, staff_keys=[one.staff], is_active=False
                )
                made += 1
            elif account.name != one.name:
                account.name = one.name
                account.save(update_fields=["name"])
        write_entry(by, "accounts.put_staff", kind=Kind.WRITE, at=at, subjects=[f"staff:{made}"])
    return made


def put_serving(
    told: Iterable[Serving],
    *,
    by: Actor,
    at: datetime,
    within: Authority | None = None,
    senders: Sequence[str] = (),
) -> int:
    """Replace the roles that sources tell by what they tell now, for the roles in it.

    A role that gives more than a class is proposed; `senders` (opaque ids of accounts) are those
    who do not approve it, besides `by`. `within`: the source's own authority; a role at another
    one is neither given nor taken away. What nobody could give by hand a source does not give
    either: a role where it cannot be held, or one that ends before it starts. Roles given by hand
    stay. A staff key without an account, or a unit that is not known, gives none. Returns how many
    roles were told of.
    """
    rows = list(told)
    with transaction.atomic():
        # nobody gives themselves a role by what they take in
        others = Account.objects.exclude(public_id=by.account)
        accounts = {key: one.pk for one in others for key in one.staff_keys}
        places = {one.key: one for one in _units_of(within).exclude(key="")}
        known = [
            _told(one, accounts, places)
            for one in rows
            if one.staff in accounts and can_be(one, places)
        ]
        made = put_of_classes(
            [one for one in known if one.role in OF_CLASSES], units=_units_of(within)
        )
        proposed = put_proposed(
            [one for one in known if one.role not in OF_CLASSES],
            at=at,
            senders=[by.account, *senders],
            units=_units_of(within),
            apart_from=by.account,
        )
        subjects = [f"assignments:{len(known)}", *_responsibilities(made, "")]
        subjects += _responsibilities(proposed, "proposed-")
        write_entry(by, "accounts.put_serving", kind=Kind.WRITE, at=at, subjects=subjects)
    return len(known)


def _told(one: Serving, accounts: Mapping[str, int], places: Mapping[str, Unit]) -> ToldRole:
    account, unit = accounts[one.staff], places[one.unit].pk
    return ToldRole(account, unit, one.role, one.from_on, one.to_on, one.percentage)


def _responsibilities(made: Sequence[Assignment | ProposedRole], kind: str) -> list[str]:
    """Who was given, or proposed for, more than a class to teach: what a review looks for."""
    many = [one for one in made if one.role != Role.TEACHER]
    accounts = Account.objects.in_bulk([one.account_id for one in many if one.account_id])
    return sorted(
        {
            f"account:{accounts[one.account_id].public_id}:{kind}{one.role}"
            for one in many
            if one.account_id
        }
    )


def _units_of(authority: Authority | None) -> QuerySet[Unit]:
    every = Unit.objects.all()
    return every if authority is None else every.filter(authority=authority)


def can_be(told: Serving, places: Mapping[str, Unit]) -> bool:
    """Somebody could give the role there by hand."""
    ends_after = told.to_on is None or told.to_on >= told.from_on
    place = places.get(told.unit)
    return place is not None and ends_after and place.kind in places_of(told.role)
