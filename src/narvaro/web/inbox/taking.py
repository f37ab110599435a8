"""Flags of month-end runs come in: each once, for a named owner; a newer version may withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Authority, AuthorityKind, Unit
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.actions import make_task
from narvaro.web.cases.models import Case, TaskKind
from narvaro.web.inbox.forcing import CONTROL, force
from narvaro.web.inbox.models import Flag, TakenRun
from narvaro.web.inbox.places import Places
from narvaro.web.inbox.runs import kept_versions
from narvaro.web.pupils.models import Pupil

if TYPE_CHECKING:
    from narvaro.pipeline import Run


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run brought: counts, never who."""

    new: int = 0
    withdrawn: int = 0
    back: int = 0
    forced: int = 0
    unknown: int = 0


def take_in(now: datetime) -> Taken:
    """Take in every run that was made by a moment and is not taken in yet, the oldest first.

    At the first time only the newest month end asks for answers: what was flagged before the
    inbox was in use is kept as history.
    """
    total = Taken()
    for authority in Authority.objects.filter(kind=AuthorityKind.SCHOOL):
        for one, is_history in _waiting(authority, now):
            done = take_run(one, authority=authority, now=now, is_history=is_history)
            total = _sum(total, done)
    return total


def take_run(run: Run, *, authority: Authority, now: datetime, is_history: bool = False) -> Taken:
    """Take in one version of a run, whole or not at all; taken in again it changes nothing."""
    with transaction.atomic():
        month = str(run.receipt["at"])
        _, is_new = TakenRun.objects.get_or_create(
            run=run.run, version=run.version, defaults={"at": now, "month": month}
        )
        if not is_new:
            return Taken()
        places = Places(authority, now)
        rows = _flagged(run)
        done = _sum(
            _withdraw(run, rows, now), _bring(run, rows, places=places, is_history=is_history)
        )
        forced = 0 if is_history else force(run, places)
        subjects = [f"run:{run.run}", f"version:{run.version}"]
        write_entry(NOBODY, "inbox.take_in", kind=Kind.WRITE, at=now, subjects=subjects)
    return _sum(done, Taken(forced=forced))


def _waiting(authority: Authority, now: datetime) -> list[tuple[Run, bool]]:
    from narvaro.pipeline import read_run

    taken = set(TakenRun.objects.values_list("run", "version"))
    kept = kept_versions(authority.key, now)
    new = [one for one in kept if (one.run, one.version) not in taken]
    is_first = not taken
    newest = max((one.month for one in kept), default="")
    return [
        (read_run(settings.LEDGER, one.run, version=one.version), is_first and one.month < newest)
        for one in new
    ]


def _flagged(run: Run) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(row["pupil"], row["rule"]): row for row in run.rows if row["outcome"] == "flagged"}


def _withdraw(run: Run, rows: Mapping[tuple[str, str], Any], now: datetime) -> Taken:
    """Flags of this month end that the newest version no longer has, and those that are back."""
    withdrawn = back = 0
    standing = Flag.objects.filter(
        programme=_programme(run), month=str(run.receipt["at"])
    ).select_related("pupil")
    for flag in standing.select_for_update(of=("self",), no_key=True).order_by("pk"):
        is_there = (flag.pupil.key, flag.rule) in rows
        if is_there == (flag.withdrawn_at is None):
            continue
        flag.withdrawn_at = None if is_there else now
        flag.version += 1
        flag.save()
        withdrawn, back = withdrawn + (not is_there), back + is_there
        if not is_there and flag.case is not None:
            _tell_the_case(flag, flag.case, now)
    return Taken(withdrawn=withdrawn, back=back)


def _tell_the_case(flag: Flag, case: Case, now: datetime) -> None:
    """The case stays, open or closed, and says so; an open one asks its owner."""
    if case.is_open:
        make_task(
            case.pupil,
            case.school,
            case=case,
            kind=TaskKind.FLAG_WITHDRAWN,
            about=f"{flag.rule} {flag.month}",
            to=case.owner,
            at=now,
            on=local_day(now),
            due_on=Places(case.authority, now).due_on(case.school),
        )


def _bring(
    run: Run,
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
    *,
    places: Places,
    is_history: bool,
) -> Taken:
    pupils = {
        one.key: one
        for one in Pupil.objects.filter(
            authority=places.authority, key__in={key for key, _ in rows}, is_counted_only=False
        )
    }
    known = set(
        Flag.objects.filter(programme=_programme(run), month=str(run.receipt["at"])).values_list(
            "pupil__key", "rule"
        )
    )
    new = unknown = 0
    for (key, rule), row in rows.items():
        pupil, school = pupils.get(key), places.schools.get(row["school"] or "")
        owner = pupil and school and places.owner(pupil, school, row["class"] or "")
        if pupil is None or school is None or not isinstance(owner, Account):
            unknown += 1
        elif (key, rule) in known:
            _renew(pupil, row, run)
        else:
            new += 1
            _make(pupil, school, owner, row=row, run=run, places=places, is_history=is_history)
    return Taken(new=new, unknown=unknown)


def _make(
    pupil: Pupil,
    school: Unit,
    owner: Account,
    *,
    row: Mapping[str, Any],
    run: Run,
    places: Places,
    is_history: bool,
) -> None:
    is_control = row["arm"] == CONTROL
    Flag.objects.create(
        authority=places.authority,
        pupil=pupil,
        school=school,
        owner=owner,
        month=row["at"],
        programme=row["programme"],
        rule=row["rule"],
        taken_at=places.now,
        taken_on=_told_on(run) if is_history else places.today,
        due_on=None if is_control or is_history else places.due_on(school),
        is_for_evaluation_only=is_control,
        was_before_the_start=is_history,
        **_said(row, run),
    )


def _told_on(run: Run) -> date:
    """The day a run from before the inbox was made: then the school could know."""
    return local_day(datetime.fromisoformat(run.receipt["known_at"]))


def _renew(pupil: Pupil, row: Mapping[str, Any], run: Run) -> None:
    flag = Flag.objects.get(
        pupil=pupil, programme=row["programme"], rule=row["rule"], month=row["at"]
    )
    said = _said(row, run)
    for name, value in said.items():
        setattr(flag, name, value)
    flag.save(update_fields=list(said))


FIGURES = (
    *("absent_minutes", "acknowledged_minutes", "scheduled_minutes", "valid_minutes"),
    *("invalid_minutes", "leave_minutes", "share", "low", "high", "coverage", "from", "to"),
)


def _said(row: Mapping[str, Any], run: Run) -> dict[str, Any]:
    return {
        "class_key": row["class"] or "",
        "certainty": row["certainty"],
        "figures": {name: row[name] for name in FIGURES},
        "reason_sv": row["reason"]["sv"],
        "reason_en": row["reason"]["en"],
        "flags_this_year": row["flags_this_school_year"],
        "run": run.run,
        "run_version": run.version,
    }


def _programme(run: Run) -> str:
    return str(run.receipt["programme"])


def _sum(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.new + other.new,
        one.withdrawn + other.withdrawn,
        one.back + other.back,
        one.forced + other.forced,
        one.unknown + other.unknown,
    )
