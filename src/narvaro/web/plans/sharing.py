"""What a disclosure shows of a plan, and whom the consents of the moment let it be shared with.

The shared part of a signed version and nothing else: never a draft, never the school's own part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.content import Part, Shown
from narvaro.web.plans.models import Plan, PlanVersion
from narvaro.web.plans.pages import latest_signed, state_of
from narvaro.web.plans.rules import State
from narvaro.web.plans.shared import SharedPart, Task, name_of_unit, shared_part
from narvaro.web.pupils.models import Pupil


def plan_shown(pupil: Pupil, case: Case | None, viewer: Viewer) -> Shown | None:
    """The shared part of the version that holds, of the case or of the pupil's newest plan."""
    version = _holding(pupil, case, viewer)
    return None if version is None else Shown(tuple(parts_of(shared_part(version))))


def _holding(pupil: Pupil, case: Case | None, viewer: Viewer) -> PlanVersion | None:
    if not viewer.may("plans.plan"):
        return None
    plans = Plan.objects.visible_to(viewer, "plans.plan").filter(case__pupil=pupil)
    if case is not None:
        plans = plans.filter(case=case)
    plan = plans.order_by("-started_at").first()
    if plan is None:
        return None
    told = plan.versions.filter(signed_at__lte=viewer.now)
    held = latest_signed(told.select_related("followed_up", "signed_by", "main_unit__authority"))
    return None if state_of(held, viewer.today) == State.ENDED else held


def parts_of(part: SharedPart) -> Iterator[Part]:
    """The shared part under its headings."""
    said = {"number": part.number, "day": part.signed, "who": part.signed_by}
    yield Part(
        _("Samordnad individuell plan"),
        (_("Version %(number)s, signerad %(day)s av %(who)s") % said,),
    )
    words = f"”{part.important}”" if part.important else part.silence
    yield Part(_("Viktigt för eleven"), (words,))
    yield Part(_("Behov"), tuple(part.needs.splitlines()))
    yield Part(_("Huvudansvarig"), (part.main_unit,))
    for one in part.organisers:
        yield Part(one.name, headings=(_("Insats"), _("Senast")), rows=_rows(one.tasks))
    heading = _("Vad eleven, hemmet och andra gör")
    if part.others:
        headings = (_("Vem"), _("Vad"), _("Senast"))
        rows = tuple((one.by, one.words, one.due or "–") for one in part.others)
        yield Part(heading, headings=headings, rows=rows)
    else:
        yield Part(heading, (part.nobody_else,))
    yield Part(_("Uppföljning"), (part.follow_up,))


def _rows(tasks: Iterable[Task]) -> tuple[tuple[str, str], ...]:
    return tuple((one.words, one.due or "–") for one in tasks)


@dataclass(frozen=True, slots=True)
class MayShare:
    """A unit of another authority in the plan, and whether consent lets it have the plan now."""

    unit: str
    is_live: bool


def may_share(version: PlanVersion, viewer: Viewer) -> list[MayShare]:
    """The units of other authorities that the plan names, in the order they stand in it."""
    efforts = version.efforts.exclude(unit=None).select_related("unit__authority")
    named: list[Unit] = [one.unit for one in efforts if one.unit is not None]
    if version.main_unit is not None:
        named.append(version.main_unit)
    authority = version.plan.case.authority_id
    others = [one for one in dict.fromkeys(named) if one.authority_id != authority]
    live = _live(version.plan.pupil, others, viewer)
    return [MayShare(name_of_unit(one), one.pk in live) for one in others]


def _live(pupil: Pupil, units: list[Unit], viewer: Viewer) -> set[int]:
    """The units that may have the plan at the viewer's moment."""
    asked = list(Consent.objects.filter(pupil=pupil, receiver__in=units))
    found = live_items_of(asked, at=viewer.now)
    return {one.receiver_id for one in asked if Item.PLAN in found.get(one.pk, frozenset())}
