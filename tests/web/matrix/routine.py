"""The routine: read, adapted, shared."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.urls import reverse
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.programmes import Adaptation as Otherwise
from narvaro.programmes import StepHere, Text, load, write_adaptation
from narvaro.web.accounts.models import Assignment
from narvaro.web.cases.models import Adaptation, Routine
from narvaro.web.cases.routines import routine_in_force

NOON = datetime(2026, 1, 7, 11, tzinfo=UTC)
DAY = date(2026, 1, 7)


def kept() -> Routine:
    return routine_in_force(DAY, at=NOON)


def adapted(town: MatrixTown, *, is_old: bool = False) -> Adaptation:
    """Almskolan does otherwise in a step: in the routine in force, or in another."""
    routine = kept()
    why = Text("Ett prov", "A trial")
    more = Text("Ring hem samma kväll", "Call the same evening")
    part = StepHere(
        step=load(routine.programme).steps[0].id,
        why=None,
        guidance=(more,),
        owner=None,
        deadline=None,
        within=None,
        forms=(),
    )
    otherwise = Otherwise(
        programme=routine.programme,
        version=routine.version,
        by="Rektor, Almskolan",
        decided_on=DAY,
        why=why,
        steps=(part,),
        forms=(),
        prompts=(),
        fingerprint="",
    )
    if is_old:
        routine = Routine.objects.create(
            programme=routine.programme,
            version=routine.version,
            digest="0" * 64,
            text=routine.text,
            kept_at=NOON,
        )
    assert town.colleague.account is not None
    return Adaptation.objects.create(
        school=town.units[SCHOOL],
        routine=routine,
        text=write_adaptation(otherwise),
        why="Ett prov",
        by=town.colleague.account,
        from_on=DAY,
    )


def common(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("common_routine"))


def version(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("common_routine_version", args=[kept().public_id]))


def every(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_schools"), at=SCHOOL, shows="Ring hem samma kväll")


def _school(town: MatrixTown) -> str:
    return town.units[SCHOOL].public_id


def school(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_school", args=[_school(town)]), at=SCHOOL)


def end(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town)
    return Call(reverse("common_routine_end", args=[_school(town)]), at=SCHOOL)


def take_over(town: MatrixTown, _whose: Assignment) -> Call:
    adapted(town, is_old=True)
    return Call(reverse("common_routine_take_over", args=[_school(town)]), at=SCHOOL)


def adapt(town: MatrixTown, _whose: Assignment) -> Call:
    step = load(kept().programme).steps[0].id
    return Call(reverse("common_routine_adapt", args=[_school(town), step]), at=SCHOOL)


ADDRESSES: Addresses = {
    "common_routine": common,
    "common_routine_version": version,
    "common_routine_schools": every,
    "common_routine_school": school,
    "common_routine_end": end,
    "common_routine_take_over": take_over,
    "common_routine_adapt": adapt,
}
