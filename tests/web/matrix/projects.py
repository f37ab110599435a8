"""Projects and the notes about them."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.projects.models import Fact, Project

DAY = date(2026, 8, 1)
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


ADDRESSES: Addresses = {
    "projects": every,
    "project": front,
    "project_start": start,
    "project_add": add,
    "project_change": change,
    "project_remove": remove,
}
