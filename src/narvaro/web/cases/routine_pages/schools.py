"""What the schools that a viewer reaches do otherwise, on the viewer's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from narvaro.programmes import Adaptation as Otherwise
from narvaro.programmes import Programme, adapt, misfits, read_adaptation
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Adaptation
from narvaro.web.cases.routine_pages.words import fault_rows
from narvaro.web.cases.routines import programme_in_force
from narvaro.web.deliveries.fault_words import FaultRow


@dataclass(frozen=True, slots=True)
class SchoolRoutine:
    """A school's routine on a day: the common one, and what is otherwise.

    `now` holds on the day, `next_one` from a day to come. `left_behind` was written for an earlier
    common version: cases opened today do not follow it; `unfit` are its parts that no longer fit.
    """

    school: Unit
    common: Programme
    now: Adaptation | None
    next_one: Adaptation | None
    left_behind: Adaptation | None
    unfit: tuple[FaultRow, ...]
    version: int

    @property
    def here(self) -> Programme:
        """The routine as it is at the school on the day."""
        return self.common if self.now is None else with_text(self.common, self.now.text)

    @property
    def coming(self) -> Programme | None:
        """The routine as it will be, when that is decided."""
        return None if self.next_one is None else with_text(self.common, self.next_one.text)

    @property
    def latest(self) -> Otherwise | None:
        """What a change begins from: what was decided last and has no end."""
        found = self.next_one or (self.now if self.now and self.now.to_on is None else None)
        return None if found is None else read(found)

    @property
    def can_end(self) -> bool:
        """Something is in force, or will be, without an end."""
        return self.latest is not None or self.left_behind is not None


def read(row: Adaptation) -> Otherwise:
    """What is kept, as a value."""
    return read_adaptation(row.text.encode("utf-8"))


def with_text(common: Programme, text: str) -> Programme:
    """The common routine with a kept adaptation laid on it."""
    return adapt(common, read_adaptation(text.encode("utf-8")))


def routine_of(school: Unit, day: date) -> SchoolRoutine:
    """The school's routine on a day."""
    common = programme_in_force(day)
    every = Adaptation.objects.filter(school=school).select_related("by", "routine")
    rows = list(every.order_by("-pk"))
    mine = [one for one in rows if one.routine.digest == common.fingerprint]
    now = next((one for one in mine if _holds(one, day)), None)
    coming = next((one for one in mine if one.from_on > day and one.to_on is None), None)
    behind = None
    if not (now or coming):
        behind = next((o for o in rows if o.to_on is None and o not in mine), None)
    unfit = () if behind is None else tuple(fault_rows(misfits(common, read(behind))))
    version = rows[0].version if rows else 0
    return SchoolRoutine(school, common, now, coming, behind, unfit, version)


def schools_of(viewer: Viewer, action: str) -> list[Unit]:
    """The schools that a viewer reaches, by name."""
    units = Unit.objects.filter(pk__in=viewer.reach(action).unit_ids, kind=UnitKind.SCHOOL)
    return list(units.order_by("name"))


def school_of(viewer: Viewer, action: str, public_id: str) -> Unit:
    """A school in reach; nobody else's is there."""
    found = [one for one in schools_of(viewer, action) if one.public_id == public_id]
    if not found:
        raise Http404
    return found[0]


def _holds(one: Adaptation, day: date) -> bool:
    return one.from_on <= day <= (one.to_on or day)
