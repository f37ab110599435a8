"""High absence and nothing done yet: what waits, what is late, where the routine stops (P8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Step
from narvaro.web.cases.routines import step_of
from narvaro.web.cases.rules import missing
from narvaro.web.inbox.climbing import COUNTS, DECIDES_OF_LISTS, SCHOOL
from narvaro.web.inbox.late import Ladders, Late, late_at, step_name
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.rows import FlagRow, rows_of
from narvaro.web.inbox.silence import sees
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.sorting import sort_key

FORM = "form"


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the routine: how many stand in it, how many are late, the longest."""

    name: str
    open: int
    late: int
    longest: int


@dataclass(frozen=True, slots=True)
class LateRow:
    """Something late about a pupil who may be named."""

    late: Late

    @property
    def name(self) -> str:
        """The pupil."""
        return name_of(self.late.pupil)


@dataclass(frozen=True)
class Handling:
    """A school's unanswered flags, late steps and tasks, and where the routine stops."""

    flags: Sequence[FlagRow]
    late: Sequence[LateRow]
    stops: Sequence[Stop]
    teachers: Sequence[tuple[str, int]]
    unnamed: int

    @property
    def subjects(self) -> set[str]:
        """Everybody the page names."""
        late = {f"pupil:{one.late.pupil.public_id}" for one in self.late}
        return late | {one.subject for one in self.flags}


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """A school in counts: flags that wait, of them late; steps and tasks late; what has climbed."""

    name: str
    flags: int
    late_flags: int
    late_steps: int
    climbed: int
    longest: int


def handling_of(viewer: Viewer) -> Handling:
    """The page of a school's own people, those who have waited longest first."""
    reach = viewer.reach(SCHOOL)
    late = late_at(reach.unit_ids, viewer)
    named = set(Pupil.objects.named_to(viewer, SCHOOL).values_list("pk", flat=True))
    counted = late if viewer.may(DECIDES_OF_LISTS) else _of(late, named)
    waiting = Flag.objects.named_to(viewer, SCHOOL).unanswered()
    rows = sorted(
        rows_of(waiting, viewer),
        key=lambda row: (row.flag.taken_on, not row.is_late, sort_key(row.name)),
    )
    steps = list(
        Step.objects.filter(
            decided_at__isnull=True,
            case__closed_at__isnull=True,
            case__school__in=reach.unit_ids,
            began_on__lte=viewer.today,
        )
        .select_related("case", "owner")
        .prefetch_related("evidence")
    )
    if not viewer.may(DECIDES_OF_LISTS):
        steps = [one for one in steps if one.case.pupil_id in named]
    ladders = Ladders(viewer.now, viewer.today)
    return Handling(
        flags=rows,
        late=[LateRow(one) for one in _of(late, named) if one.kind != "flag"],
        stops=list(_stops(steps, counted, ladders)),
        teachers=_by_teacher(steps, ladders) if viewer.may("inbox.waiting_by_teacher") else [],
        unnamed=len({one.pupil.pk for one in counted} - named),
    )


def _of(late: Sequence[Late], named: set[int]) -> list[Late]:
    return [one for one in late if one.pupil.pk in named]


def counts_of(viewer: Viewer) -> list[SchoolCounts]:
    """Every school in reach in counts: no pupil can be told from the page, and none is left out."""
    reach = viewer.reach(COUNTS)
    schools = Unit.objects.filter(pk__in=reach.unit_ids, kind=UnitKind.SCHOOL)
    late: dict[int, list[Late]] = defaultdict(list)
    for one in late_at(reach.unit_ids, viewer):
        late[one.school.pk].append(one)
    climbed = {
        school: sum(sees(viewer.role, one.rungs) for one in few) for school, few in late.items()
    }
    waiting = Counter(
        Flag.objects.counted_by(viewer, COUNTS).unanswered().values_list("school", flat=True)
    )
    made = [
        SchoolCounts(
            name=school.name,
            flags=waiting[school.pk],
            late_flags=sum(one.kind == "flag" for one in late[school.pk]),
            late_steps=sum(one.kind != "flag" for one in late[school.pk]),
            climbed=climbed.get(school.pk, 0),
            longest=max((one.days for one in late[school.pk]), default=0),
        )
        for school in schools
    ]
    return sorted(made, key=lambda one: (-one.climbed, -one.longest, sort_key(one.name)))


def _stops(steps: Sequence[Step], late: Sequence[Late], ladders: Ladders) -> Iterator[Stop]:
    """Steps with somebody in them, in the order of the routine."""
    names = [step_name(ladders.programme(one.case), one.step) for one in steps]
    order = [step_name(ladders.in_force, one.id) for one in ladders.in_force.steps]
    days: dict[str, list[int]] = defaultdict(list)
    for one in late:
        if one.kind == "step":
            days[one.what].append(one.days)
    found = Counter(names)
    for name in sorted(found, key=lambda one: (order.index(one) if one in order else 99, one)):
        yield Stop(name, found[name], len(days[name]), max(days[name], default=0))


def _by_teacher(steps: Sequence[Step], ladders: Ladders) -> list[tuple[str, int]]:
    """How many steps of each wait for a form to be signed: a count, nothing else of the teacher."""
    waiting: Counter[str] = Counter()
    for one in steps:
        known = step_of(ladders.programme(one.case), one.step)
        if known is not None and any(wanted.kind == FORM for wanted in missing(one, known)):
            waiting[one.owner.name] += 1
    return sorted(waiting.items(), key=lambda pair: (-pair[1], sort_key(pair[0])))
