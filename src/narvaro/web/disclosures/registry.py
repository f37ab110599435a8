"""What is built on disclosures: told, inside the transaction, of each that comes to an end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.disclosures.models import Disclosure

EndedTaker = Callable[[Disclosure, datetime, Viewer], object]
ENDED: list[EndedTaker] = []


def offer_ended(taker: EndedTaker) -> None:
    """Be told of every disclosure that is ended: `taker(disclosure, at, by)`."""
    ENDED.append(taker)


def tell_ended(disclosure: Disclosure, at: datetime, by: Viewer) -> None:
    """Tell everybody who asked for it."""
    for taker in ENDED:
        taker(disclosure, at, by)
