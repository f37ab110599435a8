"""`narvaro-web set-authority-key`: the key that sources name an authority by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from narvaro.web.accounts.models import Authority, AuthorityKind, UnitKind
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.deliveries.roster import sync_roster


class Command(BaseCommand):
    """Sets the key, and makes the schools and pupils that the ledger knows by it."""

    help = "Set the key that deliveries name a school authority by (organisations.organisation)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and which."""
        parser.add_argument("--authority", required=True, help="the authority's name here")
        parser.add_argument("--key", required=True, help="its key in the deliveries")

    def handle(self, *_given: Any, **named: Any) -> None:
        """Set it, once: an authority whose schools have come under another key keeps that."""
        now, key = datetime.now(UTC), str(named["key"])
        rows = Authority.objects.filter(name=named["authority"], kind=AuthorityKind.SCHOOL)
        if len(rows) != 1:
            raise CommandError("No one school authority here has that name.")
        found = rows[0]
        if Authority.objects.filter(key=key).exclude(pk=found.pk).exists():
            raise CommandError("Another authority here has that key.")
        if found.key != key and found.units.filter(kind=UnitKind.SCHOOL).exclude(key="").exists():
            raise CommandError("Its schools have come under another key already.")
        with transaction.atomic():
            Authority.objects.filter(pk=found.pk).update(key=key)
            found.units.filter(kind=UnitKind.AUTHORITY, key__in=("", found.key)).update(key=key)
            subjects = [f"authority:{found.public_id}"]
            write_entry(NOBODY, "set_authority_key", kind=Kind.WRITE, at=now, subjects=subjects)
        if (settings.LEDGER / "ledger.json").exists():
            sync_roster(settings.LEDGER, at=now, by=NOBODY, makes_authorities=False)
        self.stdout.write(f"{found.name} has the key {key}.")
