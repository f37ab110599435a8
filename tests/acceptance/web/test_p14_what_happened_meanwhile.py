"""P14: student health was moved after an order of the inspectorate, and the work was delayed.

What happened stands on the time line that curves, rhythms and attendance are read with.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.figures.conftest import NOW, figures_kept, schooled, small_facts, small_ledger

from narvaro.timetable import ZONE
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Facts
from narvaro.web.figures.happenings import happenings_of
from narvaro.web.figures.joint import Tree
from narvaro.web.figures.trend import TrendOf, trend_of
from narvaro.web.projects.meeting_pages import series_pages
from narvaro.web.projects.models import Deviation, Event, MeetingSeries, Project, ProjectMeeting

__all__ = ["figures_kept", "schooled", "small_facts", "small_ledger"]
TODAY = NOW.astimezone(ZONE).date()
ORDER = "Skolinspektionen förelägger om elevhälsans tillgång"
MOVED = "Elevhälsans personal fördelas om mellan skolorna"


@dataclass
class Project14:
    """A project whose leader has noted the order, the move that followed, and what came of it."""

    town: Town
    project: Project
    by: Viewer
    browser: Client

    def note(self, of: str, **said: str) -> None:
        url = reverse("project_add", args=[self.project.public_id, of])
        assert self.browser.post(url, said).status_code == 302


@pytest.fixture
def noted(schooled: Town, settings: Settings) -> Project14:
    settings.DEMO, settings.TODAY = True, TODAY
    project = Project.objects.create(name="P", programme="boras-2016", from_on=date(2017, 8, 1))
    project.authorities.add(schooled.authority)
    leader = schooled.somebody(Role.PROJECT_LEADER, "linnasa")
    leader.from_on = date(2015, 1, 1)
    leader.save()
    assert leader.account is not None
    by = Viewer(leader.account, leader, TODAY, NOW)
    made = Project14(schooled, project, by, schooled.signed_in(leader))
    made.note("handelse", kind="inspection", on="2017-11-06", text=ORDER)
    made.note("handelse", kind="staff", on="2017-12-04", text=MOVED)
    made.note(
        "avvikelse",
        text="Färre på skolornas elevhälsa",
        consequence="Arbetet med rutinen försenas på alla projektskolor",
        on="2017-12-04",
    )
    return made


def test_the_order_and_the_move_stand_on_the_projects_time_line_with_what_they_led_to(
    noted: Project14,
) -> None:
    page = noted.browser.get(reverse("project", args=[noted.project.public_id])).content.decode()

    assert page.index(ORDER) < page.index(MOVED)
    assert "föreläggande" in page
    assert "personal flyttad" in page
    assert "Arbetet med rutinen försenas på alla projektskolor" in page


def test_every_schools_curve_carries_both_numbered_and_in_order(
    noted: Project14, small_facts: Facts
) -> None:
    schools = ["elementary", "other"]
    told = happenings_of(noted.by, schools[:1], small_facts.trend_months)
    of = TrendOf(
        "Skolan",
        schools[:1],
        "school elementary",
        Tree(("elementary", "other"), {}),
        events=told,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("narvaro.web.figures.trend.SMALL", 1)
        chart = trend_of(small_facts, replace(of, is_open=True))

    assert [(one.on, one.number) for one in told] == [
        (date(2017, 11, 6), 1),
        (date(2017, 12, 4), 2),
    ]
    assert [one.what for one in told] == [
        f"föreläggande, {ORDER}",
        f"personal flyttad, {MOVED}",
    ]
    assert chart is not None
    assert chart.events == told
    assert happenings_of(noted.by, schools[1:], small_facts.trend_months) == told


def test_a_project_meeting_that_did_not_take_place_is_read_with_what_happened(
    noted: Project14,
) -> None:
    series = MeetingSeries.objects.create(
        project=noted.project,
        kind="project_group",
        name="Projektgrupp",
        number=2,
        per="weeks",
        from_on=date(2017, 8, 14),
    )
    for day in (date(2017, 8, 28), date(2017, 9, 11), date(2017, 10, 30)):
        ProjectMeeting.objects.create(series=series, on=day, is_held=True)
    (page,) = series_pages(noted.project, TODAY)
    autumn = page.rows[-1]

    assert autumn.state == "Färre än planerat"
    assert [one.text for one in autumn.events] == [ORDER, MOVED]
    shown = noted.browser.get(reverse("project_meetings", args=[noted.project.public_id]))
    assert MOVED in shown.content.decode()


def test_what_has_not_happened_on_the_day_is_on_no_time_line(
    noted: Project14, small_facts: Facts
) -> None:
    Event.objects.create(
        project=noted.project, kind="inspection", on=date(2018, 3, 1), text="Beslutet upphävs"
    )
    page = noted.browser.get(reverse("project", args=[noted.project.public_id])).content.decode()

    assert "Beslutet upphävs" not in page
    assert len(happenings_of(noted.by, ["elementary"], small_facts.trend_months)) == 2


def test_a_move_at_one_school_is_not_told_of_at_another(
    noted: Project14, small_facts: Facts
) -> None:
    school = noted.town.units["other"]
    noted.note(
        "handelse", school=str(school.pk), kind="staff", on="2017-12-11", text="Kuratorn flyttar"
    )

    here, there = (
        [one.what for one in happenings_of(noted.by, [key], small_facts.trend_months)]
        for key in ("elementary", "other")
    )
    assert "personal flyttad, Kuratorn flyttar" in there
    assert "personal flyttad, Kuratorn flyttar" not in here
    assert Deviation.objects.filter(project=noted.project).count() == 1
