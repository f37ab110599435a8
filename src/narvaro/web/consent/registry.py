"""What is built on consent is told of every answer that takes something back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.models import Consent

WithdrawnTaker = Callable[[Consent, datetime, Viewer], object]
Locks = Callable[[Consent], object]
WITHDRAWN: list[tuple[Locks, WithdrawnTaker]] = []


def offer_withdrawn(taker: WithdrawnTaker, *, locks: Locks) -> None:
    """Be told, inside its transaction, of every refusal, withdrawal and changed answer.

    What may be shared is asked of `asking` each time it is shown; the taker tells people of it.
    `locks` locks what is the taker's own, never the consent: all of them come before the first
    taker, because a taker writes the log, which is locked last (docs/decisions/0028). What a taker
    raises undoes the answer.
    """
    WITHDRAWN.append((locks, taker))


def tell_withdrawn(consent: Consent, at: datetime, by: Viewer) -> None:
    """Tell everybody who asked for it."""
    for locks, _taker in WITHDRAWN:
        locks(consent)
    for _locks, taker in WITHDRAWN:
        taker(consent, at, by)
