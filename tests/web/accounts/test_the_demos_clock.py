"""What time it is in the demo: the chosen day, at the clock's hour or at one it began with."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from narvaro.web.accounts import clock

DAY = date(2026, 12, 2)
BEGAN = datetime(2026, 11, 22, 22, 58, tzinfo=UTC)


class Later(datetime):
    """A clock two minutes after the application began, a minute past midnight in Sweden."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return (BEGAN + timedelta(minutes=2)).astimezone(tz)


@pytest.fixture
def asked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> HttpRequest:
    settings.DEMO, settings.TODAY, settings.CLOCK = True, DAY, None
    monkeypatch.setattr(clock, "datetime", Later)
    monkeypatch.setattr(clock, "_BEGAN", BEGAN)
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


def test_the_demo_has_the_clocks_hour_on_its_own_day(asked: HttpRequest) -> None:
    assert clock.now_of(asked) == datetime(2026, 12, 1, 23, 0, tzinfo=UTC)


def test_a_demo_with_an_hour_of_its_own_begins_at_it_and_passes_no_midnight(
    asked: HttpRequest, settings: Settings
) -> None:
    settings.CLOCK = time(10)

    assert clock.now_of(asked) == datetime(2026, 12, 2, 9, 2, tzinfo=UTC)
    assert clock.today_of(asked) == DAY


def test_outside_the_demo_the_clock_is_the_clock(asked: HttpRequest, settings: Settings) -> None:
    settings.DEMO, settings.CLOCK = False, time(10)

    assert clock.now_of(asked) == BEGAN + timedelta(minutes=2)
