"""What projects noted stands in a school's line: numbered, dated, for those who may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.figures.conftest import NOW
from tests.web.ui.charts.drawing import drawn, html
from tests.web.ui.charts.examples import TREND

from narvaro.timetable import ZONE
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Facts
from narvaro.web.figures.happenings import happenings_of
from narvaro.web.figures.joint import Tree
from narvaro.web.figures.trend import TrendOf, trend_of
from narvaro.web.projects.models import Event, EventKind, Project
from narvaro.web.ui.charts import DoneMark

TREE = Tree(("elementary", "other"), {})
TODAY = NOW.astimezone(ZONE).date()


def _viewer(town: Town, role: Role, place: str) -> Viewer:
    somebody = town.somebody(role, place)
    somebody.from_on = date(2015, 1, 1)
    somebody.save()
    assert somebody.account is not None
    return Viewer(somebody.account, somebody, TODAY, NOW)


def _event(project: Project, on: date, text: str, **more: object) -> None:
    Event.objects.create(project=project, on=on, text=text, **{"kind": EventKind.PRINCIPAL} | more)


def test_events_stand_in_the_line_of_their_school_for_those_who_may_see_the_project(
    schooled: Town, settings: Settings, small_facts: Facts
) -> None:
    settings.DEMO, settings.TODAY = True, TODAY
    project = Project.objects.create(name="P", programme="p", from_on=date(2017, 8, 1))
    project.authorities.add(schooled.authority)
    _event(project, date(2017, 11, 3), "Här", school=schooled.units["elementary"])
    _event(project, date(2017, 11, 20), "Annorstädes", school=schooled.units["other"])
    _event(project, date(2017, 12, 5), "Överallt", kind=EventKind.OUTBREAK)
    _event(project, date(2018, 6, 1), "Senare")
    leader = _viewer(schooled, Role.PROJECT_LEADER, "linnasa")
    months = small_facts.trend_months

    told = happenings_of(leader, ["elementary"], months)
    assert [(one.on, one.number, one.what) for one in told] == [
        (date(2017, 11, 3), 1, "ny rektor, Här"),
        (date(2017, 12, 5), 2, "utbrott av sjukdom, Överallt"),
    ]
    both = happenings_of(leader, ["elementary", "other"], months)
    name = schooled.units["other"].name
    assert f"{name}, ny rektor, Annorstädes" in [one.what for one in both]

    principal = _viewer(schooled, Role.PRINCIPAL, "elementary")
    assert not happenings_of(principal, ["elementary"], months)


def test_the_line_of_a_school_carries_its_events(small_facts: Facts) -> None:
    event = DoneMark(date(2017, 11, 3), 1, "ny rektor")
    of = TrendOf("Skolan", ["elementary"], "school elementary", TREE, events=[event])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("narvaro.web.figures.trend.SMALL", 1)
        chart = trend_of(small_facts, replace(of, is_open=True))

    assert chart is not None
    assert chart.events == [event]


def test_an_event_is_a_numbered_mark_and_a_cell_of_its_month() -> None:
    month = TREND.points[-1].month
    events = [
        DoneMark(month, 1, "ny rektor"),
        DoneMark(month.replace(day=3), 2, "personal flyttad"),
    ]
    chart = replace(TREND, events=events)

    assert all(svg.findall(".//*[@class='c-done-line']") for svg in drawn(chart))
    assert "1. " in chart.table.rows[-1][-1]
    assert "personal flyttad" in chart.table.rows[-1][-1]
    assert chart.table.rows[0][-1] == ""
    assert len({y for _x, y, _n, _says in chart.drawn[0].events}) == 2
    assert "Händelserna visar" in html(chart)
    assert "c-done" not in html(TREND)
