"""Handing queued mail to a server: at most once by itself, whatever happens in between.

What is promised: a mail is marked as handed over before the server is given it. A worker killed
before that mark leaves the mail to be sent later; one killed after it, or cut off before the
server answered, leaves it *in doubt*, and it is never sent again but by a person who asks for it.
Only a server that says yes and is not heard, or that itself delivers twice, can make a double.
A round ends when the connection is lost, or has taken too long: what was not handed over waits for
the next one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from smtplib import (
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.messages.actions import to_whom
from narvaro.web.messages.models import Mail, Trouble
from narvaro.web.messages.registry import receiver_of

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480))
"""How long is waited after each attempt that a server answered no to; then it has failed."""
MOST_AT_ONCE = 500
LONGEST_ROUND = 240.0
"""Seconds. A slow server holds the worker for no longer."""


@dataclass
class Sent:
    """How many mails went each way in one round."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    in_doubt: int = 0

    def as_record(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def send_due(now: datetime) -> Sent:
    """Send what is due by the installation's clock. Safe to run again, and beside another."""
    counted = Sent()
    due = list(
        Mail.objects.due(now).select_related("to").order_by("send_after", "pk")[:MOST_AT_ONCE]
    )
    if not due:
        return counted
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException):
        for mail in due:
            _later(mail, Trouble.NO_SERVER, now, counted)
        return counted
    ends = monotonic() + LONGEST_ROUND
    try:
        for mail in due:
            if not _send(mail, connection, now, counted) or monotonic() > ends:
                break
    finally:
        _close(connection)
    return counted


def _close(connection: Any) -> None:
    """Say goodbye; a server that is gone already is no fault."""
    with suppress(OSError, SMTPException):
        connection.close()


def _send(mail: Mail, connection: Any, now: datetime, counted: Sent) -> bool:
    """Hand one mail over. False: the connection is lost, and nothing more goes over it."""
    if not Mail.objects.filter(pk=mail.pk).due(now).update(handed_at=now):
        return True  # undone a moment ago, or another worker has it
    address = _address(mail)
    if not address:
        _fail(mail, Trouble.NOBODY, now)
        counted.failed += 1
        return True
    try:
        connection.send_messages([_letter(mail, address)])
    except (SMTPRecipientsRefused, SMTPResponseException) as answer:
        _answered_no(mail, answer, now, counted)
    except (SMTPNotSupportedError, ValueError):  # an address that cannot be written to it
        _fail(mail, Trouble.REFUSED, now)
        counted.failed += 1
    except (OSError, SMTPException):
        Mail.objects.filter(pk=mail.pk).update(trouble=Trouble.CUT_OFF)
        counted.in_doubt += 1
        return False
    else:
        _sent(mail, now)
        counted.sent += 1
    return True


def _address(mail: Mail) -> str:
    """Where the mail goes, asked now; empty when the receiver must not or cannot get it any more."""
    if mail.to is not None:
        return mail.to.email
    receiver = receiver_of(None, mail.receiver)
    if receiver is None or receiver.is_protected or receiver.held_back:
        return ""
    return receiver.address


def _letter(mail: Mail, address: str) -> EmailMessage:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    letter = EmailMessage(
        mail.subject,
        mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers={
            "Message-ID": f"<{mail.public_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "REQUEST"
        letter.attach("mote.ics", mail.calendar, f"text/calendar; method={method}")
    return letter


def _answered_no(
    mail: Mail,
    answer: SMTPRecipientsRefused | SMTPResponseException,
    now: datetime,
    counted: Sent,
) -> None:
    if isinstance(answer, SMTPRecipientsRefused):
        codes = [code for code, _ in answer.recipients.values()]
    else:
        codes = [answer.smtp_code]
    if any(code >= 500 for code in codes):
        _fail(mail, Trouble.REFUSED, now)
        counted.failed += 1
    else:
        _later(mail, Trouble.LATER, now, counted)


def _later(mail: Mail, trouble: Trouble, now: datetime, counted: Sent) -> None:
    """Try again in a while; after the last attempt it has failed."""
    if mail.attempts >= len(WAITS):
        _fail(mail, trouble, now)
        counted.failed += 1
        return
    Mail.objects.filter(pk=mail.pk, sent_at=None, undone_at=None).update(
        handed_at=None,
        attempts=mail.attempts + 1,
        trouble=trouble,
        send_after=now + WAITS[mail.attempts],
    )
    counted.later += 1


def _fail(mail: Mail, trouble: Trouble, now: datetime) -> None:
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(handed_at=None, failed_at=now, trouble=trouble)
        _tell("messages.failed", mail, now)


def _sent(mail: Mail, now: datetime) -> None:
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(sent_at=now, trouble="")
        _tell("messages.sent", mail, now)


def _tell(action: str, mail: Mail, now: datetime) -> None:
    subjects = [f"mail:{mail.public_id}", to_whom(mail)]
    write_entry(NOBODY, action, kind=Kind.WRITE, at=now, subjects=subjects)
