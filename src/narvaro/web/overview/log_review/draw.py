"""Draws entries of the log for a review: repeatable, in scope, never the reviewer's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind, Sample

SEEN = (Kind.READ, Kind.SEARCH, Kind.EXPORT, Kind.PRINT, Kind.REFUSED)
DRAWN_COUNT = 20
LONGEST = timedelta(days=92)
DAY_BEGINS, DAY_ENDS = 6, 19

TARGETS: dict[str, str | Promise] = {
    "refused": _("försök som nekades"),
    "taken_out": _("utskrifter och uttag"),
    "off_hours": _("kvällar, nätter och helger"),
    "account": _("en viss person"),
    "subject": _("en viss elev, efter beteckningen i loggen"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be reviewed. `about`: an account's or a pupil's public id, for those targets."""

    sample: Sample
    from_on: date
    to_on: date
    target: str = ""
    about: str = ""


def pool(viewer: Viewer, wish: Wish) -> list[int]:
    """The numbers of the entries the wish means."""
    rows = in_scope(viewer).filter(kind__in=SEEN, at__range=_moments(wish))
    if wish.sample == Sample.RANDOM:
        return list(rows.values_list("number", flat=True))
    if wish.target == "refused":
        rows = rows.filter(kind=Kind.REFUSED)
    if wish.target == "taken_out":
        rows = rows.filter(kind__in=(Kind.EXPORT, Kind.PRINT))
    if wish.target == "account":
        rows = rows.filter(account=wish.about)
    return [one.number for one in rows.iterator(2_000) if _is_meant(one, wish)]


def in_scope(viewer: Viewer) -> QuerySet[Entry]:
    """Entries of staff serving at the viewer's units, without the viewer's own."""
    reach = viewer.reach("audit.review").unit_ids
    units = Unit.objects.filter(pk__in=reach).values("public_id")
    return Entry.objects.filter(unit__in=units).exclude(account=viewer.account.public_id)


def drawn(numbers: Iterable[int], *, seed: str) -> list[int]:
    """At most twenty of the numbers: those whose hash with the seed is lowest."""
    ranked = sorted(numbers, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    return sorted(ranked[:DRAWN_COUNT])


def _moments(wish: Wish) -> tuple[datetime, datetime]:
    return (
        datetime.combine(wish.from_on, time.min, STOCKHOLM),
        datetime.combine(wish.to_on, time.max, STOCKHOLM),
    )


def _is_meant(entry: Entry, wish: Wish) -> bool:
    if wish.target == "off_hours":
        local = entry.at.astimezone(STOCKHOLM)
        return local.weekday() >= 5 or not DAY_BEGINS <= local.hour < DAY_ENDS
    if wish.target == "subject":
        return f"pupil:{wish.about}" in entry.subjects
    return True
