"""Every write about the library of routines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.programmes import RoutineText
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Account, Authority
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.documents.routine_models import (
    LONGEST,
    Approval,
    RoutineDocument,
    RoutineVersion,
)


def start_document(*, name: str, text: str, by: Viewer, at: datetime) -> RoutineDocument:
    """A new document with its first draft. Raises `Refused` when the name is taken."""
    if RoutineDocument.objects.filter(authority=by.authority, name=name).exists():
        raise Refused(_("Det finns redan ett dokument med det namnet. Skriv en ny version av det."))
    with transaction.atomic():
        made = RoutineDocument.objects.create(authority=by.authority, name=name)
        _new_version(made, text, by=by, at=at)
    return made


def put_drafts(texts: Iterable[RoutineText], *, by: Viewer, at: datetime) -> int:
    """Texts from elsewhere as drafts: new documents, or new versions where the text is another.

    A document with a draft in the making is left as it is. Returns how many drafts were made.
    """
    made = 0
    with transaction.atomic():
        Authority.objects.select_for_update(no_key=True).get(pk=by.authority.pk)
        for one in texts:
            found = RoutineDocument.objects.filter(authority=by.authority, name=one.name).first()
            if found is None:
                found = RoutineDocument.objects.create(
                    authority=by.authority, name=one.name, place=one.place, form_id=one.form
                )
            newest = found.versions.first()
            if newest is None or (newest.published_at and newest.text != one.text):
                _new_version(found, one.text, by=by, at=at)
                made += 1
    return made


def write(
    document: RoutineDocument, *, text: str, opened_version: int, by: Viewer, at: datetime
) -> RoutineVersion:
    """Keep a text: a new draft when none is in the making, else the draft; approvals are asked anew.

    `opened_version` 0: no draft was there. What a communicator writes is edited. Raises
    `ChangedMeanwhile` when somebody else has written since, `Refused` for an empty text.
    """
    _text_is_there(text)
    with transaction.atomic():
        draft = document.versions.filter(published_at__isnull=True).first()
        if draft is None and opened_version == 0:
            return _first_of_two(document, text, by=by, at=at)
        kept = locked(document.versions.all(), _pk(draft), version=opened_version)
        kept.text = text
        kept.approvals.all().delete()
        is_edited = by.role == Role.COMMUNICATOR
        kept.edited_by, kept.edited_at = (by.account, at) if is_edited else (None, None)
        kept.save()
        _log("routines.write", kept, by=by, at=at)
    return kept


def ask(
    version: RoutineVersion,
    principals: Iterable[Account],
    *,
    opened_version: int,
    by: Viewer,
    at: datetime,
) -> None:
    """Name those who are to approve. Raises `Refused` before it is edited, or with nobody named."""
    named = list(principals)
    with transaction.atomic():
        kept = locked(RoutineVersion.objects.all(), version.pk, version=opened_version)
        if kept.published_at is not None or kept.edited_at is None or not named:
            raise Refused(_("Texten redigeras först, och minst en rektor namnges."))
        for one in named:
            Approval.objects.get_or_create(
                version=kept, principal=one, defaults={"asked_by": by.account, "asked_at": at}
            )
        kept.save()
        _log("routines.ask", kept, by=by, at=at, more=[f"account:{o.public_id}" for o in named])


def approve(approval: Approval, *, opened_version: int, by: Viewer, at: datetime) -> None:
    """Approve the text as it was opened. Raises `ChangedMeanwhile` when it is another by now."""
    with transaction.atomic():
        kept = locked(RoutineVersion.objects.all(), approval.version_id, version=opened_version)
        if approval.principal_id != by.account.pk or kept.published_at is not None:
            raise Refused(_("Godkännandet gäller någon annan, eller är redan publicerat."))
        Approval.objects.filter(pk=approval.pk, approved_at=None).update(approved_at=at)
        _log("routines.approve", kept, by=by, at=at)


def publish(version: RoutineVersion, *, opened_version: int, by: Viewer, at: datetime) -> None:
    """Make it the one that holds. Raises `Refused` until everybody named has approved."""
    with transaction.atomic():
        kept = locked(RoutineVersion.objects.all(), version.pk, version=opened_version)
        asked = kept.approvals.all()
        if not asked.exists() or asked.filter(approved_at=None).exists():
            raise Refused(_("Alla som är namngivna har inte godkänt än."))
        kept.published_by, kept.published_at = by.account, at
        kept.save()
        _log("routines.publish", kept, by=by, at=at)


def _new_version(
    document: RoutineDocument, text: str, *, by: Viewer, at: datetime
) -> RoutineVersion:
    _text_is_there(text)
    last = document.versions.order_by("-number").values_list("number", flat=True).first()
    is_edited = by.role == Role.COMMUNICATOR
    made = RoutineVersion.objects.create(
        document=document,
        number=(last or 0) + 1,
        text=text,
        drafted_by=by.account,
        drafted_at=at,
        edited_by=by.account if is_edited else None,
        edited_at=at if is_edited else None,
    )
    _log("routines.write", made, by=by, at=at)
    return made


def _first_of_two(
    document: RoutineDocument, text: str, *, by: Viewer, at: datetime
) -> RoutineVersion:
    try:
        with transaction.atomic():
            return _new_version(document, text, by=by, at=at)
    except IntegrityError as taken:
        raise ChangedMeanwhile("a draft was begun by somebody else") from taken


def _pk(draft: RoutineVersion | None) -> int:
    if draft is None:
        raise Refused(_("Utkastet är publicerat. Öppna dokumentet och skriv en ny version."))
    return draft.pk


def _text_is_there(text: str) -> None:
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        raise Refused(_("Skriv en text, högst %(most)s tecken.") % {"most": LONGEST})


def _log(
    action: str, version: RoutineVersion, *, by: Viewer, at: datetime, more: Sequence[str] = ()
) -> None:
    subjects = [f"routine:{version.document.public_id}", f"version:{version.number}", *more]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
