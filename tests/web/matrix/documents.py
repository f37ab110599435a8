"""Forms filled in: read, written, signed."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.forms import labels_of, load
from narvaro.web.accounts.models import Assignment
from narvaro.web.documents.models import Document

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)


def document(
    town: MatrixTown, whose: Assignment, *, is_signed: bool = False, form: str = "contact-note"
) -> Document:
    """A document of somebody: the colleague's is about a pupil of 7B, a viewer's about nobody."""
    assert whose.account is not None
    is_colleagues = whose == town.colleague
    made = Document(
        form_id=form,
        form_version=1,
        labels=labels_of(load(form, 1)),
        pupil=town.pupil if is_colleagues else None,
        unit=town.units[SCHOOL] if is_colleagues else whose.unit,
        owner=whose.account,
        restriction="ordinary",
        started_at=NOON,
        saved_at=NOON,
        saved_by=whose.account,
    )
    if is_signed:
        made.signed_at, made.signed_by = NOON, whose.account
        made.number = Document.objects.count() + 1
        made.content_hash = made.previous_hash = "0" * 64
    made.save()
    return made


def every(town: MatrixTown, _whose: Assignment) -> Call:
    document(town, town.colleague, is_signed=True)
    return Call(reverse("documents"), at=CLASS, shows="Elev Provsson")


def begin(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("document_start"))


def begin_about(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("document_start_about", args=[town.pupil.public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data={"form": "contact-note"})]


def read(town: MatrixTown, _whose: Assignment) -> Call:
    made = document(town, town.colleague, is_signed=True)
    return Call(reverse("document", args=[made.public_id]), at=CLASS)


def as_pdf(town: MatrixTown, _whose: Assignment) -> Call:
    made = document(town, town.colleague, is_signed=True)
    return Call(reverse("document_pdf", args=[made.public_id]), at=CLASS)


def as_docx(town: MatrixTown, _whose: Assignment) -> Call:
    made = document(town, town.colleague, is_signed=True)
    return Call(reverse("document_docx", args=[made.public_id]), at=CLASS)


def write(town: MatrixTown, whose: Assignment) -> list[Call]:
    url = reverse("document_fill_in", args=[document(town, whose).public_id])
    sent = {"f_said": "Vi talades vid", "version": "1", "then": "later"}
    return [Call(url, at=CLASS), Call(url, at=CLASS, data=sent)]


def signing(town: MatrixTown, whose: Assignment) -> Call:
    return Call(reverse("document_sign", args=[document(town, whose).public_id]), at=CLASS)


def opening(town: MatrixTown, _whose: Assignment) -> Call:
    made = document(town, town.colleague, is_signed=True)
    url = reverse("document_open", args=[made.public_id])
    return Call(url, at=CLASS, data={"reason": "decision"})


def adding(town: MatrixTown, whose: Assignment) -> Call:
    made = document(town, whose, is_signed=True)
    return Call(reverse("document_add", args=[made.public_id]), at=CLASS, data={"text": "Tillägg"})


def home_letters(town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("home_letters", args=[town.pupil.public_id])
    return [Call(url, at=CLASS), Call(url, at=CLASS, data={"form": "guardian-letter"})]


def letters_to_homes(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("letters_to_homes"))


def send_home(town: MatrixTown, _whose: Assignment) -> Call:
    made = document(town, town.colleague, is_signed=True, form="guardian-letter")
    return Call(reverse("send_home", args=[made.public_id]), at=CLASS)


ADDRESSES: Addresses = {
    "home_letters": home_letters,
    "letters_to_homes": letters_to_homes,
    "send_home": send_home,
    "documents": every,
    "document_start": begin,
    "document_start_about": begin_about,
    "document": read,
    "document_pdf": as_pdf,
    "document_docx": as_docx,
    "document_fill_in": write,
    "document_sign": signing,
    "document_open": opening,
    "document_add": adding,
}
