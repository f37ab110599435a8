"""Frozen values for who receives referrals: nothing of a pupil, but through what was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.referrals.days import days_left
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.rules import AWAITS_ANSWER, is_late
from narvaro.web.referrals.words import State


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A referral in the receiver's list: from which authority and when; whom it is about is inside."""

    public_id: str
    kind: str
    sender: str
    state: str
    sent_on: date | None
    due_on: date | None
    left: str
    is_late: bool
    is_open: bool


def received_rows(referrals: Iterable[Referral], viewer: Viewer) -> list[ReceivedRow]:
    """The referrals as rows, in the order given."""
    return [_row(one, viewer) for one in referrals]


def _row(one: Referral, viewer: Viewer) -> ReceivedRow:
    state = State(one.state)
    waits = state in AWAITS_ANSWER
    return ReceivedRow(
        one.public_id,
        str(one.get_kind_display()),
        one.authority.name,
        str(one.get_state_display()),
        one.sent_on,
        one.due_on if waits else None,
        days_left(one.due_on, viewer.today) if waits else "",
        is_late(state, one.due_on, viewer.today),
        one.is_open,
    )
