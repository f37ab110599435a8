"""Writes to letters to many: made, shown, sent off with ten minutes' undo, remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.messages.actions import Letter as MailLetter
from narvaro.web.messages.actions import TooLate, queue_mail
from narvaro.web.messages.models import Delivery, Letter, Mail, Skipped
from narvaro.web.messages.registry import receiver_of


@dataclass(frozen=True, slots=True)
class Draft:
    """One receiver's letter. `receiver` and `about` are opaque keys: `guardian:…`, `pupil:…`."""

    receiver: str
    about: str
    language: str
    subject: str
    body: str


def prepare_letter(
    *, kind: str, title: str, drafts: Iterable[Draft], by: Viewer, at: datetime
) -> Letter:
    """Keep a letter to be looked at; nothing is queued. Who cannot get it is entered with why.

    Raises Refused when a receiver is not in the maker's scope, or when there is none.
    """
    with transaction.atomic():
        made = Letter.objects.create(
            authority=by.authority, kind=kind, title=title, made_by=by.account, made_at=at
        )
        rows = [_delivery(made, draft, by) for draft in drafts]
        if not rows:
            raise Refused(_("Brevet har ingen mottagare."))
        Delivery.objects.bulk_create(rows)
        _tell(by, "messages.prepare_letter", made, at)
    return made


def release_letter(*, letter: Letter, by: Viewer, at: datetime) -> int:
    """Queue a letter that was looked at, for ten minutes. Returns how many mails. Raises Refused.

    Who has become protected since it was made is passed over now, and said to be.
    """
    with transaction.atomic():
        kept = Letter.objects.select_for_update().get(pk=letter.pk)
        if kept.released_at is not None:
            raise Refused(_("Brevet är redan skickat."))
        kept.released_at = at
        kept.save(update_fields=["released_at"])
        count = sum(_queue(one, by, at) for one in kept.deliveries.filter(skipped=""))
        _tell(by, "messages.release_letter", kept, at)
    return count


def undo_letter(*, letter: Letter, by: Viewer, at: datetime) -> int:
    """Take back every mail of a letter that has not left. Returns how many. Raises TooLate."""
    with transaction.atomic():
        kept = Letter.objects.select_for_update().get(pk=letter.pk)
        mine = Mail.objects.filter(delivery__letter=kept, sent_at=None).not_handed()
        count = Mail.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(
            undone_at=at, undone_by=by.account
        )
        if not count:
            raise TooLate
        kept.undone_at = at
        kept.save(update_fields=["undone_at"])
        _tell(by, "messages.undo_letter", kept, at)
    return count


def _delivery(letter: Letter, draft: Draft, by: Viewer) -> Delivery:
    receiver = receiver_of(by, draft.receiver)
    if receiver is None:
        raise Refused(_("En mottagare hör inte till dina elever."))
    return Delivery(
        letter=letter,
        receiver=draft.receiver,
        about=draft.about,
        language=draft.language,
        subject=draft.subject,
        body=draft.body,
        skipped=_why_not(receiver.is_protected, receiver.address),
    )


def _why_not(is_protected: bool, address: str) -> str:
    if is_protected:
        return Skipped.PROTECTED
    return "" if address else Skipped.NO_ADDRESS


def _queue(one: Delivery, by: Viewer, at: datetime) -> bool:
    receiver = receiver_of(by, one.receiver)
    one.skipped = (
        Skipped.PROTECTED if receiver is None else _why_not(receiver.is_protected, receiver.address)
    )
    if not one.skipped:
        said = MailLetter(f"letter:{one.pk}", one.subject, one.body, one.language)
        one.mail = queue_mail(
            said,
            to=one.receiver,
            authority=one.letter.authority,
            by=by,
            at=at,
            action="messages.queue_letter",
        )
    one.save(update_fields=["skipped", "mail"])
    return one.mail is not None


def _tell(by: Viewer, action: str, letter: Letter, at: datetime) -> None:
    about = sorted({key for key in letter.deliveries.values_list("about", flat=True) if key})
    subjects = [f"letter:{letter.public_id}", *about]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
