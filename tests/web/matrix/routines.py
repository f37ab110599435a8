"""The library of the routine's documents."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.documents.models import Approval, RoutineDocument, RoutineVersion

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)
SENT = {"text": "Ny text", "opened_version": "0"}


def routine(town: MatrixTown, whose: Assignment, *, is_published: bool = True) -> RoutineDocument:
    """A document of Linnåsa's routine (a viewer's own: of the viewer's authority)."""
    by = whose.account
    assert by is not None
    authority = town.authority if whose == town.colleague else whose.unit.authority
    name = f"Samtal med hemmet, matris {RoutineDocument.objects.count()}"
    made = RoutineDocument.objects.create(authority=authority, name=name)
    given = {"edited_by": by, "edited_at": NOON}
    if is_published:
        given |= {"published_by": by, "published_at": NOON}
    RoutineVersion.objects.create(
        document=made, number=1, text="# Samtal", drafted_by=by, drafted_at=NOON, **given
    )
    return made


def every(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("routines"), at=AUTHORITY, shows=routine(town, whose).name)


def one(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("routine", args=[routine(town, whose).public_id]), at=AUTHORITY)


def version(town: MatrixTown, whose: Assignment) -> Call:
    args = [routine(town, whose).public_id, 1]
    return Call(reverse("routine_version", args=args), at=AUTHORITY)


def compare(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("routine_compare", args=[routine(town, whose).public_id]), at=AUTHORITY)


def docx(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("routine_docx"))


def start(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("routine_start")
    return [Call(url), Call(url, data={"name": "Nytt dokument", "text": "Text"})]


def write(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("routine_write", args=[routine(town, whose).public_id])
    return [Call(url, at=AUTHORITY), Call(url, at=AUTHORITY, data=SENT)]


def ask(town: MatrixTown, whose: Assignment) -> Call:
    account = town.browsers["principal", "own school"][0]
    assert account is not None
    assert account.account is not None
    made = routine(town, whose, is_published=False)
    data = {"principals": account.account.public_id, "version": "1"}
    return Call(reverse("routine_ask", args=[made.public_id]), at=AUTHORITY, data=data)


def approval(town: MatrixTown, whose: Assignment) -> Approval:
    """Somebody asked to approve."""
    assert whose.account is not None
    made = routine(town, whose, is_published=False)
    return Approval.objects.create(
        version=made.versions.get(), principal=whose.account, asked_by=whose.account, asked_at=NOON
    )


def approve(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("routine_approve", args=[approval(town, whose).public_id])
    return Call(url, data={"version": "1"})


def publish(town: MatrixTown, whose: Assignment) -> Call:
    asked = approval(town, whose)
    Approval.objects.filter(pk=asked.pk).update(approved_at=NOON)
    url = reverse("routine_publish", args=[asked.version.document.public_id])
    return Call(url, at=AUTHORITY, data={"version": "1"})


ADDRESSES: Addresses = {
    "routines": every,
    "routine": one,
    "routine_version": version,
    "routine_compare": compare,
    "routine_docx": docx,
    "routine_start": start,
    "routine_write": write,
    "routine_ask": ask,
    "routine_approve": approve,
    "routine_publish": publish,
}
