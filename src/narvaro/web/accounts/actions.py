"""Every write to people and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Account, Assignment, Unit
from narvaro.web.accounts.roles import Role, places_of
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind


@dataclass(frozen=True, slots=True)
class Duty:
    """A role at a unit for a time, as somebody is to have it."""

    role: Role
    unit: Unit
    from_on: date
    to_on: date | None = None
    percentage: int = 100


@transaction.atomic
def add_person(*, name: str, email: str, duty: Duty, by: Viewer, at: datetime) -> Account:
    """Make an account with its first role. The person chooses a password by mail.

    An address that has an account at another authority gets the role and keeps its name.
    """
    account = Account.objects.filter(email=email.lower()).first()
    if account is None:
        account = Account.objects.create_user(email, name=name)
        _tell(by, "accounts.add_person", at, account)
    give_role(account=account, duty=duty, by=by, at=at)
    return account


@transaction.atomic
def change_person(
    *, account: Account, name: str, is_active: bool, version: int, by: Viewer, at: datetime
) -> None:
    """Rename an account, or close or open it. Raises `ChangedMeanwhile`, `Refused`."""
    found = locked(Account.objects.all(), account.pk, version=version)
    if found == by.account and not is_active:
        raise Refused(_("Du kan inte stänga ditt eget konto."))
    found.name, found.is_active = name, is_active
    found.save(update_fields=["name", "is_active", "version"])
    _tell(by, "accounts.change_person", at, found)


@transaction.atomic
def reset_second_factor(*, account: Account, by: Viewer, at: datetime) -> None:
    """Take away a lost second factor; the person sets up a new one at the next sign-in."""
    from allauth.mfa.models import Authenticator

    if account == by.account:
        raise Refused(_("Be en annan administratör återställa din tvåstegsinloggning."))
    Authenticator.objects.filter(user=account).delete()
    _end_sessions(account)
    _tell(by, "accounts.reset_second_factor", at, account)


def _end_sessions(account: Account) -> None:
    """Sign the account out everywhere: whoever is signed in now must not choose the next factor."""
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(account.pk):
            session.delete()


@transaction.atomic
def give_role(*, account: Account, duty: Duty, by: Viewer, at: datetime) -> Assignment:
    """Give somebody a role; a vacancy of the same post ends the day before. Raises `Refused`."""
    if account == by.account:
        raise Refused(_("Be en annan administratör ge dig uppdraget."))
    _hold_to_rules(duty, by)
    same = Assignment.objects.filter(account=account, role=duty.role, unit=duty.unit)
    if any(_overlap(one, duty) for one in same.select_for_update(no_key=True)):
        raise Refused(_("Personen har redan det uppdraget under den tiden."))
    made = _made(account, duty)
    _end_vacancies(duty)
    _tell(by, "accounts.give_role", at, account, made)
    return made


@transaction.atomic
def change_role(
    *, assignment: Assignment, percentage: int, version: int, by: Viewer, at: datetime
) -> None:
    """Change how much of whole time an assignment is. Raises `ChangedMeanwhile`."""
    found = locked(Assignment.objects.all(), assignment.pk, version=version)
    found.percentage = percentage
    found.save(update_fields=["percentage", "version"])
    _tell(by, "accounts.change_role", at, found.account, found)


@transaction.atomic
def end_role(
    *,
    assignment: Assignment,
    last_on: date,
    is_vacant_after: bool,
    version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """End an assignment with a day; its stand-ins end with it unless the post stays, vacant.

    Raises `ChangedMeanwhile`, `Refused`.
    """
    found = locked(Assignment.objects.all(), assignment.pk, version=version)
    if found.account == by.account and found.role == Role.ADMINISTRATOR:
        raise Refused(_("Be en annan administratör avsluta ditt uppdrag."))
    if last_on < found.from_on:
        raise Refused(_("Uppdraget började senare än så."))
    found.to_on = last_on
    found.save(update_fields=["to_on", "version"])
    _tell(by, "accounts.end_role", at, found.account, found)
    if is_vacant_after:
        duty = Duty(Role(found.role), found.unit, last_on + timedelta(days=1))
        leave_vacant(duty=duty, by=by, at=at)


@transaction.atomic
def leave_vacant(*, duty: Duty, by: Viewer, at: datetime) -> Assignment:
    """Mark that nobody holds a post, from a day on. Raises `Refused`."""
    _hold_to_rules(duty, by)
    post = Assignment.objects.filter(role=duty.role, unit=duty.unit, stands_in_for__isnull=True)
    if any(_overlap(one, duty) for one in post.select_for_update(no_key=True)):
        raise Refused(_("Någon har uppdraget då, eller så är det redan markerat som vakant."))
    made = _made(None, duty)
    _tell(by, "accounts.leave_vacant", at, None, made)
    return made


@transaction.atomic
def stand_in(
    *,
    instead_of: Assignment,
    account: Account,
    from_on: date,
    to_on: date,
    by: Viewer,
    at: datetime,
) -> Assignment:
    """Let somebody stand in for a holder, or in a vacant post, for a time. Raises `Refused`."""
    if account == by.account:
        raise Refused(_("Be en annan administratör ge dig uppdraget."))
    if account == instead_of.account:
        raise Refused(_("Ingen kan vara sin egen vikarie."))
    duty = Duty(Role(instead_of.role), instead_of.unit, from_on, to_on, instead_of.percentage)
    _hold_to_rules(duty, by)
    made = _made(account, duty, stands_in_for=instead_of)
    _tell(by, "accounts.stand_in", at, account, made)
    return made


def _hold_to_rules(duty: Duty, by: Viewer) -> None:
    if duty.unit.authority_id != by.authority.pk:
        raise Refused(_("Enheten hör till en annan huvudman."))
    if duty.unit.kind not in places_of(duty.role):
        raise Refused(_("Rollen kan inte innehas på en enhet av det slaget."))
    if duty.to_on is not None and duty.to_on < duty.from_on:
        raise Refused(_("Slutdagen ligger före startdagen."))


def _overlap(one: Assignment, duty: Duty) -> bool:
    ends_before = one.to_on is not None and one.to_on < duty.from_on
    starts_after = duty.to_on is not None and one.from_on > duty.to_on
    return not (ends_before or starts_after)


def _made(
    account: Account | None, duty: Duty, *, stands_in_for: Assignment | None = None
) -> Assignment:
    return Assignment.objects.create(
        account=account,
        role=duty.role,
        unit=duty.unit,
        from_on=duty.from_on,
        to_on=duty.to_on,
        percentage=duty.percentage,
        stands_in_for=stands_in_for,
    )


def _end_vacancies(duty: Duty) -> None:
    open_ = Assignment.objects.filter(
        account__isnull=True, role=duty.role, unit=duty.unit, to_on__isnull=True
    )
    for one in open_.select_for_update(no_key=True):
        one.to_on = max(one.from_on, duty.from_on - timedelta(days=1))
        one.version += 1
        one.save(update_fields=["to_on", "version"])


def _tell(
    by: Viewer,
    action: str,
    at: datetime,
    account: Account | None,
    assignment: Assignment | None = None,
) -> None:
    subjects = [f"account:{account.public_id}"] if account is not None else []
    if assignment is not None:
        subjects += [
            f"assignment:{assignment.public_id}",
            f"role:{assignment.role}",
            f"unit:{assignment.unit.public_id}",
        ]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
