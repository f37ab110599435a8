"""One's own calendar by a link: signed, for this and nothing else, until it is taken back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.messages.models import CalendarLink

_SALT = "narvaro.messages.calendar"


def make_link(*, by: Viewer, at: datetime) -> CalendarLink:
    """Make a link; the one before opens nothing any more."""
    with transaction.atomic():
        _revoke(by, at)
        made = CalendarLink.objects.create(account=by.account, made_at=at)
        _tell(by, "messages.make_calendar", at)
    return made


def revoke_link(*, by: Viewer, at: datetime) -> None:
    """Take the link back."""
    with transaction.atomic():
        if _revoke(by, at):
            _tell(by, "messages.revoke_calendar", at)


def address_of(viewer: Viewer) -> str:
    """The address to subscribe to; empty when there is none."""
    link = CalendarLink.objects.filter(account=viewer.account, revoked_at=None).first()
    if link is None:
        return ""
    return f"{settings.PUBLIC_ADDRESS}{reverse('calendar', args=[token_of(link)])}"


def token_of(link: CalendarLink) -> str:
    """What stands in the address."""
    return Signer(salt=_SALT, sep="~").sign(link.public_id)


def link_of(token: str) -> CalendarLink | None:
    """The link of an address, when it is ours, in use, and its person's account is open."""
    try:
        public_id = Signer(salt=_SALT, sep="~").unsign(token)
    except BadSignature:
        return None
    links = CalendarLink.objects.filter(revoked_at=None, account__is_active=True)
    return links.select_related("account").filter(public_id=public_id).first()


def _revoke(by: Viewer, at: datetime) -> bool:
    mine = CalendarLink.objects.filter(account=by.account, revoked_at=None)
    return bool(mine.update(revoked_at=at))


def _tell(by: Viewer, action: str, at: datetime) -> None:
    subjects = [f"account:{by.account.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
