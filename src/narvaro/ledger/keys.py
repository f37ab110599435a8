"""The secret, and the keys made with it.

A key is 128 bits of HMAC-SHA256 over authority, kind and value of an identifier. The secret is
32 random bytes in a file of its own (mode 0600), outside the ledger and backed up apart.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from narvaro.errors import WrongKeyFile

SECRET_BYTES = 32
KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class KeyMaker:
    """Turns identifiers into keys; the same identifier always gives the same key."""

    secret: bytes = field(repr=False)

    def key(self, authority: str, kind: str, value: str) -> str:
        """Return the key of one identifier: 32 hexadecimal digits."""
        text = "\x1f".join((authority, kind, value)).encode()
        return hmac.digest(self.secret, text, "sha256")[:KEY_BYTES].hex()

    @property
    def fingerprint(self) -> str:
        """What the ledger remembers of the secret, to refuse another one."""
        return hashlib.sha256(b"narvaro ledger" + self.secret).hexdigest()[:16]


def key_file_of(ledger: Path) -> Path:
    """Where the secret is: `NARVARO_KEY_FILE`, else `LEDGER.key` beside the ledger."""
    named = os.environ.get("NARVARO_KEY_FILE")
    return Path(named) if named else ledger.with_name(ledger.name + ".key")


def read_or_make(path: Path, *, may_make: bool) -> KeyMaker:
    """Read the secret; make it if there is none and the ledger is new."""
    if path.exists():
        return KeyMaker(_read(path))
    if not may_make:
        raise WrongKeyFile(
            f"The key file {path.name} is not there, and this ledger was made with one.",
            remedy="Put it back from its backup, or name it in NARVARO_KEY_FILE.",
        )
    secret = secrets.token_bytes(SECRET_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_whole(path, secret)
    return KeyMaker(_read(path))


def _write_whole(path: Path, secret: bytes) -> None:
    """The file is there with all its bytes or not at all; one that is there is never replaced."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def _read(path: Path) -> bytes:
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise WrongKeyFile(
            f"The key file {path.name} does not hold {SECRET_BYTES} bytes.",
            remedy="Put the right file back from its backup.",
        )
    return secret
