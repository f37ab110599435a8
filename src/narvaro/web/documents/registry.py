"""What is built on documents: told of each that is signed, and where a document belongs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.models import Document

SignedTaker = Callable[[Document, datetime], object]
SIGNED: list[SignedTaker] = []
PlaceOf = Callable[[Document, Viewer], str]
PLACES: list[PlaceOf] = []


def offer_place(provider: PlaceOf) -> None:
    """The address of the case that a document was written in; empty when the viewer has none."""
    PLACES.append(provider)


def place_of(document: Document, viewer: Viewer) -> str:
    """Where the viewer goes on from a document."""
    return next((found for one in PLACES if (found := one(document, viewer))), "")


def offer_signed(taker: SignedTaker) -> None:
    """Be told of every document that is signed."""
    SIGNED.append(taker)


def tell_signed(document: Document, at: datetime) -> None:
    """Tell everybody who asked for it."""
    for taker in SIGNED:
        taker(document, at)
