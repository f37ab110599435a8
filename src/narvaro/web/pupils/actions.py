"""Every write about pupils: what sources tell of them, and who may see a protected one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from narvaro.web.accounts.models import Account, Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.pupils.models import Access, Enrolment, Guardian, HeldBack, Protection, Pupil
from narvaro.web.pupils.numbers import encrypt, index_of
from narvaro.web.ui.sorting import sort_key

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's enrolment as a source tells it; `class_key` is `school/class` or empty."""

    pupil: str
    school_key: str
    class_key: str
    grade: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Named:
    """Names of a pupil. Does not print what it holds."""

    pupil: str
    given_name: str
    family_name: str
    personal_number: str = ""
    protection: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class NamedGuardian:
    """A guardian of a pupil. Does not print what it holds."""

    pupil: str
    guardian: str
    given_name: str
    family_name: str
    contact: str = ""
    language: str = ""
    protection: str = ""


def protection_of(word: str | None) -> str:
    """The marking a source's word means; a word we do not know counts as protected."""
    if word in (None, "", Protection.NONE):
        return Protection.NONE
    return word if word in Protection.values else Protection.UNKNOWN_MARKING


def put_roster(
    authority: Authority,
    *,
    protection: Mapping[str, str | None],
    stays: Iterable[Stay],
    by: Actor,
    at: datetime,
) -> int:
    """Make the database know every pupil of the ledger, where each is enrolled, and its marking.

    `protection` holds every pupil key. Enrolments are replaced by what is told now. Returns how
    many pupils there are. All or nothing, with an entry in the log.
    """
    with transaction.atomic():
        _put_pupils(authority, protection)
        _marked_with_names(authority)
        ids = dict(Pupil.objects.filter(authority=authority).values_list("key", "pk"))
        Enrolment.objects.filter(pupil__authority=authority).delete()
        Enrolment.objects.bulk_create(
            (_enrolment(ids[one.pupil], one) for one in stays if one.pupil in ids), BATCH
        )
        subjects = [f"authority:{authority.public_id}", f"pupils:{len(ids)}"]
        write_entry(by, "pupils.put_roster", kind=Kind.WRITE, at=at, subjects=subjects)
    return len(ids)


def _put_pupils(authority: Authority, protection: Mapping[str, str | None]) -> None:
    Pupil.objects.bulk_create(
        (
            Pupil(authority=authority, key=key, protection=protection_of(word))
            for key, word in protection.items()
        ),
        BATCH,
        update_conflicts=True,
        update_fields=["protection"],
        unique_fields=["authority", "key"],
    )


def _marked_with_names(authority: Authority) -> None:
    """What came with the names holds where the roster tells of no marking."""
    pupils = Pupil.objects.filter(authority=authority, protection=Protection.NONE)
    marked = pupils.exclude(told_with_names=Protection.NONE)
    marked.update(protection=F("told_with_names"))


def _enrolment(pupil: int, stay: Stay) -> Enrolment:
    return Enrolment(
        pupil_id=pupil,
        school_key=stay.school_key,
        class_key=stay.class_key,
        grade=stay.grade,
        from_on=stay.from_on,
        to_on=stay.to_on,
    )


def put_names(
    authority: Authority,
    *,
    names: Iterable[Named],
    guardians: Iterable[NamedGuardian],
    by: Actor,
    at: datetime,
) -> int:
    """Keep names, numbers and guardians of the pupils that are known. Returns how many pupils.

    A pupil that is counted only gets none. What the names' source marks as protected stays
    protected whatever the roster says.
    """
    with transaction.atomic():
        known = {
            one.key: one for one in Pupil.objects.filter(authority=authority, is_counted_only=False)
        }
        told = [_named(known[one.pupil], one) for one in names if one.pupil in known]
        fields = ["given_name", "family_name", "sort_name", "number_encrypted", "number_index"]
        Pupil.objects.bulk_update(told, [*fields, "protection", "told_with_names"], BATCH)
        _put_guardians(known, guardians)
        subjects = [f"authority:{authority.public_id}", f"pupils:{len(told)}"]
        write_entry(by, "pupils.put_names", kind=Kind.WRITE, at=at, subjects=subjects)
    return len(told)


def _named(pupil: Pupil, told: Named) -> Pupil:
    pupil.given_name, pupil.family_name = told.given_name, told.family_name
    pupil.sort_name = sort_key(f"{told.family_name} {told.given_name}")
    pupil.number_encrypted = encrypt(told.personal_number)
    pupil.number_index = index_of(told.personal_number)
    marked = pupil.told_with_names = protection_of(told.protection)
    pupil.protection = pupil.protection if marked == Protection.NONE else marked
    return pupil


def _put_guardians(known: Mapping[str, Pupil], told: Iterable[NamedGuardian]) -> None:
    Guardian.objects.bulk_create(
        (
            Guardian(
                pupil=known[one.pupil],
                key=one.guardian,
                given_name=one.given_name,
                family_name=one.family_name,
                contact=one.contact,
                language=one.language,
                protection=protection_of(one.protection),
            )
            for one in told
            if one.pupil in known
        ),
        BATCH,
        update_conflicts=True,
        update_fields=["given_name", "family_name", "contact", "language", "protection"],
        unique_fields=["pupil", "key"],
    )


def give_access(
    pupil: Pupil, account: Account, *, to_on: date | None, by: Viewer, at: datetime
) -> Access:
    """Put somebody on the list of those who may see a pupil with a protected identity."""
    with transaction.atomic():
        made = Access.objects.create(
            pupil=pupil, account=account, decided_by=by.account, from_on=by.today, to_on=to_on
        )
        subjects = [f"pupil:{pupil.public_id}", f"account:{account.public_id}"]
        write_entry(by.actor, "pupils.access", kind=Kind.WRITE, at=at, subjects=subjects)
    return made


def hold_letters(guardian: Guardian, held_back: HeldBack, *, by: Viewer, at: datetime) -> None:
    """Note why a guardian gets no letters from here, or that letters go again."""
    with transaction.atomic():
        Guardian.objects.filter(pk=guardian.pk).update(held_back=held_back)
        subjects = [f"pupil:{guardian.pupil.public_id}", f"guardian:{guardian.public_id}"]
        write_entry(by.actor, "pupils.hold_letters", kind=Kind.WRITE, at=at, subjects=subjects)


def end_access(access: Access, *, by: Viewer, at: datetime) -> None:
    """Take somebody off the list, from now on."""
    with transaction.atomic():
        subjects = [f"pupil:{access.pupil.public_id}", f"account:{access.account.public_id}"]
        write_entry(by.actor, "pupils.access_end", kind=Kind.WRITE, at=at, subjects=subjects)
        access.delete()


def count_only(pupils: Sequence[Pupil], *, by: Viewer, at: datetime) -> None:
    """Keep no names of pupils: they are counted, and have no page."""
    with transaction.atomic():
        for pupil in pupils:
            pupil.guardians.all().delete()
            pupil.given_name = pupil.family_name = pupil.sort_name = pupil.number_index = ""
            pupil.number_encrypted, pupil.is_counted_only = b"", True
            pupil.save()
        subjects = [f"pupil:{one.public_id}" for one in pupils]
        write_entry(by.actor, "pupils.count_only", kind=Kind.WRITE, at=at, subjects=subjects)
