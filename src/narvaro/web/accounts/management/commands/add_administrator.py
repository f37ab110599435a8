"""`narvaro-web add-administrator`: the first account, and the authority when it is not there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Unit,
    UnitKind,
)
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind


class Command(BaseCommand):
    """Makes an administrator without a password; `changepassword` sets one."""

    help = "Add an administrator of an authority; makes the authority when it is not there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where."""
        parser.add_argument("--authority", required=True, help="the authority's name")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--email", required=True, help="the address to sign in with")

    @transaction.atomic
    def handle(self, *_given: Any, **named: Any) -> None:
        """Make what is missing."""
        now = datetime.now(UTC)
        email = str(named["email"]).lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("--email is no address.") from None
        if Account.objects.filter(email=email).exists():
            raise CommandError("The address has an account already.")
        account = Account.objects.create_user(email, name=named["name"])
        made = Assignment.objects.create(
            account=account,
            role=Role.ADMINISTRATOR,
            unit=_top(str(named["authority"])),
            from_on=now.astimezone(STOCKHOLM).date(),
        )
        subjects = [f"account:{account.public_id}", f"assignment:{made.public_id}"]
        write_entry(NOBODY, "accounts.add_person", kind=Kind.WRITE, at=now, subjects=subjects)
        self.stdout.write("Added. Set a password with `narvaro-web changepassword ADDRESS`.")


def _top(name: str) -> Unit:
    authority, _ = Authority.objects.get_or_create(
        name=name, defaults={"kind": AuthorityKind.SCHOOL}
    )
    tops = authority.units.filter(kind__in=(UnitKind.AUTHORITY, UnitKind.OFFICE))
    return tops.order_by("pk").first() or Unit.objects.create(
        authority=authority, kind=UnitKind.AUTHORITY, name=name
    )
