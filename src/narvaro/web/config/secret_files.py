"""Makes the secrets' files: random bytes, for their owner only, never over one that is there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from narvaro.web.config.environment import Environment

NAMES = ("django.key", "personal-numbers.key", "log.key")


def make_secrets() -> int:
    """Make what is missing in `NARVARO_SECRETS` (default: `NARVARO_DATA/secrets`)."""
    env = Environment()
    folder = env.path("SECRETS", env.path("DATA", Path("data")) / "secrets")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in NAMES:
        _make(folder / name)
    return 0


def _make(path: Path) -> None:
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(opened, "wb") as file:
        file.write(secrets.token_bytes(32))
