"""How many things wait for a viewer: counted once a minute, and anew after each thing done.

The count stands in every page's menu, and asking all apps for their rows on every page would cost
more than the page itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

from narvaro.web.ui.registry import QueueRow, queue_of

KEPT_SECONDS = 60


def rows_waiting(viewer: Any) -> Sequence[QueueRow]:
    """The viewer's work queue as it is now; the menu's count follows it."""
    rows = queue_of(viewer)
    cache.set(_name(viewer), len(rows), KEPT_SECONDS)
    return rows


def count_waiting(viewer: Any) -> int:
    """How many rows the queue had, at most a minute ago."""
    kept = cache.get(_name(viewer))
    return len(rows_waiting(viewer)) if kept is None else int(kept)


def count_again(viewer: Any) -> None:
    """Forget the count: the viewer has done something."""
    cache.delete(_name(viewer))


def _name(viewer: Any) -> str:
    return f"waiting.{viewer.assignment.public_id}.{viewer.today.isoformat()}"
