"""Links to answer with: signed, for one unit and one call, until a moment, once.

The link is a secret of the unit it was mailed to. What it opens says nothing of a pupil, so that
a link that went astray tells nothing; answering is all it does, and reading it takes nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from narvaro.timetable import local_day
from narvaro.web.collaboration.contacts import serves_at
from narvaro.web.collaboration.models import AnswerLink, Called

_SALT = "narvaro.collaboration.answer"
SHORTEST = timedelta(days=1)


class LinkState(StrEnum):
    """What a link of ours is good for."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    CLOSED = "closed"  # taken back, the call too, or who it was sent to has left


@dataclass(frozen=True, slots=True)
class Opened:
    """A link of ours and what it is good for at the moment."""

    link: AnswerLink
    state: LinkState


def make_link(called: Called, at: datetime) -> AnswerLink:
    """A new link until the last proposed time; the one before opens nothing any more."""
    close_links(called, at)
    last = max((one.starts_at for one in called.call.proposed.all()), default=at)
    until = max(last, at + SHORTEST)
    return AnswerLink.objects.create(called=called, made_at=at, expires_at=until)


def close_links(called: Called, at: datetime) -> None:
    """Let no link of the unit open anything any more."""
    called.links.filter(used_at=None, revoked_at=None).update(revoked_at=at)


def token_of(link: AnswerLink) -> str:
    """What stands in the address."""
    return Signer(salt=_SALT, sep="~").sign(link.public_id)


def path_of(link: AnswerLink) -> str:
    """The address within ours."""
    return reverse("answer_call_by_link", args=[token_of(link)])


def answers_begin() -> str:
    """What the path of every link begins with."""
    return reverse("answer_call_by_link", args=["-"]).removesuffix("-/")


def opened(token: str, at: datetime) -> Opened | None:
    """What an address opens; None for everything that is not a link of ours."""
    try:
        public_id = Signer(salt=_SALT, sep="~").unsign(token)
    except BadSignature:
        return None
    links = AnswerLink.objects.select_related(
        "called__call__pupil", "called__call__case__authority", "called__unit", "called__contact"
    )
    link = links.filter(public_id=public_id).first()
    return None if link is None else Opened(link, state_of(link, at))


def state_of(link: AnswerLink, at: datetime) -> LinkState:
    """What the link is good for at a moment."""
    called, call = link.called, link.called.call
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None or called.stopped_at is not None:
        return LinkState.CLOSED
    if not (call.is_sent and call.is_open) or _has_met(called):
        return LinkState.CLOSED
    if called.contact and not serves_at(called.contact, called.unit, local_day(at)):
        return LinkState.CLOSED
    return LinkState.EXPIRED if at >= link.expires_at else LinkState.OPEN


def _has_met(called: Called) -> bool:
    return called.call.meetings.held().exists()
