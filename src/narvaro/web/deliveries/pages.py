"""Frozen values for the pages of sources and loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from narvaro.shares import share_in_words, share_of
from narvaro.web.accounts.ledger_owner import has_the_whole_ledger
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries.authorities import UnknownKeys, unknown_in_ledger, unknown_keys
from narvaro.web.deliveries.facts import SchoolFact, SourceFact, schools, sources_in_ledger
from narvaro.web.deliveries.fault_words import FaultRow, fault_row, said
from narvaro.web.deliveries.models import Load, Source


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, when it last told something, and the last load that was asked for."""

    name: str
    source: Source | None
    fact: SourceFact | None
    last: Load | None
    waiting: Sequence[Load]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every source, what waits for somebody, the schools that have gone silent."""

    rows: Sequence[SourceRow]
    waiting: Sequence[Load]
    silent: Sequence[SchoolFact]
    own_schools: Sequence[SchoolFact]
    may_manage: bool
    is_of_school: bool
    keys: UnknownKeys | None = None


def sources_page(viewer: Viewer) -> SourcesPage:
    """What the viewer may know of the sources; of a school's own people only what tells of it."""
    reach = viewer.reach("deliveries.list")
    of_school = not viewer.may("deliveries.source")
    every = schools(viewer.today, viewer.now)
    own = [one for one in every if one.key in reach.school_keys]
    loads = Load.objects.visible_to(viewer, "deliveries.list").select_related("source")
    waiting = [] if of_school else list(loads.waiting()[:50])
    return SourcesPage(
        rows=_rows(viewer, loads),
        waiting=waiting,
        silent=[one for one in own if one.is_silent],
        own_schools=own if of_school else [],
        may_manage=viewer.may("deliveries.upload"),
        is_of_school=of_school,
        keys=None if of_school else unknown_in_ledger(viewer.authority, viewer.now),
    )


def _rows(viewer: Viewer, loads: Any) -> list[SourceRow]:
    facts = sources_in_ledger(viewer.now)
    mine = list(Source.objects.visible_to(viewer, "deliveries.list").order_by("name"))
    rows = [
        SourceRow(
            one.name,
            one,
            facts.get(one.name),
            loads.filter(source=one).first(),
            list(loads.filter(source=one).waiting()),
        )
        for one in mine
    ]
    if has_the_whole_ledger(viewer.authority.key):
        named = set(Source.objects.values_list("name", flat=True))
        rows += [SourceRow(n, None, fact, None, ()) for n, fact in facts.items() if n not in named]
    return rows


@dataclass(frozen=True, slots=True)
class Moved:
    """A month at a school, its absence before and after, and how many pupils' figures move."""

    month: str
    school: str
    pupils: int
    before: str
    after: str
    told_before: str
    told_after: str


@dataclass(frozen=True, slots=True)
class LoadPage:
    """A load in words."""

    load: Load
    gained: Sequence[tuple[str, int, int]]
    moved: Sequence[Moved]
    left_out: Sequence[Mapping[str, Any]]
    faults: Sequence[FaultRow]
    more_faults: int
    is_working: bool
    needs_mapping: bool
    roles: Sequence[NewRole] = ()
    keys: UnknownKeys | None = None


@dataclass(frozen=True, slots=True)
class NewRole:
    """How many would have a role that is new, and who, for those who may see it."""

    name: str
    count: int
    people: Sequence[str]


def _new_roles(load: Load, viewer: Viewer) -> list[NewRole]:
    if load.ended_at is not None:
        return []
    told = load.seen.get("roles", [])
    shows_names = viewer.may("accounts.proposed_roles")
    accounts = {one["account"] for one in told} if shows_names else set()
    names = dict(Account.objects.filter(public_id__in=accounts).values_list("public_id", "name"))
    found: dict[str, list[str]] = {}
    for one in told:
        who = names.get(one["account"], _("någon utan konto"))
        found.setdefault(one["role"], []).append(f"{who} ({one['unit']})")
    return [
        NewRole(str(Role(role).label), len(people), sorted(people)[:50] if shows_names else ())
        for role, people in found.items()
    ]


def load_page(load: Load, viewer: Viewer) -> LoadPage:
    """A load as its page shows it: before it is taken in what was seen, afterwards what came."""
    seen = load.result or load.seen
    return LoadPage(
        load=load,
        gained=_gained(seen),
        moved=[_moved(one) for one in load.seen.get("moved", [])],
        left_out=[{**one, "said": said(one["reason"])} for one in seen.get("left_out", [])],
        faults=[fault_row(one) for one in load.faults],
        more_faults=max(0, load.fault_count - len(load.faults)),
        is_working=load.job is not None and load.job.finished_at is None,
        needs_mapping=load.waits_for_profile,
        roles=_new_roles(load, viewer),
        keys=unknown_keys(load.source.authority, load.seen.get("authorities", {})),
    )


TABLE_WORDS = {
    "organisations": gettext_lazy("skolor och enheter"),
    "calendar": gettext_lazy("läsårsdata"),
    "pupils": gettext_lazy("elever"),
    "enrolments": gettext_lazy("inskrivningar"),
    "group_memberships": gettext_lazy("gruppmedlemskap"),
    "lessons": gettext_lazy("lektioner"),
    "marks": gettext_lazy("registreringar"),
    "announced_absences": gettext_lazy("anmäld frånvaro"),
    "period_summaries": gettext_lazy("periodsummor"),
    "participations": gettext_lazy("deltagande skolor"),
    "case_events": gettext_lazy("ärendehändelser"),
    "support_events": gettext_lazy("stödinsatser"),
    "outcomes": gettext_lazy("utfall"),
    "school_months": gettext_lazy("skolmånader"),
}


def _gained(seen: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    gained = seen.get("gained", {})
    return [
        (TABLE_WORDS.get(name, name), count, gained.get(name, 0))
        for name, count in sorted(seen.get("delivered", {}).items())
    ]


def _moved(one: Mapping[str, Any]) -> Moved:
    return Moved(
        one["month"],
        one["name"] or one["school"],
        one["pupils"],
        _absent(one["before"]),
        _absent(one["after"]),
        _told(one["before"]),
        _told(one["after"]),
    )


def _absent(sums: Sequence[int] | None) -> str:
    if not sums or not sums[1]:
        return _("kan inte bedömas")
    return _per_cent(sums[2], sums[1])


def _told(sums: Sequence[int] | None) -> str:
    return _per_cent(sums[1], sums[0]) if sums and sums[0] else "–"


def _per_cent(part: int, whole: int) -> str:
    language: Literal["sv", "en"] = "en" if get_language() == "en" else "sv"
    return share_in_words(share_of(part, whole), language)
