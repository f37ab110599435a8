"""A plan begun, and its two parts as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.plans.actions.telling import tell
from narvaro.web.plans.models import Effort, OwnPart, Plan, PlanVersion

MOST_EFFORTS = 30


@dataclass(frozen=True)
class Doing:
    """What somebody does, as it was written. `unit` when `who` is a unit, `other` when another."""

    words: str
    who: str
    unit: Unit | None = None
    other: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Shared:
    """The part that can be shared, as it was written."""

    needs: str = ""
    important: str = ""
    silence: str = ""
    is_alone: bool = False
    main_unit: Unit | None = None
    follow_up_on: date | None = None
    doing: Sequence[Doing] = field(default_factory=tuple)


def start(case: Case, *, by: Viewer, at: datetime) -> Plan:
    """Begin the plan of a case, with an empty first draft; the plan itself when there is one."""
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # one plan for each case
        found = Plan.objects.filter(case=case).first()
        if found is not None:
            return found
        made = Plan.objects.create(case=case, started_at=at, started_by=by.account)
        drafted(made, number=1, by=by, at=at)
        tell(made, "plans.start", by=by, at=at)
    return made


def drafted(plan: Plan, *, number: int, by: Viewer, at: datetime, **said: Any) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan, number=number, started_at=at, saved_at=at, saved_by=by.account, **said
    )


def write(
    draft: PlanVersion, shared: Shared, *, opened_version: int, by: Viewer, at: datetime
) -> PlanVersion:
    """Keep the draft of the shared part, with its gaps. Raises `ChangedMeanwhile`, `Refused`."""
    if len(shared.doing) > MOST_EFFORTS:
        raise Refused(_("En plan har högst %(n)d insatser.") % {"n": MOST_EFFORTS})
    with transaction.atomic():
        kept = unsigned(draft, opened_version)
        kept.needs, kept.important, kept.silence = shared.needs, shared.important, shared.silence
        kept.is_alone, kept.main_unit = shared.is_alone, shared.main_unit
        kept.follow_up_on = shared.follow_up_on
        kept.saved_at, kept.saved_by = max(at, kept.started_at), by.account
        kept.save()
        kept.efforts.all().delete()
        put(kept, shared.doing)
        tell(kept.plan, "plans.write", by=by, at=at)
    return kept


def put(kept: PlanVersion, doing: Sequence[Doing]) -> None:
    for number, one in enumerate(doing, start=1):
        Effort.objects.create(
            version=kept,
            number=number,
            words=one.words,
            who=one.who,
            unit=one.unit,
            other=one.other,
            due_on=one.due_on,
        )


def write_own(
    draft: PlanVersion, *, does: str, knows: str, opened_version: int, by: Viewer, at: datetime
) -> OwnPart:
    """Keep the school's own part of a draft; `opened_version` 0 when there was none.

    Raises `ChangedMeanwhile`, `Refused`.
    """
    with transaction.atomic():
        version = still_draft(draft)
        found = OwnPart.objects.select_for_update(no_key=True).filter(of=version).first()
        if (found.version if found else 0) != opened_version:
            raise ChangedMeanwhile("OwnPart was changed by somebody else")
        kept = found or OwnPart(of=version, version=0)
        kept.does, kept.knows, kept.version = does, knows, kept.version + 1
        kept.saved_at, kept.saved_by = max(at, version.started_at), by.account
        kept.save()
        tell(version.plan, "plans.write_own", by=by, at=at)
    return kept


def still_draft(draft: PlanVersion) -> PlanVersion:
    """The draft, locked: nobody signs it meanwhile."""
    found = PlanVersion.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if found.is_signed:
        raise Refused(_("Planen är signerad. Börja en ny version för att ändra den."))
    return found


def unsigned(draft: PlanVersion, opened_version: int) -> PlanVersion:
    still_draft(draft)
    return locked(PlanVersion.objects.all(), draft.pk, version=opened_version)
