"""Entries are chained by SHA-256, so that none can be changed, taken out or moved unseen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from narvaro.web.audit.models import Entry, Head, Kind
from narvaro.web.audit.signing import sign


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the log knows them: opaque ids and the role used."""

    account: str = ""
    role: str = ""
    unit: str = ""


NOBODY = Actor()
CODE = re.compile(r"[a-z0-9_.:-]{0,40}")


def write_entry(
    actor: Actor,
    action: str,
    *,
    kind: Kind,
    at: datetime,
    subjects: Sequence[str] = (),
    reason: str = "",
) -> Entry:
    """Add an entry; inside the caller's transaction when there is one.

    `action` as in `accounts.permissions`; `subjects` opaque ids (`pupil:…`, `school:…`);
    `reason` a code from a fixed list, never free text. What fails here fails the caller's
    transaction: without a log entry nothing is done. Raises ValueError for words as a reason.
    """
    if not CODE.fullmatch(reason):
        raise ValueError("The log keeps the code of a reason, never its words.")
    with transaction.atomic():
        head, _ = Head.objects.select_for_update(no_key=True).get_or_create(pk=1)
        entry = Entry(
            number=head.number + 1,
            at=at.astimezone(UTC),
            account=actor.account,
            role=actor.role,
            unit=actor.unit,
            kind=kind,
            action=action,
            subjects=list(subjects),
            reason=reason,
            previous_hash=head.hash,
        )
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
        head.number, head.hash = entry.number, entry.hash
        head.signature = sign("head", head.number, head.hash)
        head.save(update_fields=["number", "hash", "signature"])
    return entry


def hash_of(entry: Entry) -> str:
    """SHA-256 in hex over everything the entry says and the hash before it."""
    said = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.account,
        entry.role,
        entry.unit,
        str(entry.kind),
        entry.action,
        entry.subjects,
        entry.reason,
        entry.previous_hash,
    ]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
