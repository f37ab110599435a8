"""Everything that somebody who leaves answers for is handed over together, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.actions.owning import hand_over
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.held import Kind as ThingKind
from narvaro.web.cases.held import Thing, held_by, takers
from narvaro.web.cases.models import Case, Step, Task, TaskKind
from narvaro.web.cases.people import may_own, sees


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was handed over: by opaque id, to whom."""

    kind: ThingKind
    public_id: str
    to: str


def hand_over_all(
    leaving: Account, to: Mapping[str, Account], *, why: str, by: Viewer, at: datetime
) -> list[Given]:
    """Hand over everything of somebody who leaves: opaque id of the thing → who takes it.

    Their open cases, steps in others' cases and tasks, of what `by` reaches. All or none: raises
    Refused when one of them is named nobody, or somebody who cannot answer for it, and
    ChangedMeanwhile when one of them is no longer theirs.
    """
    if not why.strip():
        raise Refused(_("Skriv varför ärendena lämnas över."))
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(pk=leaving.pk)
        _lock(Q(owner=leaving), Step.objects.filter(owner=leaving), Task.objects.filter(to=leaving))
        mine = held_by(leaving, by)
        if any(one.public_id not in to for one in mine):
            raise Refused(_("Varje ärende behöver en ny ägare."))
        if leaving in to.values():
            raise Refused(_("Den som lämnar över kan inte också ta över."))
        if set(to) - {one.public_id for one in mine}:
            raise ChangedMeanwhile("somebody else has handed over a part")
        return [
            given
            for one in mine
            for given in _give(one, to[one.public_id], why=why.strip(), by=by, at=at)
        ]


def _lock(cases: Q, steps: QuerySet[Step], tasks: QuerySet[Task]) -> None:
    """All that may be given, in one order and before the log: nobody decides of it meanwhile."""
    open_steps, open_tasks = steps.filter(decided_at=None), tasks.filter(done_at=None)
    about = cases | Q(pk__in=open_steps.values("case")) | Q(pk__in=open_tasks.values("case"))
    for rows in (Case.objects.still_open().filter(about), open_tasks):
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _give(thing: Thing, to: Account, *, why: str, by: Viewer, at: datetime) -> Iterator[Given]:
    """Give one thing, and say what went with it."""
    if isinstance(thing.row, Case):
        went = [thing.row, *_following(thing.row)]
        hand_over(thing.row, to, why=why, version=thing.row.version, by=by, at=at)
    else:
        went = [thing.row]
        if to not in takers(thing, by.today):
            raise Refused(_("Den valda personen kan inte ta över det."))
        _pass(thing.row, to, by=by, at=at)
    for one in went:
        yield Given(_kind(one), one.public_id, to.public_id)


def _following(case: Case) -> list[Step | Task]:
    """The owner's own steps and tasks, which go with the case."""
    steps = case.steps.filter(decided_at__isnull=True, owner=case.owner)
    tasks = case.tasks.filter(done_at__isnull=True, to=case.owner)
    return [*steps, *tasks.exclude(kind=TaskKind.FORCED_MOVE)]


def _pass(row: Step | Task, to: Account, *, by: Viewer, at: datetime) -> None:
    """A step or a task gets another holder; the log is told."""
    if isinstance(row, Step):
        row.owner = to
    else:
        row.to = to
    row.version += 1
    row.save()
    subject = f"{_kind(row)}:{row.public_id}"
    if row.case is not None:
        tell(row.case, "cases.hand_over_all", by=by, at=at, more=(subject,))
        return
    subjects = [f"pupil:{row.pupil.public_id}", subject]  # a task from before there is a case
    write_entry(by.actor, "cases.hand_over_all", kind=Kind.WRITE, at=at, subjects=subjects)


def _kind(row: Case | Step | Task) -> ThingKind:
    return "case" if isinstance(row, Case) else "step" if isinstance(row, Step) else "task"


def give_back(leaving: Account, given: Iterable[Given], *, by: Viewer, at: datetime) -> int:
    """Undo a hand-over: each thing that is still where it was put. Returns how many were not.

    The cases' history keeps both. Raises Refused when nothing can go back: who left serves there
    no more.
    """
    left, went = 0, 0
    with transaction.atomic():
        every = list(given)
        mine = Q(public_id__in=[one.public_id for one in every])
        _lock(mine, Step.objects.filter(mine), Task.objects.filter(mine))
        for one in sorted(every, key=lambda one: one.kind != "case"):
            row = _found(one)
            if row is None or not _may_have(row, leaving, by):
                left += 1
                continue
            if isinstance(row, Case):
                _own_again(row, leaving, by=by, at=at)
            else:
                _pass(row, leaving, by=by, at=at)
            went += 1
        if every and not went:
            raise Refused(_("Inget gick att ta tillbaka: det har ändrats, eller kan inte ägas."))
    return left


def _own_again(case: Case, leaving: Account, *, by: Viewer, at: datetime) -> None:
    """The case alone: what went with it is told of one by one."""
    kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    kept.hand_overs.create(
        from_owner=kept.owner,
        to_owner=leaving,
        at=at,
        by=by.account,
        why=_("Överlämningen ångrades."),
    )
    kept.owner, kept.version = leaving, kept.version + 1
    kept.save()
    tell(kept, "cases.hand_over", by=by, at=at)


def _found(one: Given) -> Case | Step | Task | None:
    """The thing, while it is open and with who got it."""
    if one.kind == "case":
        open_cases = Case.objects.still_open().select_related("pupil", "school", "owner")
        return open_cases.filter(public_id=one.public_id, owner__public_id=one.to).first()
    if one.kind == "step":
        steps = Step.objects.select_related("case__pupil", "case__school")
        return steps.filter(
            public_id=one.public_id, owner__public_id=one.to, decided_at__isnull=True
        ).first()
    tasks = Task.objects.select_related("case__pupil", "pupil", "school")
    return tasks.filter(public_id=one.public_id, to__public_id=one.to, done_at__isnull=True).first()


def _may_have(row: Case | Step | Task, leaving: Account, by: Viewer) -> bool:
    place = row.case if isinstance(row, Step) else row
    listed = sees(place.pupil, by.today)
    return may_own(leaving, place.school, by.today) and (listed is None or leaving.pk in listed)
