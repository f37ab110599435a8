"""Only a busy database asks one to come back; any other fault says so, and what to do is in the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from tests.web.ui.test_logs import Lines

from narvaro.web.ui.database_faults import database_fault
from narvaro.web.ui.errors import fault, unreadable

NAME = "Elsa-Provsson"
Ask = Callable[[], object]
ASKED: list[Ask] = []


def asks(_request: HttpRequest) -> HttpResponse:
    ASKED[0]()
    return HttpResponse("ok")


urlpatterns = [path("fraga/", asks, name="asks")]
handler400, handler500 = unreadable, fault


@pytest.fixture
def lines() -> Iterator[list[str]]:
    import logging

    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.said
    logging.getLogger().removeHandler(handler)


def opened(file: Path) -> BaseDatabaseWrapper:
    """A database of SQLite as Django has it, with a table of notes."""
    given = {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": {"timeout": 0}}
    found: BaseDatabaseWrapper = ConnectionHandler({"default": given})["default"]
    found.inc_thread_sharing()
    return found


def execute(database: BaseDatabaseWrapper, sql: str, given: list[str] | None = None) -> None:
    with database.cursor() as cursor:
        cursor.execute(sql, given)


def busy(database: BaseDatabaseWrapper, file: Path) -> Ask:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin exclusive")

    def ask() -> None:
        with closing(other):
            execute(database, "insert into notes values (%s)", [NAME])

    return ask


def full(database: BaseDatabaseWrapper, _file: Path) -> Ask:
    execute(database, "pragma max_page_count = 2")
    return lambda: execute(database, "insert into notes values (%s)", [NAME * 10_000])


def read_only(database: BaseDatabaseWrapper, _file: Path) -> Ask:
    execute(database, "pragma query_only = on")
    return lambda: execute(database, "insert into notes values (%s)", [NAME])


def without_a_table(database: BaseDatabaseWrapper, _file: Path) -> Ask:
    execute(database, "drop table notes")
    return lambda: execute(database, "insert into notes values (%s)", [NAME])


def without_a_column(database: BaseDatabaseWrapper, _file: Path) -> Ask:
    return lambda: execute(database, "select later from notes where said = %s", [NAME])


def gone(database: BaseDatabaseWrapper, file: Path) -> Ask:
    database.close()
    file.unlink()
    file.mkdir()
    return lambda: execute(database, "insert into notes values (%s)", [NAME])


def damaged(database: BaseDatabaseWrapper, file: Path) -> Ask:
    database.close()
    file.write_bytes(b"Elsa Provsson" * 1_000)
    return lambda: execute(database, "insert into notes values (%s)", [NAME])


PROVOKED: Mapping[str, tuple[Callable[[BaseDatabaseWrapper, Path], Ask], str]] = {
    "full": (full, "Free room"),
    "read only": (read_only, "Let the account"),
    "a table is missing": (without_a_table, "narvaro-web migrate"),
    "a column is missing": (without_a_column, "narvaro-web migrate"),
    "gone": (gone, "can be reached"),
    "damaged": (damaged, "restore the latest backup"),
}


def answer_to(make: Callable[[BaseDatabaseWrapper, Path], Ask], file: Path) -> HttpResponse:
    database = opened(file)
    execute(database, "create table notes (said text)")
    ASKED[:] = [make(database, file)]
    answer = Client(raise_request_exception=False).get("/fraga/")
    database.close()
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_busy_database_asks_one_to_come_back(tmp_path: Path, lines: list[str]) -> None:
    answer = answer_to(busy, tmp_path / "x.sqlite3")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Systemet är upptaget" in answer.content.decode()
    assert "the database is busy" in lines[0]
    assert NAME not in "".join(lines)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("what", PROVOKED)
def test_what_does_not_pass_by_itself_is_told_to_whoever_runs_it(
    tmp_path: Path, lines: list[str], what: str
) -> None:
    make, remedy = PROVOKED[what]

    answer = answer_to(make, tmp_path / "x.sqlite3")
    text = answer.content.decode()

    assert answer.status_code == 503
    assert "Retry-After" not in answer
    assert "upptaget" not in text
    assert "kan inte läsa eller spara" in text
    number = text.partition("Felet har nummer ")[2][:6]
    assert number in lines[0]
    assert "at asks: the database is" in lines[0]
    assert remedy in lines[0]
    for part in (NAME, "Provsson", str(tmp_path), "notes"):
        assert part not in "".join(lines) + text


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_wrong_question_of_ours_is_a_fault_of_ours(tmp_path: Path) -> None:
    answer = answer_to(lambda database, _file: lambda: execute(database, "selec"), tmp_path / "x")

    assert answer.status_code == 500


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("55P03", "busy"),
        ("40P01", "busy"),
        ("53300", "busy"),
        ("53100", "full"),
        ("42P01", "not migrated"),
        ("57P01", "gone"),
        ("08006", "gone"),
        (None, "gone"),
        ("22001", None),
        ("23505", None),
    ],
)
def test_the_states_of_postgresql_are_told_apart(state: str | None, kind: str | None) -> None:
    cause: Any = type("OperationalError", (Exception,), {"sqlstate": state})()
    for error in (OperationalError(), ProgrammingError(), InterfaceError()):
        error.__cause__ = cause

        found = database_fault(error)

        assert (found and found.kind) == kind


def test_what_is_no_fault_of_the_database_is_none() -> None:
    assert database_fault(ValueError("database is locked")) is None
    assert database_fault(None) is None
