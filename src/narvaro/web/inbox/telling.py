"""Mail about what has become late, up the routine's ladder: each person once for each thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Assignment, Authority, Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.deadlines import is_quiet
from narvaro.web.inbox.climbing import COUNTS, SCHOOL
from narvaro.web.inbox.late import Late, late_at
from narvaro.web.inbox.models import SilenceTold
from narvaro.web.inbox.silence import sees
from narvaro.web.messages.letters import Link, Value, queue_letter
from narvaro.web.messages.reminders import viewers_of

OWNER_SEES, CLIMBED = "owner", "climbed"


def tell_of_silence(now: datetime) -> int:
    """Queue a mail to everybody for whom something has become late. Returns how many mails.

    Nobody is told twice of the same, and nobody on a day without school. Safe to run again.
    """
    today = local_day(now)
    serving = Assignment.objects.in_force(today).exclude(account=None)
    people = Account.objects.filter(is_active=True, pk__in=serving.values("account")).order_by("pk")
    late: dict[int, list[Late]] = {}
    return sum(_tell(account, late, now) for account in people.iterator())


def _tell(account: Account, late: dict[int, list[Late]], now: datetime) -> bool:
    viewers = viewers_of(account, now)
    awake = [one for one in viewers if not is_quiet(one, one.today)]
    if not awake:
        return False
    found: dict[str, tuple[str, Viewer]] = {}
    for viewer in awake:
        authority = viewer.authority
        if authority.pk not in late:
            late[authority.pk] = _all_late(authority, viewer)
        for one, rung in _seen(viewer, late[authority.pk]):
            found.setdefault(f"{one.key}:{rung}", (rung, viewer))
    told = SilenceTold.objects.filter(account=account, thing__in=found)
    fresh = {key: found[key] for key in found.keys() - set(told.values_list("thing", flat=True))}
    return bool(fresh) and _queue(account, fresh, now)


def _all_late(authority: Authority, viewer: Viewer) -> list[Late]:
    schools = Unit.objects.filter(authority=authority, kind=UnitKind.SCHOOL)
    return late_at(list(schools.values_list("pk", flat=True)), viewer)


def _seen(viewer: Viewer, late: Sequence[Late]) -> Iterator[tuple[Late, str]]:
    """What is late of one's own, and what has climbed to one's role at places in reach."""
    action = COUNTS if viewer.may(COUNTS) else SCHOOL if viewer.may(SCHOOL) else ""
    reach = set(viewer.reach(action).unit_ids) if action else set()
    for one in late:
        if one.owner == viewer.account:
            yield one, OWNER_SEES
        elif one.school.pk in reach and sees(viewer.role, one.rungs):
            yield one, CLIMBED


def _queue(account: Account, fresh: Mapping[str, tuple[str, Viewer]], now: datetime) -> bool:
    by_rung: dict[str, list[Viewer]] = defaultdict(list)
    for rung, viewer in fresh.values():
        by_rung[rung].append(viewer)
    counts = {rung: len(viewers) for rung, viewers in by_rung.items()}
    first = next(iter(fresh.values()))[1]
    above = by_rung.get(CLIMBED, [])
    path = reverse("handling_counts" if above and above[0].may(COUNTS) else "handling")
    values: dict[str, Value] = {
        "own": counts.get(OWNER_SEES, 0),
        "climbed": counts.get(CLIMBED, 0),
        "home": Link(reverse("home")),
        "list": Link(path),
    }
    with transaction.atomic():
        made = queue_letter(
            "inbox/mail/silence.txt",
            values,
            key=f"silence:{account.public_id}:{now.isoformat()}",
            to=account,
            authority=first.authority,
            by=None,
            at=now,
            action="inbox.tell_of_silence",
        )
        SilenceTold.objects.bulk_create(
            [SilenceTold(account=account, thing=key, at=now) for key in fresh]
        )
    return made is not None
