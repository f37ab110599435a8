"""Every write about filled forms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.errors import BadRequest
from narvaro.forms import (
    AnswerFault,
    Form,
    Kind,
    check,
    fingerprint,
    labels_of,
    load,
    newest,
    tidied,
)
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind as Logged
from narvaro.web.documents.models import Addendum, Document
from narvaro.web.documents.registry import tell_signed
from narvaro.web.pupils.models import Pupil

NOTHING_BEFORE = "0" * 64
LONGEST_ADDENDUM = 4_000


class AlreadySigned(BadRequest):
    """The document is signed: nothing of it is changed; an addendum can be added."""


class AnswersRefused(BadRequest):
    """Answers that cannot stand; every fault of them, in the form's order."""

    def __init__(self, faults: Sequence[AnswerFault]) -> None:
        super().__init__(f"{len(faults)} answers cannot stand")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Prefilled:
    """What is known already, by the names forms are prefilled from; and until when it holds.

    A value is a text, a list of lines, or a list of `[label, number]` drawn as bars.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    data_at: datetime | None = None


def start(
    form_id: str,
    *,
    pupil: Pupil | None,
    unit: Unit,
    by: Viewer,
    at: datetime,
    prefilled: Prefilled | None = None,
) -> Document:
    """Begin a document on the form's newest version; what is known already stands in it, frozen.

    Raises NotFound for an unknown form, `Refused` when the form is about a pupil and none is
    given (or the other way round), or when the role may not read what such a form holds.
    """
    form = newest(form_id, on=by.today)
    if form.is_about_pupil != (pupil is not None):
        raise Refused(_("Det formuläret fylls inte i här."))
    if not may_read(by.role, form.restriction.value):
        raise Refused(_("Din roll läser inte det som formuläret innehåller."))
    given = prefilled or Prefilled()
    made = Document(
        form_id=form.id,
        form_version=form.version,
        labels=labels_of(form),
        pupil=pupil,
        unit=unit,
        owner=by.account,
        restriction=form.restriction.value,
        prefilled_sealed=json.dumps(dict(given.values), ensure_ascii=False, sort_keys=True),
        data_at=given.data_at,
        started_at=at,
        saved_at=at,
        saved_by=by.account,
    )
    made.keep(_from_prefilled(form, given.values))
    with transaction.atomic():
        made.save(force_insert=True)
        _log("documents.start", made, by=by, at=at)
    return made


def _from_prefilled(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that can be changed, as they are known already."""
    known = {
        one.id: values[one.prefilled_from]
        for one in form.fields
        if one.kind != Kind.FACT and one.prefilled_from in values
    }
    texts = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in known.items()
    }
    return tidied(form, texts)


def save(
    document: Document,
    *,
    answers: Mapping[str, Any],
    opened_version: int,
    by: Viewer,
    at: datetime,
    page: str = "",
    is_by_itself: bool = False,
) -> Document:
    """Keep a draft. What the role may not read stays as it is, whatever was sent.

    Raises `ChangedMeanwhile`, `AlreadySigned`, `AnswersRefused`, or NotFound when the version of
    the form is gone. The same answers once more change nothing. `page`: the opened page; what it
    saved by itself (`is_by_itself`) while somebody was typing is not in the way of what is then
    sent from it by a button.
    """
    form = load(document.form_id, document.form_version)
    with transaction.atomic():
        own = None if is_by_itself else _of_page(document, page)
        kept = _unsigned(document, own or opened_version)
        whole = merged(form, kept.answers, answers, by=by)
        if faults := check(form, whole, is_whole=False):
            raise AnswersRefused(faults)
        if whole == kept.answers:
            return Document.objects.get(pk=kept.pk)
        kept.keep(whole)
        kept.saved_at, kept.saved_by = max(at, kept.started_at), by.account
        kept.saved_from = page
        kept.save()
        _log("documents.fill_in", kept, by=by, at=at)
    return kept


def merged(
    form: Form, kept: Mapping[str, Any], sent: Mapping[str, Any], *, by: Viewer
) -> dict[str, Any]:
    """What was sent, with what the role may not read as it was kept."""
    own = {one.id for one in form.fields if may_read(by.role, one.restriction.value)}
    hidden = {name: answer for name, answer in kept.items() if name not in own}
    return hidden | {name: one for name, one in tidied(form, sent).items() if name in own}


def sign(document: Document, *, opened_version: int, by: Viewer, at: datetime) -> Document:
    """Lock a document for ever. Raises as `save`; `AnswersRefused` names every gap."""
    form = load(document.form_id, document.form_version)
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(
            pk=document.unit_id
        )  # one chain for each school
        kept = _unsigned(document, opened_version)
        if faults := check(form, kept.answers):
            raise AnswersRefused(faults)
        last = Document.objects.filter(unit=kept.unit_id, number__isnull=False)
        before = last.order_by("-number").values_list("number", "content_hash").first()
        number, kept.previous_hash = before or (0, NOTHING_BEFORE)
        kept.number, kept.signed_by = (number or 0) + 1, by.account
        kept.signed_at = max(at, kept.saved_at)  # the demo's day can be moved back
        kept.content_hash = hash_of(kept)
        kept.save()
        _log("documents.sign", kept, by=by, at=at)
        tell_signed(kept, at)
    return kept


def hash_of(document: Document) -> str:
    """SHA-256 in hex over all that a signed document says, and the hash before it."""
    if document.signed_at is None or document.signed_by is None:
        raise ValueError("only what is signed has a hash")
    said = [
        document.public_id,
        document.number,
        fingerprint(document.form_id, document.form_version, document.answers),
        document.prefilled,
        document.labels,
        document.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        document.signed_by.public_id,
        document.previous_hash,
    ]
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def add_addendum(document: Document, text: str, *, by: Viewer, at: datetime) -> Addendum:
    """Add something to a signed document. Raises `Refused` when it is no text or not signed."""
    said = text.replace("\r\n", "\n").strip()
    if not document.is_signed or not said or len(said) > LONGEST_ADDENDUM or "\0" in said:
        raise Refused(_("Ett tillägg är en text, till ett signerat dokument."))
    with transaction.atomic():
        made = Addendum.objects.create(document=document, text=said, by=by.account, at=at)
        _log("documents.add", document, by=by, at=at, more=[f"addendum:{made.public_id}"])
    return made


def _unsigned(document: Document, opened_version: int) -> Document:
    if Document.objects.filter(pk=document.pk, signed_at__isnull=False).exists():
        raise AlreadySigned("The document is signed.")
    return locked(Document.objects.all(), document.pk, version=opened_version)


def _of_page(document: Document, page: str) -> int | None:
    mine = Document.objects.filter(pk=document.pk, saved_from=page).exclude(saved_from="")
    return mine.values_list("version", flat=True).first()


def _log(
    action: str, document: Document, *, by: Viewer, at: datetime, more: Sequence[str] = ()
) -> None:
    subjects = [f"document:{document.public_id}", *more]
    if document.pupil is not None:
        subjects.append(f"pupil:{document.pupil.public_id}")
    if document.content_hash and action == "documents.sign":
        subjects.append(f"sha256:{document.content_hash}")
    write_entry(by.actor, action, kind=Logged.WRITE, at=at, subjects=subjects)


__all__ = [
    "AlreadySigned",
    "AnswersRefused",
    "ChangedMeanwhile",
    "Prefilled",
    "add_addendum",
    "hash_of",
    "save",
    "sign",
    "start",
]
