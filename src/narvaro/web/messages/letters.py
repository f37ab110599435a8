"""Mail from templates, to staff and other authorities: numbers, days, links, and no name.

A template is a text file of an app's: its first line is the subject. It is filled with `Words` of
ours, whole numbers, days, times, authorities and `Link`s; anything else is refused before it is
queued.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from narvaro.web.accounts.models import Account, Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages.actions import Letter, queue_mail
from narvaro.web.messages.calendars import Event, invitation
from narvaro.web.messages.models import Mail
from narvaro.web.messages.registry import receiver_of


@dataclass(frozen=True, slots=True)
class Link:
    """A path of ours; the mail gets the whole address."""

    path: str

    def __str__(self) -> str:
        return f"{settings.PUBLIC_ADDRESS}{self.path}"


@dataclass(frozen=True, slots=True)
class Place:
    """A room as a calendar says it: "rum 118". Written by staff, and shown to those who are asked."""

    name: str

    def __str__(self) -> str:
        return self.name


Value = int | date | datetime | Link | Place | Promise | Authority


def queue_letter(
    template: str,
    values: Mapping[str, Value],
    *,
    key: str,
    to: Account | str,
    authority: Authority,
    by: Viewer | None,
    at: datetime,
    action: str,
    event: Event | None = None,
) -> Mail | None:
    """Queue a mail from a template for ten minutes. None: it was queued before, or the account is closed.

    `to` is an account, or the opaque key of somebody outside (`registry.offer_receivers`).
    `event` goes with it as a calendar file. Raises TypeError for a value that could hold a name.
    """
    for name, value in values.items():
        if not isinstance(value, Value):
            raise TypeError(f"{name} of {template} is a {type(value).__name__}: it could be a name")
    if isinstance(to, Account) and not to.is_active:
        return None
    said, address = _of(to)
    language = said if said in dict(settings.LANGUAGES) else "sv"
    with translation.override(language):
        subject, _line, body = render_to_string(template, dict(values)).strip().partition("\n")
        calendar = "" if event is None else _calendar(event, address)
    letter = Letter(key, subject.strip(), body.strip() + "\n", language, calendar)
    return queue_mail(letter, to=to, authority=authority, by=by, at=at, action=action)


def _of(to: Account | str) -> tuple[str, str]:
    """The receiver's language, and the address that stands in a calendar file."""
    if isinstance(to, Account):
        return to.language, to.email
    found = receiver_of(None, to)
    return ("sv", "") if found is None else (found.language, found.address)


def _calendar(event: Event, address: str) -> str:
    return invitation(event, to=address, organiser=settings.DEFAULT_FROM_EMAIL)
