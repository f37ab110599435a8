"""Personal numbers: encrypted at rest, found again by a keyed hash, shown to few."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from narvaro.errors import WrongKeyFile


def encrypt(number: str) -> bytes:
    """The number as it may lie in the database; empty stays empty."""
    return _cipher().encrypt(number.encode()) if number else b""


def decrypt(token: bytes | memoryview) -> str:
    """The number again. Raises WrongKeyFile when the secret is another."""
    if not token:
        return ""
    try:
        return _cipher().decrypt(bytes(token)).decode()
    except InvalidToken:
        raise WrongKeyFile(
            "The secret of the personal numbers is not the one they were encrypted with.",
            remedy="Put the file back from its backup (NARVARO_PERSONAL_NUMBER_KEY_FILE).",
        ) from None


def index_of(number: str) -> str:
    """What a number is found by: HMAC-SHA256 of its digits, in hex; empty for no number."""
    digits = "".join(filter(str.isalnum, number)).upper()
    if not digits:
        return ""
    return hmac.new(settings.PERSONAL_NUMBER_KEY, digits[-10:].encode(), hashlib.sha256).hexdigest()


def _cipher() -> Fernet:
    made = hashlib.sha256(b"narvaro personal numbers" + settings.PERSONAL_NUMBER_KEY).digest()
    return Fernet(base64.urlsafe_b64encode(made))
