"""Connections only to addresses that somebody has looked at, and to no other than those."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host that may be connected to; raises NarvaroError for others."""


def pinned_transport(resolve: Resolve, *, verify: ssl.SSLContext | bool) -> httpx.HTTPTransport:
    """A transport that asks `resolve` at every new connection, and connects to what it gave.

    The name is not looked up a second time, so that nobody can answer otherwise in between. The
    certificate is still held against the name.
    """
    transport = httpx.HTTPTransport(verify=verify)
    transport._pool._network_backend = _Pinned(resolve)
    return transport


class _Pinned(httpcore.SyncBackend):
    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers."""
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as unknown:
            raise httpcore.ConnectError(str(unknown.errno)) from None
        for address in addresses[:-1]:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return super().connect_tcp(addresses[-1], port, timeout, local_address, socket_options)
