"""A call, locked: the case comes before it, what belongs to it after (docs/decisions 0028)."""

from __future__ import annotations

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.collaboration.models import Call


def held_draft(call: Call, version: int, refusal: str) -> Call:
    """The draft, locked, its version one higher. Raises Refused and ChangedMeanwhile."""
    kept = locked(Call.objects.select_related("pupil", "case__authority"), call.pk, version=version)
    if kept.is_sent or not kept.is_open:
        raise Refused(refusal)
    return kept


def held_call(call: Call, refusal: str) -> Call:
    """The call that was sent and stands, locked. Raises Refused."""
    calls = Call.objects.select_related("pupil", "case__authority")
    kept = calls.select_for_update(no_key=True, of=("self",)).get(pk=call.pk)
    if not (kept.is_sent and kept.is_open) or kept.meetings.held().exists():
        raise Refused(refusal)
    return kept
