"""Almskolan with a flag, a case and a task about a pupil of 7B, and programs with keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.web.api.things import case_of, flag_of, key_of, task_of
from tests.web.cases.conftest import School, enrolled, school

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case

__all__ = ["Filled", "School", "filled", "program", "school"]


@dataclass
class Filled:
    """The school, and the case of its pupil."""

    school: School
    case: Case

    def more(self, count: int) -> None:
        """More pupils of 7B with a case, a flag and a task each."""
        owner, place = self.case.owner, self.case.school
        for number in range(count):
            pupil = enrolled(
                self.school.town,
                f"7B-more-{number}",
                school="almskolan",
                group="almskolan/7B",
            )
            task_of(case_of(pupil, place, owner))
            flag_of(pupil, place, owner)

    def asked(self, role: Role, url: str, **query: str) -> Any:
        """What a program of somebody at the school is answered."""
        return program(self.school.posts[role]).get(url, query)

    def items(self, role: Role, url: str, **query: str) -> list[dict[str, Any]]:
        """The rows of a page."""
        answer = self.asked(role, url, **query)
        assert answer.status_code == 200, answer.content
        found: list[dict[str, Any]] = answer.json()["items"]
        return found


def program(mine: Assignment, **more: object) -> Any:
    """A program with a new key of an assignment."""
    return Client(headers={"Authorization": f"Bearer {key_of(mine, **more)[1]}"})


@pytest.fixture
def filled(school: School) -> Filled:
    """With one of each."""
    owner = school.account(Role.MENTOR)
    place = school.town.units["almskolan"]
    case = case_of(school.pupil, place, owner)
    task_of(case)
    flag_of(school.pupil, place, owner)
    return Filled(school, case)
