"""Making and revoking keys, and counting their use; the log is told in the same transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api.models import LONGEST_DAYS, Key
from narvaro.web.api.secrets_of_keys import digest_of, new_secret
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind

MOST_KEYS = 10


def make_key(
    name: str, assignment: Assignment, *, expires_on: date, by: Viewer, at: datetime
) -> tuple[Key, str]:
    """A key of the account in one of its assignments, and its secret, which is kept nowhere.

    Raises Refused when the assignment is not the account's own, the time too long, the name
    taken, or the account has as many keys as anybody may.
    """
    with transaction.atomic():
        _refuse_what_cannot_be(name, assignment, expires_on=expires_on, by=by)
        secret = new_secret()
        key = Key.objects.create(
            account=by.account,
            assignment=assignment,
            name=name,
            digest=digest_of(secret),
            made_at=at,
            made_on=by.today,
            expires_on=expires_on,
        )
        subjects = [f"key:{key.public_id}", f"assignment:{assignment.public_id}"]
        write_entry(by.actor, "api.key_made", kind=Kind.WRITE, at=at, subjects=subjects)
    return key, secret


def _refuse_what_cannot_be(
    name: str, assignment: Assignment, *, expires_on: date, by: Viewer
) -> None:
    Account.objects.select_for_update(no_key=True).get(
        pk=by.account.pk
    )  # two at once are counted in turn
    mine = Key.objects.filter(account=by.account)
    if not by.account.assignments.in_force(by.today).filter(pk=assignment.pk).exists():
        raise Refused(_("Uppdraget är inte ditt i dag."))
    if not by.today <= expires_on <= by.today + timedelta(days=LONGEST_DAYS):
        raise Refused(_("En nyckel gäller i högst 90 dagar, och sista dagen kan inte ha varit."))
    if mine.filter(name=name, revoked_at__isnull=True).exists():
        raise Refused(
            _("Du har redan en nyckel som heter så. Återkalla den eller välj ett annat namn.")
        )
    if mine.living(by.today).count() >= MOST_KEYS:
        raise Refused(_("Du har redan tio nycklar. Återkalla en som inte används."))


def revoke_key(key: Key, *, by: Viewer, at: datetime) -> None:
    """From now on it opens nothing. Done once; the second time changes nothing."""
    with transaction.atomic():
        if Key.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
            subjects = [f"key:{key.public_id}"]
            write_entry(by.actor, "api.key_revoked", kind=Kind.WRITE, at=at, subjects=subjects)


def count_use(key: Key, now: datetime, *, is_alive: bool) -> int:
    """Count a request; how many there have been in this minute, by every worker together."""
    minute = now.replace(second=0, microsecond=0)
    asked = Case(When(minute=minute, then=F("asked") + 1), default=Value(1))
    used = {"last_used_at": now} if is_alive else {}
    Key.objects.filter(pk=key.pk).update(asked=asked, minute=minute, **used)
    return int(Key.objects.values_list("asked", flat=True).get(pk=key.pk))
