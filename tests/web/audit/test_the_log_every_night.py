"""Every night the log is read again and signed; one that does not hold is a job that failed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.checkpoints import LogDoesNotHold
from narvaro.web.audit.models import Checkpoint, Entry, Kind
from narvaro.web.audit.triggers import UNPROTECT
from narvaro.web.jobs.handlers import KINDS, STANDING

pytestmark = pytest.mark.django_db


def night() -> Any:
    running: Any = None
    return KINDS[STANDING["sign log"].kind].run(running)


def test_a_log_that_holds_is_signed(settings: Settings, tmp_path: Path) -> None:
    settings.LOG_HEADS = tmp_path / "heads.jsonl"
    write_entry(NOBODY, "home", kind=Kind.READ, at=datetime.now(UTC))

    assert night() == {"entries": 1}
    assert Checkpoint.objects.get().number == 1
    assert settings.LOG_HEADS.is_file()


def test_a_log_that_does_not_hold_fails_the_job_and_is_not_signed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.LOG_HEADS = tmp_path / "heads.jsonl"
    write_entry(NOBODY, "home", kind=Kind.READ, at=datetime.now(UTC))
    with connection.cursor() as cursor:
        for statement in UNPROTECT[connection.vendor]:
            cursor.execute(statement)
    Entry.objects.update(account="somebody")

    with pytest.raises(LogDoesNotHold):
        night()

    assert not Checkpoint.objects.exists()
