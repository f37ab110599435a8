"""Opens a source: a server by its profile, or a folder of recorded pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narvaro.errors import BadRequest
from narvaro.sources.ss12000.folder import Folder
from narvaro.sources.ss12000.profile import Profile

if TYPE_CHECKING:
    import httpx

    from narvaro.sources.ss12000.pinned import Resolve
    from narvaro.sources.ss12000.server import Server


def open_folder(path: Path, profile: Profile | None = None) -> Folder:
    """Open a folder of recorded pages; raises NotFound when it holds none."""
    return Folder(path, profile or Profile())


def open_server(
    profile: Profile,
    *,
    transport: httpx.BaseTransport | None = None,
    clock: Callable[[], datetime] | None = None,
    sleep: Callable[[float], None] | None = None,
    resolve: Resolve | None = None,
) -> Server:
    """Open a server; nothing is asked yet. Raises BadRequest when a secret is not there.

    `resolve` gives the addresses of a host that may be connected to, and raises for a host that
    may not. `transport`, `clock` and `sleep` are for tests.
    """
    import time

    from narvaro.sources.ss12000.asking import Asker
    from narvaro.sources.ss12000.server import Server

    if not profile.base_url and set(profile.read) - set(profile.base_urls):
        raise BadRequest(
            f"The profile {profile.name} names no base_url.",
            remedy="Give the address that ends before /persons.",
        )
    asker = Asker(
        profile, transport=transport, clock=clock, sleep=sleep or time.sleep, resolve=resolve
    )
    return Server(profile, asker)
