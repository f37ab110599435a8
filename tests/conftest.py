"""What every test needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.support.browser import started

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The one browser of a test module, gone before the next module begins."""
    with started() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _the_log_may_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit have their tables flushed; the database refuses that to what is kept."""
    from django.db import connection
    from django.test import TransactionTestCase

    from narvaro.web.audit import triggers as of_the_log
    from narvaro.web.disclosures import triggers as of_disclosures
    from narvaro.web.documents import triggers as of_documents

    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def unprotected(case: TransactionTestCase) -> None:
        _run(of_documents.UNPROTECT_ROUTINES[connection.vendor])
        for one in (of_the_log, of_documents, of_disclosures):
            _run(one.UNPROTECT[connection.vendor])
        flush(case)
        for one in (of_the_log, of_documents, of_disclosures):
            _run(one.PROTECT[connection.vendor])
        _run(of_documents.PROTECT_ROUTINES[connection.vendor])

    def _run(statements: object) -> None:
        assert isinstance(statements, tuple)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unprotected)
        # one with a single transaction is undone by it, and has nothing to flush
        yield
