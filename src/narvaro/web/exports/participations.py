"""Schools that joined and left projects, out to the ledger, so that programmes know who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from narvaro.web.accounts.models import Authority
from narvaro.web.projects.models import Answer, Project, Step

COLUMNS = ("programme", "school", "role", "starts_on", "ends_on")


def rows_of(authority: Authority) -> Iterator[dict[str, str]]:
    """One row for each time a school took part, from the day it joined to the day before it left.

    A school that joined again, or in the other role, has another row. Who was only asked, or has
    accepted and not joined yet, takes no part.
    """
    for project in Project.objects.filter(authorities=authority).order_by("pk"):
        by_school: dict[str, list[Step]] = {}
        steps = project.steps.filter(school__authority=authority).select_related("school")
        for step in steps.order_by("on", "pk"):
            if step.school is not None and step.answer in (Answer.JOINED, Answer.LEFT):
                by_school.setdefault(step.school.key, []).append(step)
        for school, taken in by_school.items():
            yield from _stays(project, school, taken)


def _stays(project: Project, school: str, steps: list[Step]) -> Iterator[dict[str, str]]:
    joined: Step | None = None
    for step in steps:
        if joined is not None:
            last = step.on - timedelta(days=1)
            if last >= joined.on:
                yield _row(project, school, joined, last)
            joined = None
        if step.answer == Answer.JOINED:
            joined = step
    if joined is not None:
        yield _row(project, school, joined, None)


def _row(project: Project, school: str, joined: Step, last: date | None) -> dict[str, str]:
    return {
        "programme": project.programme,
        "school": school,
        "role": joined.arm or "project",
        "starts_on": joined.on.isoformat(),
        "ends_on": "" if last is None else last.isoformat(),
    }
