"""Break the write of the log, and what was asked for does not happen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from tests.web.conftest import Town

from narvaro.web.accounts.doors import ACTING_AS, log_reading, page
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Entry, Kind


class LogIsGone(Exception):
    """As a full disk or a dropped table would say it."""


@pytest.fixture
def broken_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log takes no entry."""

    def refuse(*_given: object, **_named: object) -> None:
        raise LogIsGone

    monkeypatch.setattr(Entry, "save", refuse)


def asked(mine: Assignment) -> HttpRequest:
    request = RequestFactory().get("/")
    assert mine.account is not None
    request.user = mine.account
    request.session = {ACTING_AS: mine.public_id}  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("kind", [Kind.READ, Kind.EXPORT, Kind.SEARCH, Kind.PRINT])
def test_nothing_is_read_or_taken_out(town: Town, broken_log: None, kind: Kind) -> None:  # noqa: ARG001
    shown: list[str] = []

    @page("pupils.pupil")
    def pupil_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001
        log_reading(request, ["pupil:x"], kind=kind, action="pupils.pupil")
        shown.append("a name")
        return HttpResponse("a name")

    with pytest.raises(LogIsGone):
        pupil_page(asked(town.somebody(Role.PRINCIPAL, "almskolan")))

    assert shown == []


def test_a_reader_that_forgets_the_log_shows_nothing(town: Town) -> None:
    @page("pupils.pupil")
    def pupil_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:  # noqa: ARG001
        return HttpResponse("a name")

    with pytest.raises(RuntimeError, match="without telling the log"):
        pupil_page(asked(town.somebody(Role.PRINCIPAL, "almskolan")))


def test_nobody_signs_in(town: Town, broken_log: None) -> None:  # noqa: ARG001
    account = Account.objects.create_user("ny@linnasa.invalid", "ett-langt-losenord", name="Ny")
    from django.test import Client

    with pytest.raises(LogIsGone):
        Client().post("/konto/login/", {"login": account.email, "password": "ett-langt-losenord"})

    account.refresh_from_db()
    assert account.last_login is None
    assert connection.is_usable()


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["Elsa ska byta skola", "Ström", "a" * 41])
def test_the_log_takes_no_words_as_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="never its words"):
        write_entry(Actor(), "pupils.page", kind=Kind.READ, at=timezone.now(), reason=reason)

    assert not Entry.objects.exists()
