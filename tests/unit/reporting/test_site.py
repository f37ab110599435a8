"""The site answers its own addresses to this machine, and nothing else to anyone."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator

import pytest
from tests.support import reports

from narvaro.errors import BadRequest
from narvaro.reporting import Site, leaving_school, site_server
from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.site_content import Overview, PupilPage


class Source:
    def overview(self) -> Overview:
        return reports.overview()

    def school(self, key: str) -> SchoolMonthReport | None:
        return reports.school_report() if key == "sk-almskolan" else None

    def leaving(self, key: str) -> SchoolMonthReport | None:
        report = self.school(key)
        return leaving_school(report).report if report else None

    def pupil(self, key: str) -> PupilPage | None:
        return reports.pupil() if key == "7B-14" else None


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    server = site_server(Site(Source()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[0], server.server_address[1]  # type: ignore[misc]
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


def ask(
    address: tuple[str, int], path: str, *, method: str = "GET", host: str | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(*address, timeout=10)
    connection.request(method, path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize(
    ("path", "content_type", "start"),
    [
        ("/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/en/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/skola/sk-almskolan", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/en/elev/7B-14?x=1", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/skola/sk-almskolan/manad-inom.pdf", "application/pdf", b"%PDF-"),
        ("/skola/sk-almskolan/manad-ut.html", "text/html; charset=utf-8", b"<!doctype html>"),
        (
            "/en/skola/sk-almskolan/manad-ut.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
        ("/assets/narvaro.css", "text/css; charset=utf-8", b"/* Light"),
        ("/assets/font.woff2", "font/woff2", b"wOF2"),
        ("/assets/sign.svg", "image/svg+xml", b"<svg "),
    ],
)
def test_every_address_answers_with_its_kind(
    address: tuple[str, int], path: str, content_type: str, start: bytes
) -> None:
    answer, body = ask(address, path)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == content_type
    assert body.startswith(start)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/elev/someone-else",
        "/skola/",
        "/skola/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/../site.py",
        "/skola/sk-almskolan/manad-inom.exe",
        "/skola/sk-almskolan/inom.pdf",
        "//evil.example/",
        "/en/elev/%3Cscript%3E",
        "/elev/%FF%FE",
    ],
)
def test_all_that_is_unknown_is_the_same_page(address: tuple[str, int], path: str) -> None:
    answer, body = ask(address, path)
    _, other = ask(address, "/en/none" if path.startswith("/en") else "/none")

    assert answer.status == 404
    assert body == other


def test_every_answer_carries_the_headers_that_keep_it_in(address: tuple[str, int]) -> None:
    for path in ("/", "/none", "/assets/narvaro.css"):
        headers = ask(address, path)[0].headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'self'; script-src 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"


def test_another_hosts_name_is_refused(address: tuple[str, int]) -> None:
    answer, body = ask(address, "/", host="evil.example:80")

    assert answer.status == 421
    assert body == b""
    assert ask(address, "/", host=f"localhost:{address[1]}")[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(address: tuple[str, int], method: str) -> None:
    assert ask(address, "/", method=method)[0].status == 501


def test_a_head_request_has_no_body(address: tuple[str, int]) -> None:
    answer, body = ask(address, "/", method="HEAD")

    assert int(answer.headers["Content-Length"]) > 1000
    assert body == b""


def test_nothing_is_logged(address: tuple[str, int], capfd: pytest.CaptureFixture[str]) -> None:
    ask(address, "/elev/7B-14")

    assert capfd.readouterr() == ("", "")


def test_the_server_listens_on_this_machine_only(address: tuple[str, int]) -> None:
    assert address[0] == "127.0.0.1"


def test_a_taken_port_is_said_in_words() -> None:
    server = site_server(Site(Source()))
    try:
        with pytest.raises(BadRequest, match="in use"):
            site_server(Site(Source()), port=int(server.server_address[1]))
    finally:
        server.server_close()


def test_a_downloaded_file_is_named_without_school_or_pupil(address: tuple[str, int]) -> None:
    answer, _ = ask(address, "/skola/sk-almskolan/manad-inom.pdf")

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="manadsrapport-2026-11.pdf"'
    )
