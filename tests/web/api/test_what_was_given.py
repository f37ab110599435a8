"""Who comes to schools from outside is told of what was given to them, and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.api.conftest import Filled, program
from tests.web.api.things import DAY, NOON, case_of, task_of
from tests.web.cases.conftest import enrolled

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case, Step, Task, TaskKind
from narvaro.web.pupils.models import Protection, Pupil

LISTS = ("/api/v1/cases", "/api/v1/tasks")


@pytest.fixture(params=[Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER])
def visitor(filled: Filled, request: pytest.FixtureRequest) -> Assignment:
    """Somebody at the school with a personal scope, who has nothing yet."""
    return filled.school.town.somebody(request.param, "almskolan")


def account_of(post: Assignment) -> Account:
    assert post.account is not None
    return post.account


def told(post: Assignment, url: str) -> list[str]:
    answer = program(post).get(url)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["items"]
    return [one["id"] for one in rows]


def everything(post: Assignment, case: Case) -> tuple[list[str], list[str], int, int]:
    one = f"/api/v1/cases/{case.public_id}"
    asking = program(post)
    return (
        *(told(post, url) for url in LISTS),
        asking.get(one).status_code,
        asking.get(f"{one}/steps").status_code,
    )


def another(filled: Filled, owner: Account, key: str = "7B-annan") -> Case:
    """A case of another pupil of the class."""
    town = filled.school.town
    pupil = enrolled(town, key, school="almskolan", group="almskolan/7B")
    return case_of(pupil, town.units["almskolan"], owner)


def test_a_coordinator_with_nothing_is_told_nothing(filled: Filled, visitor: Assignment) -> None:
    assert everything(visitor, filled.case) == ([], [], 404, 404)


def test_a_case_of_ones_own_is_told_whole_and_its_neighbour_is_not(
    filled: Filled, visitor: Assignment
) -> None:
    mine = another(filled, account_of(visitor))
    task = task_of(mine)

    assert everything(visitor, mine) == ([mine.public_id], [task.public_id], 200, 200)
    assert everything(visitor, filled.case)[2:] == (404, 404)
    steps = told(visitor, f"/api/v1/cases/{mine.public_id}/steps")
    assert steps == list(mine.steps.values_list("public_id", flat=True))


def test_a_step_of_ones_own_gives_the_case_until_it_is_decided(
    filled: Filled, visitor: Assignment
) -> None:
    step = Step.objects.create(
        case=filled.case,
        step="student-health",
        owner=account_of(visitor),
        began_at=NOON,
        began_on=DAY,
    )
    assert everything(visitor, filled.case) == ([filled.case.public_id], [], 200, 200)

    Step.objects.filter(pk=step.pk).update(
        decided_at=NOON,
        decided_on=DAY,
        decided_by=account_of(visitor),
        decision="close",
        reason="Påhittat",
    )
    assert everything(visitor, filled.case) == ([], [], 404, 404)


def test_a_task_of_ones_own_is_told_and_a_colleagues_is_not(
    filled: Filled, visitor: Assignment
) -> None:
    theirs = filled.case.tasks.get()
    mine = Task.objects.create(
        pupil=filled.case.pupil,
        school=filled.case.school,
        case=filled.case,
        kind=TaskKind.WATCHED,
        to=account_of(visitor),
        made_at=NOON,
        made_on=DAY,
    )

    assert everything(visitor, filled.case)[:2] == ([filled.case.public_id], [mine.public_id])
    assert theirs.public_id in told(filled.school.posts[Role.PRINCIPAL], "/api/v1/tasks")

    Task.objects.filter(pk=mine.pk).update(
        done_at=NOON, done_on=DAY, done_by=account_of(visitor), answer="done"
    )
    assert everything(visitor, filled.case) == ([], [], 404, 404)


@pytest.mark.parametrize("protection", [one for one in Protection if one != Protection.NONE])
def test_a_protected_pupil_is_told_of_to_nobody_from_outside(
    filled: Filled, visitor: Assignment, protection: Protection
) -> None:
    mine = another(filled, account_of(visitor))
    task_of(mine)
    Pupil.objects.filter(pk=mine.pupil_id).update(protection=protection)

    assert everything(visitor, mine) == ([], [], 404, 404)


def test_a_colleague_from_outside_is_told_nothing_of_anothers(
    filled: Filled, visitor: Assignment
) -> None:
    mine = another(filled, account_of(visitor))
    task_of(mine)
    colleague = filled.school.town.somebody(Role.COORDINATOR, "linnasa")

    assert everything(colleague, mine) == ([], [], 404, 404)


def test_a_role_without_a_row_is_told_nothing_of_what_was_given_to_another(
    filled: Filled, visitor: Assignment
) -> None:
    mine = another(filled, account_of(visitor))
    task_of(mine)
    elsewhere = filled.school.town.somebody(Role.ANALYST, "linnasa")
    for url in (*LISTS, f"/api/v1/cases/{mine.public_id}"):
        assert program(elsewhere).get(url).status_code == 404


def test_flags_are_told_to_nobody_from_outside(visitor: Assignment) -> None:
    assert program(visitor).get("/api/v1/flags").status_code == 404
