"""Texts that lie encrypted in the database, with the installation's second secret."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

from narvaro.errors import WrongKeyFile

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


def encrypt(text: str) -> bytes:
    """The text as it may lie in the database; empty stays empty."""
    return _cipher().encrypt(text.encode()) if text else b""


def decrypt(token: bytes | memoryview) -> str:
    """The text again. Raises WrongKeyFile when the secret is another."""
    if not token:
        return ""
    try:
        return _cipher().decrypt(bytes(token)).decode()
    except InvalidToken:
        raise WrongKeyFile(
            "The secret of the personal numbers is not the one they were encrypted with.",
            remedy="Put the file back from its backup (NARVARO_PERSONAL_NUMBER_KEY_FILE).",
        ) from None


class SealedText(Text):
    """A text that the database keeps encrypted; it cannot be searched.

    An empty text stays empty. Raises WrongKeyFile when read with another secret.
    """

    def get_prep_value(self, value: Any) -> str:
        """The text as it lies in the database."""
        return encrypt(str(value or "")).decode()

    def from_db_value(self, value: str | None, *_: Any) -> str:
        """The text again."""
        return decrypt((value or "").encode())

    def value_to_string(self, obj: models.Model) -> str:
        """Never written out in clear by a dump of the database."""
        return str(self.get_prep_value(self.value_from_object(obj)))


def _cipher() -> Fernet:
    made = hashlib.sha256(b"narvaro personal numbers" + settings.PERSONAL_NUMBER_KEY).digest()
    return Fernet(base64.urlsafe_b64encode(made))
