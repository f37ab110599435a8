"""The town with its registration told of, and everybody who answers for some of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.registration.school_weeks import NOON, Told

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role


@pytest.fixture
def told(tmp_path: Path, settings: Settings) -> Told:
    """A ledger without any delivery yet; the pages read it."""
    found = Told(tmp_path)
    settings.LEDGER = found.ledger
    settings.DATA_FOLDER = tmp_path / "data"
    settings.PROGRAMME_FOLDER = tmp_path / "programmes"
    return found


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon on Monday 30 November 2026 on every page."""
    for place in ("accounts.clock", "accounts.doors"):
        monkeypatch.setattr(f"narvaro.web.{place}.now_of", lambda _request: NOON)
    return NOON


@pytest.fixture
def teacher(town: Town) -> Assignment:
    """T1, who teaches 7B."""
    found = town.somebody(Role.TEACHER, "almskolan/7B", name="Klara Provberg")
    assert found.account is not None
    found.account.staff_keys = ["T1"]
    found.account.save()
    return found


@pytest.fixture
def crafts_teacher(town: Town) -> Assignment:
    """T2, who teaches crafts."""
    found = town.somebody(Role.TEACHER, "almskolan/7B", name="Sten Skojlund")
    assert found.account is not None
    found.account.staff_keys = ["T2"]
    found.account.save()
    return found


@pytest.fixture
def principal(town: Town) -> Assignment:
    """The principal of Almskolan."""
    return town.somebody(Role.PRINCIPAL, "almskolan", name="Anders Låtsaslund")
