"""Serves the site on the loopback address. Nothing is logged: addresses hold pupil keys."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from narvaro.errors import BadRequest
from narvaro.reporting.site import HEADERS, HTML, Answer, Site

_LOOPBACK = ("127.0.0.1", "localhost")


def site_server(site: Site, *, port: int = 0) -> ThreadingHTTPServer:
    """A server on 127.0.0.1, not yet running: call `serve_forever`. Port 0 takes a free one.

    Its address is `server.server_address`. Raises BadRequest when the port is taken.
    """
    handler = type("SiteHandler", (_Handler,), {"site": site})
    try:
        return _Server((_LOOPBACK[0], port), handler)
    except OSError as fault:
        raise BadRequest(
            f"Port {port} on this machine is in use.", remedy="Choose another, or 0 for any."
        ) from fault


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD only; other hosts' names are refused, so no foreign page can reach in."""

    site: ClassVar[Site]
    server_version = "narvaro"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in _LOOPBACK:
            self._write(Answer(HTTPStatus.MISDIRECTED_REQUEST, HTML, b""), with_body)
            return
        self._write(self.site.answer(urlsplit(self.path).path), with_body)

    def _write(self, answer: Answer, with_body: bool) -> None:
        self.send_response(answer.status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.file_name:
            self.send_header("Content-Disposition", f'attachment; filename="{answer.file_name}"')
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""
