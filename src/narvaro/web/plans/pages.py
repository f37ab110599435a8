"""Frozen values for the pages of plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.plans.models import FollowUp, OwnPart, Plan, PlanVersion
from narvaro.web.plans.rules import Gap, State, state
from narvaro.web.plans.shared import SharedPart, day_in_full, shared_part
from narvaro.web.pupils.pages import name_of

STATES = {
    State.DRAFT: gettext_lazy("Utkast"),
    State.HOLDS: gettext_lazy("Gäller"),
    State.TO_FOLLOW_UP: gettext_lazy("Ska följas upp"),
    State.BEING_RENEWED: gettext_lazy("Följd upp, ny version skrivs"),
    State.ENDED: gettext_lazy("Avslutad"),
}
GAPS = {
    Gap.IMPORTANT: gettext_lazy("Skriv vad som är viktigt för eleven, eller varför orden saknas."),
    Gap.NEEDS: gettext_lazy("Skriv vilka behov eleven har."),
    Gap.NO_UNIT: gettext_lazy("Skriv minst en insats som en enhet ansvarar för."),
    Gap.NO_WORDS: gettext_lazy("Skriv vad som görs på varje rad."),
    Gap.NO_WHO: gettext_lazy("Välj vem som gör det på varje rad."),
    Gap.NO_OTHER: gettext_lazy("Skriv vem det är när någon annan gör något."),
    Gap.NOBODY_ELSE: gettext_lazy(
        "Skriv vad eleven, hemmet eller någon annan gör, eller kryssa för att ingen gör något."
    ),
    Gap.SOMEBODY_ELSE: gettext_lazy(
        "Ta bort krysset för att ingen annan gör något: någon står på en rad."
    ),
    Gap.MAIN_UNIT: gettext_lazy("Välj vilken enhet som är huvudansvarig."),
    Gap.FOLLOW_UP: gettext_lazy("Ange en dag för uppföljning."),
    Gap.FOLLOW_UP_PASSED: gettext_lazy("Ange en dag för uppföljning som inte har passerat."),
}
FIELDS = {
    Gap.NO_UNIT: "insatser",
    Gap.NO_WORDS: "insatser",
    Gap.NO_WHO: "insatser",
    Gap.NO_OTHER: "insatser",
    Gap.SOMEBODY_ELSE: "id_is_alone",
    Gap.FOLLOW_UP_PASSED: "id_follow_up_on",
}


@dataclass(frozen=True, slots=True)
class Remains:
    """Something that a plan must say before it is signed, and the field where it is said."""

    text: str
    field: str


def remains(gaps: Iterable[Gap]) -> list[Remains]:
    """The gaps in words."""
    return [Remains(str(GAPS[one]), FIELDS.get(one, f"id_{one}")) for one in gaps]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list of a plan's versions."""

    number: int
    words: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """How a version was followed up."""

    on: str
    words: str
    outcome: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan in one of its versions."""

    plan: Plan
    version: PlanVersion
    name: str
    state: str
    is_due: bool
    is_latest_signed: bool
    part: SharedPart
    versions: Sequence[VersionRow]
    followed: FollowedRow | None
    has_draft: bool
    has_own: bool
    crumbs: Sequence[tuple[str, str]]


def plan_page(plan: Plan, version: PlanVersion, viewer: Viewer) -> PlanPage:
    """The page of a version."""
    versions = list(plan.versions.select_related("signed_by", "followed_up__by"))
    held = latest_signed(versions)
    where = state_of(held, viewer.today)
    return PlanPage(
        plan,
        version,
        name_of(plan.pupil),
        str(STATES[where]),
        where == State.TO_FOLLOW_UP,
        held is not None and held.pk == version.pk,
        shared_part(version),
        [_row(one, plan, version) for one in reversed(versions)],
        followed_row(version),
        any(not one.is_signed for one in versions),
        OwnPart.objects.filter(of=version).exists(),
        way_to(plan, viewer),
    )


def way_to(plan: Plan, viewer: Viewer, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down to a plan: pupil, case, plan, and further."""
    pupil = reverse("pupil", args=[plan.pupil.public_id]) if viewer.may("pupils.pupil") else ""
    here = reverse("plan", args=[plan.public_id]) if last else ""
    return [
        (name_of(plan.pupil), pupil),
        (_("Ärende"), case_url(plan.case, viewer)),
        (_("Samordnad plan"), here),
        *last,
    ]


def latest_signed(versions: Iterable[PlanVersion]) -> PlanVersion | None:
    """The version that holds, of versions in the order of their numbers."""
    return next((one for one in reversed(list(versions)) if one.is_signed), None)


def state_of(held: PlanVersion | None, today: date) -> State:
    """Where the plan stands; `held` is the latest signed version."""
    if held is None:
        return state(is_signed=False, follow_up_on=None, outcome="", today=today)
    followed = follow_up_of(held)
    outcome = followed.outcome if followed else ""
    return state(is_signed=True, follow_up_on=held.follow_up_on, outcome=outcome, today=today)


def follow_up_of(version: PlanVersion) -> FollowUp | None:
    """How it was followed up, if it was."""
    try:
        return version.followed_up
    except FollowUp.DoesNotExist:
        return None


def followed_row(version: PlanVersion) -> FollowedRow | None:
    """The follow-up as the page shows it."""
    found = follow_up_of(version)
    if found is None:
        return None
    return FollowedRow(
        day_in_full(found.on), found.words, str(found.get_outcome_display()), found.by.name
    )


def _row(one: PlanVersion, plan: Plan, shown: PlanVersion) -> VersionRow:
    if one.signed_at is None or one.signed_by is None:
        words = _("Version %(number)s, utkast") % {"number": one.number}
    else:
        words = _("Version %(number)s, signerad %(day)s av %(who)s") % {
            "number": one.number,
            "day": day_in_full(local_day(one.signed_at)),
            "who": one.signed_by.name,
        }
    url = reverse("plan_version", args=[plan.public_id, one.number])
    return VersionRow(one.number, words, url, one.pk == shown.pk)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list."""

    public_id: str
    name: str
    state: str
    is_due: bool
    main_unit: str
    follow_up: str


def plan_rows(plans: Iterable[Plan], viewer: Viewer) -> list[PlanRow]:
    """The plans as rows; those to follow up first, then by the day of it."""
    found = [_plan_row(one, viewer) for one in plans]
    return [row for _key, row in sorted(found, key=lambda one: one[0])]


def _plan_row(plan: Plan, viewer: Viewer) -> tuple[tuple[bool, date, str], PlanRow]:
    versions = list(plan.versions.all())
    held = latest_signed(versions)
    where = state_of(held, viewer.today)
    told = held or versions[-1]
    part = told.main_unit.name if told.main_unit else ""
    is_over = where == State.ENDED
    order = (is_over, told.follow_up_on or date.max, plan.pupil.sort_name)
    day = "" if is_over else day_in_full(told.follow_up_on)
    row = PlanRow(
        plan.public_id,
        name_of(plan.pupil),
        str(STATES[where]),
        where == State.TO_FOLLOW_UP,
        part,
        day,
    )
    return order, row
