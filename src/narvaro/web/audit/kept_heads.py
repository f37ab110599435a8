"""Where the chain stood, kept in a file outside the database, a line for each time.

An older database put back in place of the newer, or a tail cut off together with its signed
head, shows against this file. Keep it where the database's own keeper cannot write it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from django.conf import settings

from narvaro.web.audit.signing import is_signed, sign


def keep_head(number: int, hash_: str) -> None:
    """Add a signed line."""
    signature = sign("kept", number, hash_)
    line = json.dumps({"number": number, "hash": hash_, "signature": signature})
    settings.LOG_HEADS.parent.mkdir(parents=True, exist_ok=True)
    with settings.LOG_HEADS.open("a", encoding="ascii") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def kept_heads() -> Iterator[tuple[int, str]]:
    """Number and hash of every line that we signed; a torn or foreign line is passed over."""
    if not settings.LOG_HEADS.is_file():
        return
    for line in settings.LOG_HEADS.read_text("ascii", "replace").splitlines():
        try:
            said = json.loads(line)
            number, hash_ = int(said["number"]), str(said["hash"])
            signature = str(said["signature"])
        except (ValueError, KeyError, TypeError):
            continue
        if is_signed("kept", number, hash_, signature=signature):
            yield number, hash_
