"""A version signed: both its parts are locked, each with its own hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from narvaro.errors import BadRequest
from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.plans.actions.drafting import unsigned
from narvaro.web.plans.actions.telling import tell
from narvaro.web.plans.models import OwnPart, PlanVersion
from narvaro.web.plans.rules import Does, Gap, Said, gaps

NOTHING_BEFORE = "0" * 64


class NotWhole(BadRequest):
    """The plan cannot be signed yet; every gap of it, in the form's order."""

    def __init__(self, found: Sequence[Gap]) -> None:
        super().__init__(f"{len(found)} things are missing")
        self.gaps = tuple(found)


def gaps_of(version: PlanVersion, today: date) -> list[Gap]:
    """What a draft must say before it can be signed."""
    does = [
        Does(one.who, bool(one.words.strip()), bool(one.other.strip()))
        for one in version.efforts.all()
    ]
    said = Said(
        bool(version.needs.strip()),
        bool(version.important.strip() or version.silence),
        does,
        version.is_alone,
        version.main_unit_id is not None,
        version.follow_up_on,
    )
    return gaps(said, today)


def sign(
    draft: PlanVersion, *, opened_version: int, opened_own: int, by: Viewer, at: datetime
) -> PlanVersion:
    """Lock a version for ever, both parts of it. Raises `ChangedMeanwhile`, `NotWhole`, `Refused`.

    `opened_own`: the version of the school's own part that was read, 0 when there was none.
    """
    with transaction.atomic():
        kept = unsigned(draft, opened_version)
        if missing := gaps_of(kept, by.today):
            raise NotWhole(missing)
        own = OwnPart.objects.select_for_update(no_key=True).filter(of=kept).first()
        if (own.version if own else 0) != opened_own:
            raise ChangedMeanwhile("OwnPart was changed by somebody else")
        kept.signed_by = by.account
        kept.signed_at = max([at, kept.saved_at, *([own.saved_at] if own else [])])
        before = kept.plan.versions.exclude(signed_at=None).order_by("-number").first()
        kept.previous_hash = before.content_hash if before else NOTHING_BEFORE
        kept.content_hash = hash_of(kept)
        if own is not None:
            own.content_hash = own_hash_of(own, kept)
            own.save()
        kept.save()
        tell(kept.plan, "plans.sign", by=by, at=at, more=[f"sha256:{kept.content_hash}"])
    return kept


def hash_of(version: PlanVersion) -> str:
    """SHA-256 in hex over all that the shared part says, and the hash before it."""
    if version.signed_at is None or version.signed_by is None or version.main_unit is None:
        raise ValueError("only what is signed has a hash")
    efforts = [
        [one.words, one.who, one.unit.public_id if one.unit else "", one.other, _iso(one.due_on)]
        for one in version.efforts.select_related("unit")
    ]
    said = [
        version.public_id,
        version.number,
        version.needs,
        version.important,
        version.silence,
        version.is_alone,
        efforts,
        version.main_unit.public_id,
        _iso(version.follow_up_on),
        version.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        version.signed_by.public_id,
        version.previous_hash,
    ]
    return _digest(said)


def own_hash_of(own: OwnPart, version: PlanVersion) -> str:
    """SHA-256 in hex over the school's own part and the version that it belongs to."""
    if version.signed_at is None:
        raise ValueError("only what is signed has a hash")
    at = version.signed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _digest([version.public_id, own.does, own.knows, at])


def _digest(said: list[Any]) -> str:
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
