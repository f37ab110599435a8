"""Writes to letters to many: made, shown, sent off with ten minutes' undo, remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.messages.actions import Letter as MailLetter
from narvaro.web.messages.actions import TooLate, queue_mail
from narvaro.web.messages.models import Delivery, Letter, Mail, Skipped
from narvaro.web.messages.registry import Receiver, receiver_of


@dataclass(frozen=True, slots=True)
class Draft:
    """One receiver's letter. `receiver` and `about` are opaque keys: `guardian:…`, `pupil:…`.

    `wants_paper`: printed instead of mailed; `postal` is what stands under the name then.
    """

    receiver: str
    about: str
    language: str
    subject: str
    body: str
    wants_paper: bool = False
    postal: str = ""


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
    """Queue a letter that was looked at, for ten minutes; what is for paper waits to be printed.

    Returns how many get it. Raises Refused when it was sent off or thrown away before.

    Who has become protected since it was made is passed over now, and said to be.
    """
    with transaction.atomic():
        kept = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
        if kept.released_at is not None or kept.dropped_at is not None:
            raise Refused(_("Brevet är redan skickat."))
        kept.released_at = at
        kept.save(update_fields=["released_at"])
        wanted = kept.deliveries.filter(Q(skipped="") | Q(on_paper=True))
        count = sum(_queue(one, by, at) for one in wanted)
        _tell(by, "messages.release_letter", kept, at)
    return count


def drop_letter(*, letter: Letter, by: Viewer, at: datetime) -> None:
    """Throw away a letter that was never sent off. Raises Refused."""
    with transaction.atomic():
        kept = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
        if kept.released_at is not None:
            raise Refused(_("Brevet är redan skickat."))
        kept.dropped_at = at
        kept.save(update_fields=["dropped_at"])
        _tell(by, "messages.drop_letter", kept, at)


def undo_letter(*, letter: Letter, by: Viewer, at: datetime) -> int:
    """Take back every mail of a letter that has not left, and every paper that is not printed.

    Returns how many. Raises TooLate when there is none.
    """
    with transaction.atomic():
        kept = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
        mine = Mail.objects.filter(delivery__letter=kept, sent_at=None).not_handed()
        count = Mail.objects.filter(pk__in=list(mine.values_list("pk", flat=True))).update(
            undone_at=at, undone_by=by.account
        )
        if kept.released_at is not None and kept.undone_at is None:
            count += kept.deliveries.filter(on_paper=True, printed_at=None).count()
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
        skipped=why_no_mail(receiver, wants_paper=draft.wants_paper),
        on_paper=draft.wants_paper and may_have_paper(receiver),
        postal="" if receiver.is_protected else draft.postal,
    )


def why_no_mail(receiver: Receiver, *, wants_paper: bool = False) -> str:
    """Why somebody gets nothing by mail; empty when they do."""
    if receiver.held_back:
        return Skipped(receiver.held_back)
    if receiver.is_protected:
        return Skipped.PROTECTED
    if not receiver.address:
        return Skipped.NO_ADDRESS
    return Skipped.PAPER if wants_paper else ""


def may_have_paper(receiver: Receiver) -> bool:
    """A letter can be printed for them: a name may stand on it, and nothing holds it back."""
    return bool(receiver.paper_name) and not receiver.held_back


def _queue(one: Delivery, by: Viewer, at: datetime) -> bool:
    """Queue the mail, or find that there can be none any more. True: it gets its letter."""
    receiver = receiver_of(by, one.receiver) or Receiver("", "", is_protected=True)
    one.skipped = why_no_mail(receiver, wants_paper=one.on_paper)
    one.on_paper = one.on_paper and may_have_paper(receiver)
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
    one.save(update_fields=["skipped", "on_paper", "mail"])
    return one.mail is not None or one.on_paper


def mark_printed(*, deliveries: Sequence[Delivery], by: Viewer, at: datetime) -> None:
    """Remember that letters went to paper; the first time of each is kept."""
    with transaction.atomic():
        mine = Delivery.objects.filter(pk__in=[one.pk for one in deliveries], on_paper=True)
        if mine.filter(printed_at=None, letter__undone_at=None).update(printed_at=at):
            _tell(by, "messages.print_letter", deliveries[0].letter, at)


def _tell(by: Viewer, action: str, letter: Letter, at: datetime) -> None:
    about = sorted({key for key in letter.deliveries.values_list("about", flat=True) if key})
    subjects = [f"letter:{letter.public_id}", *about]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
