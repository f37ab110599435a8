"""The secret of a key: 256 random bits, known by their hash."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "narvaro_"
"""So that scanners for secrets in code find one that was left there."""


def new_secret() -> str:
    """A secret, shown once."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """SHA-256 in hex. No slow hash is needed: nobody guesses 256 bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
