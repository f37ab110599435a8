"""Every write to mail: queued, undone, sent again by a person, the weekly mail chosen or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Account, Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, Actor, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.models import Declined, DeclinedReminders, Mail

UNDO_MINUTES = 10


class TooLate(Exception):
    """The mail has been handed over, or undone already."""

    def __init__(self) -> None:
        super().__init__(_("Mejlet har redan skickats eller ångrats."))


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in its receiver's language. `key` names it: the same is queued once.

    `calendar` is a file that goes with it (RFC 5545); its method stands in it.
    """

    key: str
    subject: str
    body: str
    language: str
    calendar: str = ""


def queue_mail(
    letter: Letter,
    *,
    to: Account | str,
    authority: Authority,
    by: Viewer | None,
    at: datetime,
    action: str,
) -> Mail | None:
    """Queue a mail for ten minutes, in which it can be undone. None: it was queued before.

    `to` is an account, or the opaque key of somebody outside (`registry.offer_receivers`).
    `at` is the moment it is about; when it leaves is counted by the installation's clock.
    """
    actor: Actor = NOBODY if by is None else by.actor
    leaves = max(installation_now(), at) + timedelta(minutes=UNDO_MINUTES)
    whom = {"receiver": to} if isinstance(to, str) else {"to": to}
    try:
        with transaction.atomic():
            mail: Mail = Mail.objects.create(
                authority=authority,
                queued_at=at,
                queued_by=None if by is None else by.account,
                send_after=leaves,
                **asdict(letter),
                **whom,
            )
            subjects = [f"mail:{mail.public_id}", to_whom(mail)]
            write_entry(actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
    except IntegrityError:
        if Mail.objects.filter(key=letter.key).exists():
            return None
        raise
    return mail


def to_whom(mail: Mail) -> str:
    """The receiver as the log knows them: an opaque key."""
    return f"account:{mail.to.public_id}" if mail.to is not None else mail.receiver


def undo(*, mail: Mail, by: Viewer, at: datetime) -> None:
    """Take a mail back before it has left. Raises TooLate."""
    with transaction.atomic():
        waiting = Mail.objects.filter(pk=mail.pk, sent_at=None).not_handed()
        if not waiting.update(undone_at=at, undone_by=by.account):
            raise TooLate
        _tell(by, "messages.undo", mail, at)


def send_again(*, mail: Mail, by: Viewer, at: datetime) -> None:
    """Let a mail that failed, or may have been lost, be sent once more. Raises TooLate."""
    with transaction.atomic():
        lost = Mail.objects.filter(pk=mail.pk, sent_at=None, undone_at=None).exclude(
            handed_at=None, failed_at=None
        )
        if not lost.update(handed_at=None, failed_at=None, attempts=0, trouble=""):
            raise TooLate
        _tell(by, "messages.send_again", mail, at)


def choose_weekly(*, wants: bool, by: Viewer, at: datetime) -> None:
    """Have the weekly mail, or not."""
    _choose(Declined, wants=wants, by=by, at=at)


def choose_reminders(*, wants: bool, by: Viewer, at: datetime) -> None:
    """Have the reminder of the day, or not. What is late is told of all the same."""
    _choose(DeclinedReminders, wants=wants, by=by, at=at)


def _choose(
    declined: type[Declined | DeclinedReminders], *, wants: bool, by: Viewer, at: datetime
) -> None:
    with transaction.atomic():
        if wants:
            declined.objects.filter(account=by.account).delete()
        else:
            declined.objects.get_or_create(account=by.account, defaults={"since": at})
        subjects = [f"account:{by.account.public_id}"]
        write_entry(by.actor, "messages.choose", kind=Kind.WRITE, at=at, subjects=subjects)


def _tell(by: Viewer, action: str, mail: Mail, at: datetime) -> None:
    subjects = [f"mail:{mail.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
