"""kill -9 while mail is sent: before the server is given it, and while it has it.

Each kill is of a process of its own, on a database file of its own; what the server took is what
it wrote to its file.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SERVER = '''
"""A mail server that writes what it took to a file, and may kill its sender at a stage."""
import os, signal, sys
from pathlib import Path
from django.core.mail.backends.base import BaseEmailBackend

def die(stage):
    if os.environ.get("DIE") == stage:
        os.kill(os.getpid(), signal.SIGKILL)

class Server(BaseEmailBackend):
    def open(self):
        die("connected")
        return True
    def send_messages(self, mails):
        for mail in mails:
            with open(os.environ["TOOK"], "a") as took:
                took.write(mail.extra_headers["Message-ID"] + "\\n")
            die("taken")
        return len(mails)
'''
SETTINGS = """
from tests.web_settings import *
DATABASES["default"]["NAME"] = __import__("os").environ["DATABASE_FILE"]
EMAIL_BACKEND = "killing_server.Server"
"""
FILL = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from narvaro.web.accounts.models import Account, Authority
from narvaro.web.messages.models import Mail
authority = Authority.objects.create(name="Linnåsa", kind="school_authority", key="linnasa")
past = datetime.now(UTC) - timedelta(hours=1)
for number in range(3):
    account = Account.objects.create_user(f"p{number}@linnasa.invalid", name=f"P {number}")
    Mail.objects.create(authority=authority, to=account, key=str(number), subject="Att göra",
        body="Hej", queued_at=past, send_after=past + timedelta(minutes=10))
"""
SEND = """
import django; django.setup()
from datetime import UTC, datetime
from narvaro.web.messages.sending import send_due
send_due(datetime.now(UTC))
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three mails that are due, made once."""
    folder = tmp_path_factory.mktemp("mail")
    assert run(FILL, environment_of(folder)).returncode == 0
    return folder / "mail.sqlite3"


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> dict[str, str]:
    """A folder of its own with that database in it."""
    with sqlite3.connect(filled) as source, sqlite3.connect(tmp_path / "mail.sqlite3") as copy:
        source.backup(copy)
    return environment_of(tmp_path)


def environment_of(tmp_path: Path) -> dict[str, str]:
    """What a sender runs with."""
    (tmp_path / "killing_server.py").write_text(SERVER, "utf-8")
    (tmp_path / "killing_settings.py").write_text(SETTINGS, "utf-8")
    paths = [str(tmp_path), str(ROOT / "src"), str(ROOT)]
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "killing_settings",
        "DATABASE_FILE": str(tmp_path / "mail.sqlite3"),
        "TOOK": str(tmp_path / "took.txt"),
    }


def run(code: str, environment: dict[str, str], die: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DIE": die},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def taken(environment: dict[str, str]) -> list[str]:
    path = Path(environment["TOOK"])
    return path.read_text("utf-8").split() if path.exists() else []


def in_doubt(environment: dict[str, str]) -> int:
    with sqlite3.connect(environment["DATABASE_FILE"]) as con:
        query = "SELECT count(*) FROM narvaro_messages_mail WHERE handed_at NOT NULL AND sent_at IS NULL"
        return int(con.execute(query).fetchone()[0])


def test_killed_before_the_server_has_it_nothing_is_lost(desk: dict[str, str]) -> None:
    killed = run(SEND, desk, die="connected")
    after_the_kill = taken(desk)
    run(SEND, desk)

    assert killed.returncode == -signal.SIGKILL
    assert after_the_kill == []
    assert len(set(taken(desk))) == len(taken(desk)) == 3
    assert in_doubt(desk) == 0


def test_killed_while_the_server_has_it_nobody_gets_it_twice_and_it_is_shown(
    desk: dict[str, str],
) -> None:
    killed = run(SEND, desk, die="taken")
    run(SEND, desk)

    assert killed.returncode == -signal.SIGKILL
    assert len(set(taken(desk))) == len(taken(desk)) == 3
    assert in_doubt(desk) == 1
