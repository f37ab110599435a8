"""Signs the end of the chain with a key that is not in the database (Ed25519)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def sign(purpose: str, number: int, hash_: str) -> str:
    """A signature, 128 hex digits, over where the chain stood; `purpose` keeps uses apart."""
    return _key(settings.LOG_KEY).sign(_said(purpose, number, hash_)).hex()


def is_signed(purpose: str, number: int, hash_: str, *, signature: str) -> bool:
    """The signature was made with our key over just this."""
    from cryptography.exceptions import InvalidSignature

    try:
        _key(settings.LOG_KEY).public_key().verify(
            bytes.fromhex(signature), _said(purpose, number, hash_)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _said(purpose: str, number: int, hash_: str) -> bytes:
    return f"narvaro log {purpose} {number} {hash_}".encode()


@lru_cache(maxsize=4)
def _key(secret: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret[:32])
