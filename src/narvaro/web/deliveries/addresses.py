"""Which servers a source may be: none inside our own network, but those that operations have named.

Whoever sets up a source would else have us ask for them what only we reach.
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.request
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from narvaro.errors import BadRequest

if TYPE_CHECKING:
    from narvaro.sources.ss12000 import Profile
    from narvaro.sources.ss12000.server import Server

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""


def addresses_of(host: str, port: int) -> Sequence[str]:
    """A host's addresses. Raises BadRequest when one of them is internal, and gaierror for none."""
    name = host.lower().strip("[]").rstrip(".")
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if name not in settings.INTERNAL_SOURCES and any(is_internal(one) for one in addresses):
        raise BadRequest(
            "The server's address lies on an internal network.",
            remedy="Write another address, or have its name entered in NARVARO_INTERNAL_SOURCES.",
        )
    return addresses


def is_internal(address: str) -> bool:
    """Not an address of the open internet: this machine, a private or reserved network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_internal(str(inner))
    return not found.is_global or found.is_multicast


def refuse_internal(urls: Iterable[str]) -> None:
    """Raises BadRequest when one of the addresses is internal; a name nobody knows is none yet."""
    for url in urls:
        parts = urlsplit(url)
        try:
            addresses_of(parts.hostname or "", parts.port or 443)
        except (socket.gaierror, UnicodeError):
            continue


def urls_of(profile: Profile) -> list[str]:
    """Every address that a profile has us ask."""
    every = [profile.base_url, *profile.base_urls.values(), profile.access.token_url]
    return [one for one in every if one]


def opened(profile: Profile) -> Server:
    """A profile's server, looked at again: what is connected to is what was looked at.

    Through a proxy of the installation's the proxy looks the name up; then it is looked at before.
    """
    from narvaro.sources.ss12000 import open_server

    refuse_internal(urls_of(profile))
    if urllib.request.getproxies():
        return open_server(profile)
    return open_server(profile, resolve=addresses_of)
