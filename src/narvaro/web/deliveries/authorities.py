"""Whether a source speaks of the authority we think: its key here has to be its key there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from narvaro.web.accounts.models import Authority
from narvaro.web.deliveries.facts import newest_batch
from narvaro.web.deliveries.roster import authority_keys


@dataclass(frozen=True, slots=True)
class UnknownKeys:
    """What is told of by keys that no authority has here; `key` is the authority's own here."""

    name: str
    key: str
    told: Sequence[tuple[str, str]]


def unknown_keys(authority: Authority, told: Mapping[str, str]) -> UnknownKeys | None:
    """The authorities (name by key) that nobody here knows; None when the own one is told of."""
    if not told or authority.key in told:
        return None
    known = set(Authority.objects.exclude(key="").values_list("key", flat=True))
    unknown = sorted((key, name) for key, name in told.items() if key not in known)
    return UnknownKeys(authority.name, authority.key, unknown) if unknown else None


def unknown_in_ledger(authority: Authority, now: datetime) -> UnknownKeys | None:
    """The same, of everything that is in the ledger."""
    moment = now.replace(minute=0, second=0, microsecond=0)
    return unknown_keys(authority, dict(_told(settings.LEDGER, newest_batch(), moment)))


@lru_cache(maxsize=8)
def _told(ledger: Path, newest: int, now: datetime) -> tuple[tuple[str, str], ...]:
    return tuple(authority_keys(ledger, at=now).items()) if newest >= 0 else ()
