"""Which versions of month-end runs there are to take in."""

from __future__ import annotations

from datetime import datetime

from narvaro.web.deliveries.month_ends import KeptRun, kept_runs


def kept_versions(authority: str, now: datetime) -> list[KeptRun]:
    """Every version of an authority's runs made by a moment, in the order they were made."""
    return sorted(kept_runs(authority, now), key=lambda one: (one.known_at, one.month, one.version))
