"""Personal numbers: encrypted at rest, found again by a keyed hash, shown to few."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from narvaro.web.accounts.sealed import decrypt as decrypt
from narvaro.web.accounts.sealed import encrypt as encrypt


def index_of(number: str) -> str:
    """What a number is found by: HMAC-SHA256 of its digits, in hex; empty for no number."""
    digits = "".join(filter(str.isalnum, number)).upper()
    if not digits:
        return ""
    return hmac.new(settings.PERSONAL_NUMBER_KEY, digits[-10:].encode(), hashlib.sha256).hexdigest()
