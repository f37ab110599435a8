"""Cases out of the database as frozen rows; one question for each kind of row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Min, Q, QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Authority
from narvaro.web.cases.flow.causes import CauseRow
from narvaro.web.cases.flow.fidelity import Common
from narvaro.web.cases.flow.rows import CaseRow, Placed, StepRow, as_known_on
from narvaro.web.cases.models import (
    RESTRICTED_CAUSES,
    Case,
    Cause,
    Compartment,
    Contact,
    Evidence,
    EvidenceKind,
    LegalEvent,
    Routine,
    SchoolMove,
    Step,
    Voice,
)
from narvaro.web.cases.routines import common_of
from narvaro.web.pupils.models import Protection

NOTIFIED = "notify-authority"


def read_cases(authority: Authority, *, since: date, today: date) -> list[CaseRow]:
    """An authority's cases that were open on a day or later, as they stood on the last day.

    A preschool child's case is none of them: no rule about compulsory attendance speaks of it.
    Nor is that of a pupil with a protected identity: nobody may see that a number changed.
    """
    cases = _cases(authority, since, today)
    steps, placed = _steps(cases), _moves(cases)
    contacts = _first(Contact.objects.filter(case__in=cases))
    notified = _first(LegalEvent.objects.filter(case__in=cases, duty=NOTIFIED))
    words = _first(Voice.objects.filter(case__in=cases))
    signed, held = _shown(cases, EvidenceKind.FORM), _shown(cases, EvidenceKind.MEETING)
    rows = cases.order_by("opened_at", "pk").values_list(
        *("pk", "public_id", "pupil__key", "opened_on"),
        *("closed_on", "routine__digest", "school__key"),
    )
    found = (
        CaseRow(
            key,
            pupil,
            opened_on,
            closed_on,
            digest,
            placed.get(pk) or (Placed(opened_on, school),),
            tuple(steps.get(pk, ())),
            contacts.get(pk),
            notified.get(pk),
            words.get(pk),
            signed.get(pk),
            held.get(pk),
        )
        for pk, key, pupil, opened_on, closed_on, digest, school in rows
    )
    return [one for one in (as_known_on(row, today) for row in found) if one is not None]


def read_common(authority: Authority) -> Common:
    """The common version of every routine that cases follow."""
    used = Routine.objects.filter(cases__authority=authority).distinct()
    return {one.digest: common_of(one) for one in used}


def read_causes(authority: Authority, *, first: date, last: date) -> list[CauseRow]:
    """Causes noted from a day to a day."""
    rows = Cause.objects.filter(
        case__authority=authority,
        case__compartment=Compartment.SCHOOL,
        case__pupil__protection=Protection.NONE,
        on__range=(first, last),
    ).values_list("case__pupil__key", "case__school__key", "level", "word", "is_protective")
    return [CauseRow(*row, is_restricted=row[3] in RESTRICTED_CAUSES) for row in rows]


def _cases(authority: Authority, since: date, today: date) -> QuerySet[Case]:
    return Case.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=since),
        authority=authority,
        compartment=Compartment.SCHOOL,
        opened_on__lte=today,
        pupil__protection=Protection.NONE,
    )


def _steps(cases: QuerySet[Case]) -> Mapping[int, list[StepRow]]:
    found: defaultdict[int, list[StepRow]] = defaultdict(list)
    rows = Step.objects.filter(case__in=cases).order_by("began_at", "pk")
    for case, *row in rows.values_list(
        *("case_id", "public_id", "step", "began_on", "decided_on", "decision", "watch_until")
    ):
        found[case].append(StepRow(*row))
    return found


def _moves(cases: QuerySet[Case]) -> Mapping[int, tuple[Placed, ...]]:
    found: dict[int, tuple[Placed, ...]] = {}
    rows = SchoolMove.objects.filter(case__in=cases).order_by("on", "pk")
    for case, opened_on, on, before, after in rows.values_list(
        *("case_id", "case__opened_on", "on", "from_school__key", "to_school__key")
    ):
        known = found.get(case, (Placed(opened_on, before),))
        found[case] = (*known, Placed(on, after))
    return found


def _first(rows: QuerySet[Contact] | QuerySet[LegalEvent] | QuerySet[Voice]) -> Mapping[int, date]:
    by_case = rows.order_by().values("case_id").annotate(first=Min("on"))
    return {one["case_id"]: one["first"] for one in by_case}


def _shown(cases: QuerySet[Case], kind: EvidenceKind) -> Mapping[int, date]:
    """The first document signed, or the first meeting held, in the steps of each case."""
    rows = Evidence.objects.filter(step__case__in=cases, kind=kind, done_at__isnull=False)
    by_case = rows.order_by().values("step__case").annotate(first=Min("done_at"))
    return {one["step__case"]: local_day(one["first"]) for one in by_case}
