"""An invented authority in the database: two schools, three classes, somebody in every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from narvaro.web.accounts.doors import ACTING_AS
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Placement,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role

if TYPE_CHECKING:
    from tests.web.matrix_town import MatrixTown

LONG_AGO = date(2020, 1, 1)


@dataclass
class Town:
    """Linnåsa: authority → area → schools → classes."""

    authority: Authority
    units: dict[str, Unit] = field(default_factory=dict)

    def unit(self, name: str, kind: UnitKind, *, under: str = "") -> Unit:
        """Make a unit; its key in the ledger is its name."""
        found = Unit.objects.create(authority=self.authority, kind=kind, name=name, key=name)
        if under:
            Placement.objects.create(unit=found, parent=self.units[under], from_on=LONG_AGO)
        self.units[name] = found
        return found

    def somebody(self, role: Role, at: str, *, name: str = "") -> Assignment:
        """Somebody in a role at a unit."""
        number = Account.objects.count()
        account = Account.objects.create_user(
            f"p{number}@linnasa.invalid", name=name or f"P {number}"
        )
        return Assignment.objects.create(
            account=account, role=role, unit=self.units[at], from_on=LONG_AGO
        )

    def signed_in(self, assignment: Assignment) -> Client:
        """A browser in which somebody is signed in, acting in an assignment."""
        client = Client()
        assert assignment.account is not None
        with patch("narvaro.web.accounts.sign_in_log.write_entry"):  # not what is tested here
            client.force_login(
                assignment.account, "allauth.account.auth_backends.AuthenticationBackend"
            )
        session = client.session
        session[ACTING_AS] = assignment.public_id
        session.save()
        return client

    def browser(self, role: Role, at: str) -> Client:
        """A browser of somebody new in a role at a unit."""
        return self.signed_in(self.somebody(role, at))


@pytest.fixture
def town(
    db: None,  # noqa: ARG001
    settings: Settings,
) -> Town:
    """Linnåsa, where nobody has a second factor yet and none is asked for."""
    settings.SECOND_FACTOR_REQUIRED = False
    return small_town()


def small_town() -> Town:
    """Two schools in one area, three classes, nobody in them."""
    authority = Authority.objects.create(
        name="Linnåsa kommun", kind=AuthorityKind.SCHOOL, key="linnasa"
    )
    made = Town(authority)
    made.unit("linnasa", UnitKind.AUTHORITY)
    made.unit("norra", UnitKind.AREA, under="linnasa")
    made.unit("almskolan", UnitKind.SCHOOL, under="norra")
    made.unit("bjorkskolan", UnitKind.SCHOOL, under="norra")
    made.unit("almskolan/7B", UnitKind.CLASS, under="almskolan")
    made.unit("almskolan/8A", UnitKind.CLASS, under="almskolan")
    made.unit("bjorkskolan/7A", UnitKind.CLASS, under="bjorkskolan")
    return made


@pytest.fixture(scope="module")
def matrix_town(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[MatrixTown]:
    """The town of the whole matrix, made once for a module; each cell is undone after it."""
    from tests.web.matrix_ledger import made_ledger
    from tests.web.matrix_town import made_town

    ledger = made_ledger(tmp_path_factory.mktemp("matrix"))
    with (
        django_db_blocker.unblock(),
        override_settings(SECOND_FACTOR_REQUIRED=False, LEDGER=ledger),
        transaction.atomic(),
    ):
        yield made_town()
        transaction.set_rollback(True)
