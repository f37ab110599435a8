"""Panel, trend, workbook and the levels above hold the same integers; nobody protected is in them."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from python_calamine import load_workbook
from tests.web.conftest import Town
from tests.web.figures.conftest import page

from narvaro.web.accounts.roles import Role
from narvaro.web.figures.facts import Facts
from narvaro.web.figures.joint import Tree
from narvaro.web.figures.trend import TrendOf, trend_of
from narvaro.web.pupils.models import Protection, Pupil

SCHOOL = ("elementary",)
TREE = Tree((*SCHOOL, "other"), {})


def last_point(facts: Facts) -> object:
    """The trend's last share, of those who see the pupils."""
    of = TrendOf("Skolan", SCHOOL, "school elementary", TREE, is_open=True)
    found = trend_of(facts, of)
    return found.points[-1].share if found else None


@pytest.mark.usefixtures("people")
def test_trend_panel_and_workbook_are_the_same_integers(
    schooled: Town, small_facts: Facts, people: dict[str, Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narvaro.web.figures.trend.SMALL", 1)
    for protected in (frozenset[str](), frozenset({"at-the-limit"})):
        for key in protected:
            Pupil.objects.filter(pk=people[key].pk).update(protection=Protection.MARKED)
        facts = small_facts.without(protected)
        principal = schooled.browser(Role.PRINCIPAL, "elementary")
        text = principal.get(page(schooled, "figures_school", "elementary")).content.decode()
        panel = re.search(r'class="figure">(\d+)</span>\s*<p>elever med', text)
        assessed = re.search(r"av (\d+) bedömda", text)
        sheet = principal.get(page(schooled, "figures_export", "elementary")).content
        rows = load_workbook(BytesIO(sheet)).get_sheet_by_index(1).to_python()
        cells = {row[0]: row[1] for row in rows if len(row) > 1}

        tally = facts.tally(SCHOOL)
        assert last_point(facts) == (tally.flagged, tally.assessed)
        assert panel is not None
        assert int(panel[1]) == tally.flagged == cells["Elever på listan"]
        assert assessed is None or int(assessed[1]) == tally.assessed
        assert cells["Elever som kan bedömas"] == tally.assessed


def test_nobody_left_out_is_in_any_figure_of_any_level(small_facts: Facts) -> None:
    without = small_facts.without(frozenset({"at-the-limit"}))
    every, some = small_facts.tally(SCHOOL), without.tally(SCHOOL)

    assert (every.pupils - some.pupils, every.flagged - some.flagged) == (1, 1)
    assert "at-the-limit" not in without.judging().flagged(without.month)
    assert "at-the-limit" not in {one.pupil for one in without.standings("elementary")}
    by_grade = sum(tally.pupils for tally in without.by_grade(SCHOOL).values())
    assert by_grade == some.pupils
    assert (
        without.tally(("elementary", "other")).pupils
        == small_facts.tally(("elementary", "other")).pupils - 1
    )
