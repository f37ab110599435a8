"""Opens what the words name: a folder of recorded pages, or a server by its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narvaro.sources.ss12000 import Profile
    from narvaro.sources.ss12000.answers import Reader


@contextmanager
def opened(place: str, profile: Path | None) -> Iterator[Reader]:
    """Open an SS 12000 source. Raises NotFound, BadRequest, InputRefused for a faulty profile."""
    from narvaro.sources.ss12000 import Profile, open_folder, open_server, read_profile

    read = read_profile(profile) if profile else Profile()
    if _is_address(place):
        server = open_server(_at(read, place.rstrip("/")))
        try:
            yield server
        finally:
            server.close()
        return
    yield open_folder(Path(place), read)


def _at(profile: Profile, address: str) -> Profile:
    """The profile with the address that was typed, checked as if it stood in the file."""
    from narvaro.sources.ss12000 import profile_from

    source = {"base_url": address, "allow_http": profile.allow_http}
    profile_from({"source": source}, name="the address")
    return replace(profile, base_url=address)


def _is_address(place: str) -> bool:
    return place.startswith(("https://", "http://"))
