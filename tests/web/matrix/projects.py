"""Projects and the notes about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.projects.models import (
    Fact,
    MeetingDecision,
    MeetingSeries,
    Project,
    ProjectMeeting,
)

DAY = date(2026, 8, 1)
Address = Callable[[MatrixTown, Assignment], Call]
FACT = {"topic": "Antal", "statement": "5", "source": "Rapport", "dated_on": "2026-08-01"}


def project(town: MatrixTown) -> Project:
    made = Project.objects.create(name="Närvaro i Linnåsa", programme="boras-2016", from_on=DAY)
    made.authorities.add(town.authority)
    return made


def fact(town: MatrixTown) -> Fact:
    return Fact.objects.create(
        project=project(town), topic="Antal", statement="6", source="Artikel", dated_on=DAY
    )


def every(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("projects"), at=AUTHORITY, shows=project(town).name)


def front(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("project", args=[project(town).public_id]), at=AUTHORITY)


def start(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("project_start"))


def add(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("project_add", args=[project(town).public_id, "uppgift"])
    return Call(url, at=AUTHORITY, data=FACT)


def change(town: MatrixTown, _whose: Assignment) -> Call:
    made = fact(town)
    url = reverse("project_change", args=[made.project.public_id, "uppgift", made.public_id])
    return Call(url, at=AUTHORITY, data=FACT)


def remove(town: MatrixTown, _whose: Assignment) -> Call:
    made = fact(town)
    url = reverse("project_remove", args=[made.project.public_id, "uppgift", made.public_id])
    return Call(url, at=AUTHORITY, data={})


def series(town: MatrixTown) -> MeetingSeries:
    return MeetingSeries.objects.create(
        project=project(town),
        kind="project_group",
        name="Gruppen",
        number=2,
        per="weeks",
        from_on=DAY,
    )


def met(town: MatrixTown, **more: Any) -> ProjectMeeting:
    return ProjectMeeting.objects.create(series=series(town), on=DAY, **more)


def all_meetings(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("all_project_meetings"), at=AUTHORITY, shows=project(town).name)


def of_project(name: str) -> Address:
    def address(town: MatrixTown, _whose: Assignment) -> Call:
        return Call(reverse(name, args=[project(town).public_id]), at=AUTHORITY)

    return address


def of_series(name: str) -> Address:
    def address(town: MatrixTown, _whose: Assignment) -> Call:
        made = series(town)
        return Call(reverse(name, args=[made.project.public_id, made.public_id]), at=AUTHORITY)

    return address


def of_meeting(name: str) -> Address:
    def address(town: MatrixTown, _whose: Assignment) -> Call:
        made = met(town)
        args = [made.series.project.public_id, made.public_id]
        return Call(reverse(name, args=args), at=AUTHORITY)

    return address


def decision_done(town: MatrixTown, _whose: Assignment) -> Call:
    made = MeetingDecision.objects.create(
        meeting=met(town), text="Mallen skrivs om", owner=town.authority, due_on=DAY
    )
    args = [made.meeting.series.project.public_id, made.meeting.public_id, made.public_id]
    url = reverse("project_decision_done", args=args)
    return Call(url, at=AUTHORITY, data={"version": "1"})


ADDRESSES: Addresses = {
    "all_project_meetings": all_meetings,
    "project_meetings": of_project("project_meetings"),
    "start_project_meetings": of_project("start_project_meetings"),
    "change_project_meetings": of_series("change_project_meetings"),
    "plan_project_meeting": of_series("plan_project_meeting"),
    "project_meeting": of_meeting("project_meeting"),
    "change_project_meeting": of_meeting("change_project_meeting"),
    "note_project_meeting": of_meeting("note_project_meeting"),
    "decide_at_project_meeting": of_meeting("decide_at_project_meeting"),
    "project_decision_done": decision_done,
    "projects": every,
    "project": front,
    "project_start": start,
    "project_add": add,
    "project_change": change,
    "project_remove": remove,
}
