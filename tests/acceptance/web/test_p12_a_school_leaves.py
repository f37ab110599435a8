"""P12: a school left in the middle; its open cases are asked about, and counted no more.

The flow is read in two ways: while they take part, and as the project started.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.web.cases.conftest import School
from tests.web.conftest import Town
from tests.web.flow.test_flow_pages import DAY, some_cases, viewer_of

from narvaro.small_numbers import TOTAL
from narvaro.timetable import SchoolYear
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import OpenedBecause, TaskKind
from narvaro.web.inbox.keeping import in_the_funnel, keep
from narvaro.web.overview.flow import gathering, showing
from narvaro.web.overview.flow.gathering import flow_of
from narvaro.web.overview.flow.showing import Counts
from narvaro.web.projects.models import Answer, Project, Step


def test_its_open_cases_go_on_or_are_closed_by_a_person_and_leave_the_funnel(
    school: School,
) -> None:
    case = actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    project = Project.objects.create(name="P", programme="provbygd", from_on=school.day)
    project.authorities.add(school.town.authority)
    for answer, days in ((Answer.JOINED, -100), (Answer.LEFT, 30)):
        Step.objects.create(
            project=project,
            school=school.town.units["almskolan"],
            answer=answer,
            on=school.day + timedelta(days=days),
        )
    authority = school.town.authority
    keep(school.now)
    assert not case.tasks.exists()
    assert in_the_funnel(authority, school.day).count() == 1

    school.day += timedelta(days=30)
    keep(school.now)

    case.refresh_from_db()
    assert case.is_open
    assert case.tasks.get().kind == TaskKind.SCHOOL_LEFT
    assert case.tasks.get().to == school.account(Role.MENTOR)
    assert not in_the_funnel(authority, school.day).exists()


STAYS, LEFT = "almskolan", "bjorkskolan"


@pytest.fixture
def one_left(town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Both began in the project, and one has left it: 12 cases and 7."""
    settings.TODAY = DAY

    def arms_of(_now: object, _day: date) -> tuple[dict[str, str], dict[str, str]]:
        return {STAYS: "project"}, {STAYS: "project", LEFT: "project"}

    monkeypatch.setattr(gathering, "arms_of", arms_of)
    return town


def said(town: Town, url: str) -> str:
    return town.browser(Role.HEAD_OF_SCHOOLS, "linnasa").get(url).content.decode()


def test_the_flow_is_read_while_they_take_part_and_as_it_started(one_left: Town) -> None:
    some_cases(one_left, STAYS, in_time=6, late=6)
    some_cases(one_left, LEFT, in_time=0, late=7)

    now, before = said(one_left, "/rutinen/"), said(one_left, "/rutinen/?skolor=start")

    assert "6 av 12 steg" in now
    assert "6 av 19 steg" in before
    for page in (now, before):
        assert "Medan de deltar (1)" in page
        assert "Som projektet började (2)" in page
        assert "en skola som har lämnat projektet räknas ingenstans" in page
        assert "också sedan de har lämnat" in page
    assert '"true" href="?lasar=2026&amp;skolor=start"' in before
    school = f"/rutinen/skolor/{one_left.units[LEFT].public_id}/"
    assert "Inget steg har haft sin sista dag än" in said(one_left, school)
    assert "0 av 7 steg" in said(one_left, f"{school}?skolor=start")


def test_a_school_that_left_with_a_few_is_not_the_one_reading_less_the_other(
    one_left: Town,
) -> None:
    some_cases(one_left, STAYS, in_time=6, late=6)
    some_cases(one_left, LEFT, in_time=0, late=2)
    viewer = viewer_of(one_left.somebody(Role.ANALYST, "linnasa"))

    now, before = (
        Counts(flow_of(viewer, SchoolYear(2026), as_started=which)) for which in (False, True)
    )

    for measure in (showing.DUE, showing.LATE, showing.reached("flagged")):
        shown = now.of(measure, TOTAL), before.of(measure, TOTAL)
        assert None in shown, (measure, shown)
        assert before.of(measure, LEFT) is None


def test_without_anybody_gone_there_is_nothing_to_choose(town: Town, settings: Settings) -> None:
    settings.TODAY = DAY
    some_cases(town, STAYS, in_time=6, late=6)

    page = said(town, "/rutinen/")

    assert "Som projektet började" not in page
    assert "6 av 12 steg" in page
