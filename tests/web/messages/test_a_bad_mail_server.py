"""Mail servers as they are: slow, refusing, cutting off, talking nonsense, losing what they took.

A server of the test's own listens on this machine and answers as told.
"""

from __future__ import annotations

import logging
import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.messages import sending
from narvaro.web.messages.actions import UNDO_MINUTES, Letter, queue_mail
from narvaro.web.messages.models import Mail, Trouble
from narvaro.web.messages.sending import WAITS, send_due

CUT, SILENT = "cut", "silent"
USUAL = {"banner": "220 prov", "EHLO": "250 prov", "MAIL": "250 ok", "RCPT": "250 ok",
         "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye", "RSET": "250 ok"}  # fmt: skip


@dataclass
class Server:
    """How a server answers each command; what it took and said goodbye to."""

    port: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    connections: int = 0

    def answer(self, command: str) -> str:
        """The usual, or what the test said."""
        return {**USUAL, **self.answers}.get(command, "502 what?")


class Talking(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        told: Server = self.server.told  # type: ignore[attr-defined]
        told.connections += 1
        self.connection.settimeout(20)
        if not self._say(told.answer("banner")):
            return
        while line := self.rfile.readline():
            command = line[:4].decode("latin-1").strip().upper()
            if not self._say(told.answer(command)) or command == "QUIT":
                return
            if command == "DATA" and told.answer("DATA").startswith("354"):
                told.taken.append(self._body())
                if not self._say(told.answer(".")):
                    return

    def _body(self) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode("utf-8", "replace"))
        return "".join(lines)

    def _say(self, words: str) -> bool:
        if words == CUT:
            return False
        if words == SILENT:
            self.rfile.read()  # until the other side has had enough
            return False
        self.wfile.write(f"{words}\r\n".encode("latin-1"))
        return True


class Listening(socketserver.ThreadingTCPServer):
    """Listens on a port of this machine that was free."""

    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    told = Server()
    listening = Listening(("127.0.0.1", 0), Talking)
    listening.told = told  # type: ignore[attr-defined]
    told.port = listening.server_address[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", told.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 1
    settings.EMAIL_HOST_USER = ""
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield told
    listening.shutdown()
    listening.server_close()
    thread.join()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment the mail is queued; the installation's clock stands there."""
    now = datetime.now(UTC)
    for place in ("actions", "pages", "views", "offers"):
        monkeypatch.setattr(f"narvaro.web.messages.{place}.installation_now", lambda: now)
    return now


@pytest.fixture
def post(town: Town, start: datetime) -> Assignment:
    """Somebody with three mails that wait."""
    whose = town.somebody(Role.TEACHER, "almskolan/7B", name="Klara Provberg")
    assert whose.account is not None
    for number in range(3):
        queue_mail(
            Letter(f"mail {number}", "Att göra", "Hej", "sv"),
            to=whose.account,
            authority=whose.unit.authority,
            by=None,
            at=start,
            action="messages.queue_digest",
        )
    return whose


@pytest.fixture
def due(post: Assignment, start: datetime) -> datetime:
    """When the mail may leave."""
    assert post.account is not None
    return start + timedelta(minutes=UNDO_MINUTES, seconds=1)


def counts(now: datetime) -> dict[str, int]:
    return {name: count for name, count in send_due(now).as_record().items() if count}


def until_it_is_over(due: datetime) -> list[dict[str, int]]:
    """Rounds with the wait of each attempt between, and one after them all."""
    rounds = []
    for wait in (*WAITS, timedelta(days=1), timedelta(days=1)):
        rounds.append(counts(due))
        due += wait
    return rounds


def test_a_server_that_works_takes_each_mail_once(server: Server, due: datetime) -> None:
    assert counts(due) == {"sent": 3}
    assert counts(due) == {}
    assert server.connections == 1
    assert len(set(server.taken)) == 3


@pytest.mark.parametrize(
    "banner", [CUT, SILENT, "554 go away", "421 busy", "HTTP/1.1 400 Bad Request", "\x00\xff\xfe"]
)
def test_a_server_that_does_not_greet_is_asked_with_growing_waits_and_then_it_has_failed(
    server: Server, due: datetime, banner: str
) -> None:
    server.answers = {"banner": banner}

    assert until_it_is_over(due) == [{"later": 3}] * len(WAITS) + [{"failed": 3}, {}]
    assert set(Mail.objects.values_list("trouble", flat=True)) == {Trouble.NO_SERVER}
    assert list(WAITS) == sorted(WAITS)


def test_nobody_listening_is_the_same(server: Server, due: datetime, settings: Settings) -> None:
    assert server.port
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]

    assert counts(due) == {"later": 3}
    assert Mail.objects.filter(handed_at=None, attempts=1).count() == 3


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("how", [CUT, SILENT])
def test_a_conversation_cut_off_leaves_one_in_doubt_and_the_others_to_the_next_round(
    server: Server, due: datetime, command: str, how: str
) -> None:
    server.answers = {command: how}
    first = counts(due)
    server.answers = {}

    assert first == {"in_doubt": 1}
    assert counts(due + timedelta(minutes=5)) == {"sent": 2}
    assert counts(due + timedelta(days=9)) == {}
    assert Mail.objects.in_doubt(due + timedelta(minutes=9)).count() == 1


@pytest.mark.parametrize(
    ("command", "answer", "expected"),
    [
        ("RCPT", "550 no such person", {"failed": 3}),
        ("RCPT", "451 later", {"later": 3}),
        ("MAIL", "451 later", {"later": 3}),
        ("MAIL", "banana", {"later": 3}),
        ("DATA", "554 no", {"failed": 3}),
        (".", "452 full", {"later": 3}),
        (".", "552 too much", {"failed": 3}),
    ],
)
def test_a_no_is_a_no_and_later_is_later(
    server: Server, due: datetime, command: str, answer: str, expected: dict[str, int]
) -> None:
    server.answers = {command: answer}

    assert counts(due) == expected


def test_a_slow_server_holds_no_worker_and_the_rest_leaves_next_time(
    server: Server, due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert server.port
    clock = iter(range(0, 10_000, 200))
    monkeypatch.setattr(sending, "monotonic", lambda: float(next(clock)))

    assert counts(due) == {"sent": 2}
    assert counts(due) == {"sent": 1}


def test_what_a_server_takes_and_loses_can_be_looked_for_by_the_id_in_the_log(
    server: Server, due: datetime
) -> None:
    counts(due)

    logged = [
        subject for one in Entry.objects.filter(action="messages.sent") for subject in one.subjects
    ]
    for mail in Mail.objects.all():
        assert any(f"Message-ID: <{mail.public_id}@" in one for one in server.taken)
        assert f"mail:{mail.public_id}" in logged


def test_what_has_failed_is_a_row_for_the_system_owner_and_no_log_holds_the_address(
    server: Server, due: datetime, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = {"RCPT": "550 no such person"}
    with caplog.at_level(logging.DEBUG):
        counts(due)

    home = town.browser(Role.SYSTEM_OWNER, "linnasa").get("/att-gora/").content.decode()
    said = str([vars(one) for one in Entry.objects.all()]) + caplog.text
    said += str([vars(one) for one in Mail.objects.all()])
    assert "3 mejl gick inte iväg" in home
    for account in Account.objects.all():
        assert account.email not in said
    assert "no such person" not in said
