"""A mail as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.models import HANDING_TAKES, Mail
from narvaro.web.messages.registry import without_secrets


@dataclass(frozen=True, slots=True)
class MailPage:
    """A mail, in words how far it has come, and what can be done with it."""

    mail: Mail
    state: str
    minutes_left: int
    may_undo: bool
    may_send_again: bool

    @property
    def body(self) -> str:
        """What it says, without what only its receiver may follow: who sends does not answer."""
        return without_secrets(self.mail.body)

    @property
    def to_name(self) -> str:
        """Whom staff mail is to; of a letter outside nothing is told."""
        return self.mail.to.name if self.mail.to is not None else _("en vårdnadshavare")


def mail_page(mail: Mail) -> MailPage:
    """The mail as it is now."""
    now = installation_now()
    seconds = (mail.send_after - now).total_seconds()
    is_lost = mail.failed_at is not None or is_in_doubt(mail, now)
    return MailPage(
        mail, state_of(mail, now), max(0, -int(-seconds // 60)), mail.may_be_undone(), is_lost
    )


def is_in_doubt(mail: Mail, now: datetime) -> bool:
    """It was handed over, and no answer came."""
    waits = mail.handed_at is not None and mail.sent_at is None and mail.failed_at is None
    return waits and mail.handed_at is not None and mail.handed_at <= now - HANDING_TAKES


def state_of(mail: Mail, now: datetime) -> str:
    """How far a mail has come, in words."""
    if mail.undone_at:
        return _("Ångrat. Det skickas inte.")
    if mail.sent_at:
        return _("Skickat.")
    if mail.failed_at:
        return _("Gick inte iväg: %(why)s.") % {"why": mail.get_trouble_display()}
    if is_in_doubt(mail, now):
        return _("Oklart om det gick iväg. Det skickas inte igen av sig självt.")
    if mail.handed_at:
        return _("Skickas nu.")
    if mail.attempts:
        return _("Väntar på nytt försök: %(why)s.") % {"why": mail.get_trouble_display()}
    return _("Väntar. Det går att ångra.")
