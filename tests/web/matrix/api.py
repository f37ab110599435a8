"""What programs read with a key, and one's own keys."""

from __future__ import annotations

from django.urls import reverse
from tests.web.api.things import flag_of, key_of, task_of
from tests.web.matrix.cases import case as case_at
from tests.web.matrix.cases import step as step_of
from tests.web.matrix_town import CLASS, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.cases.models import Case


def _case(town: MatrixTown, whose: Assignment) -> Case:
    """The colleague's is about a pupil of 7B; a viewer's own lies where they stand."""
    made = case_at(town, whose)
    step_of(made)
    return made


def description(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("api_description"))


def flags(town: MatrixTown, _whose: Assignment) -> Call:
    assert town.colleague.account is not None
    flag_of(town.pupil, town.units[SCHOOL], town.colleague.account)
    return Call(reverse("api_flags"), at=CLASS, shows=town.pupil.public_id, by_key=True)


def cases(town: MatrixTown, whose: Assignment) -> Call:
    shown = _case(town, whose).pupil.public_id
    return Call(reverse("api_cases"), at=CLASS, shows=shown, by_key=True)


def case(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("api_case", args=[_case(town, whose).public_id])
    return Call(url, at=CLASS, by_key=True)


def steps(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("api_steps", args=[_case(town, whose).public_id])
    return Call(url, at=CLASS, by_key=True)


def tasks(town: MatrixTown, whose: Assignment) -> Call:
    found = _case(town, whose)
    task_of(found)
    return Call(reverse("api_tasks"), at=CLASS, shows=found.pupil.public_id, by_key=True)


def keys(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    url = reverse("api_keys")
    return [Call(url), Call(url, data={"name": "Statistik"})]


def revoke(_town: MatrixTown, whose: Assignment) -> Call:
    key, _secret = key_of(whose)
    return Call(reverse("api_revoke_key", args=[key.public_id]), data={})


ADDRESSES: Addresses = {
    "api_description": description,
    "api_flags": flags,
    "api_cases": cases,
    "api_case": case,
    "api_steps": steps,
    "api_tasks": tasks,
    "api_keys": keys,
    "api_revoke_key": revoke,
}
