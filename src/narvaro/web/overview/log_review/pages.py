"""Frozen values for the pages of log reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind, Review, Reviewed
from narvaro.web.overview.log_review.draw import TARGETS


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that was drawn. `entry` None: it has been cut away with the log's own time."""

    drawn: Reviewed
    at: datetime | None
    who: str
    role: str
    unit: str
    kind: str
    action: str
    subjects: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review with its entries. `is_mine`: the viewer drew it and may say what was found."""

    review: Review
    lines: Sequence[Line]
    is_mine: bool
    reviewer: str
    target: str

    @property
    def is_open(self) -> bool:
        """Not closed yet."""
        return self.review.closed_at is None


def reviews_of(viewer: Viewer) -> QuerySet[Review]:
    """Reviews made at the units that the viewer may review."""
    reach = viewer.reach("audit.review").unit_ids
    return Review.objects.filter(unit__in=Unit.objects.filter(pk__in=reach).values("public_id"))


def review_page(viewer: Viewer, review: Review) -> ReviewPage:
    """The page of one review."""
    rows = list(review.drawn.all())
    entries = {one.number: one for one in Entry.objects.filter(number__in=[r.number for r in rows])}
    accounts = _names(Account, {one.account for one in entries.values()} | {review.by})
    units = _names(Unit, {one.unit for one in entries.values()})
    return ReviewPage(
        review=review,
        lines=[_line(row, entries.get(row.number), accounts, units) for row in rows],
        is_mine=review.by == viewer.account.public_id,
        reviewer=accounts.get(review.by, "–"),
        target=str(TARGETS.get(review.target.partition(":")[0], "")),
    )


def _names(model: type[Account] | type[Unit], ids: set[str]) -> dict[str, str]:
    return dict(model.objects.filter(public_id__in=ids).values_list("public_id", "name"))


def _line(
    row: Reviewed, entry: Entry | None, accounts: dict[str, str], units: dict[str, str]
) -> Line:
    if entry is None:
        return Line(row, None, "–", "", "", "", "", ())
    return Line(
        drawn=row,
        at=entry.at,
        who=accounts.get(entry.account, "–"),
        role=str(Role(entry.role).label) if entry.role in Role.values else "",
        unit=units.get(entry.unit, ""),
        kind=str(Kind(entry.kind).label),
        action=entry.action,
        subjects=entry.subjects,
    )
