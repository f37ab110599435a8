"""P23: two published sources say different things of the same fact; both stand, dated."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.projects.models import Project


def test_both_statements_stand_with_source_and_date_and_are_marked_as_differing(
    town: Town,
) -> None:
    project = Project.objects.create(
        name="Projekt", programme="boras-2016", from_on=date(2015, 8, 1)
    )
    project.authorities.add(town.authority)
    leader = town.browser(Role.PROJECT_LEADER, "linnasa")
    told = {"topic": "Möten under projektet", "dated_on": "2018-06-01"}
    for statement, source in (("Fem möten", "Slutrapporten"), ("Sex möten", "En artikel")):
        leader.post(
            reverse("project_add", args=[project.public_id, "uppgift"]),
            told | {"statement": statement, "source": source},
        )

    page = leader.get(reverse("project", args=[project.public_id])).content.decode()

    for words in ("Fem möten", "Slutrapporten", "Sex möten", "En artikel", "Källorna säger olika"):
        assert words in page
