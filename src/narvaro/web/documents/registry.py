"""Who is told that a document was signed, in the same transaction: what is built on documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from narvaro.web.documents.models import Document

SignedTaker = Callable[[Document, datetime], object]
SIGNED: list[SignedTaker] = []


def offer_signed(taker: SignedTaker) -> None:
    """Be told of every document that is signed."""
    SIGNED.append(taker)


def tell_signed(document: Document, at: datetime) -> None:
    """Tell everybody who asked for it."""
    for taker in SIGNED:
        taker(document, at)
