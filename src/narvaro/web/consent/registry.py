"""What is built on consent is told of every answer that takes something back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.models import Consent

WithdrawnTaker = Callable[[Consent, datetime, Viewer], object]
WITHDRAWN: list[WithdrawnTaker] = []


def offer_withdrawn(taker: WithdrawnTaker) -> None:
    """Be told, inside its transaction, of every refusal, withdrawal and changed answer.

    What may be shared is asked of `asking` each time it is shown; the taker tells people of it.
    It locks what is its own, never the consent, and what it raises undoes the answer.
    """
    WITHDRAWN.append(taker)


def tell_withdrawn(consent: Consent, at: datetime, by: Viewer) -> None:
    """Tell everybody who asked for it."""
    for taker in WITHDRAWN:
        taker(consent, at, by)
