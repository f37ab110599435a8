"""What the demo shows: three flags closed, and flags that nobody touches for a month."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Installation, Walker

WHY = "Frånvaron är förklarad, och eleven är tillbaka."
MONTH_END = "2027-01-20"  # after the days that the other journey comes to
NO_WAY = ("Verksamhetschef", "Skolchef", "Administratör", "Systemansvarig", "Projektledare")
LADDER = """
import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo
from narvaro.timetable import Period
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.inbox.models import Flag
now = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
one = Flag.objects.unanswered().filter(owner__is_demo=True).select_related("school").first()
days = calendar_of(one.school, now).school_days(Period(one.due_on + timedelta(days=1), date(2027, 2, 28)))
days = [day.isoformat() for day in days]
print(json.dumps([days[0], days[4], days[9]]))
"""
WAITING = """
from datetime import date
from narvaro.web.inbox.models import Flag
late = Flag.objects.unanswered().filter(school__name="Almskolan", is_for_evaluation_only=False)
print(late.filter(was_before_the_start=False, due_on__lt=date(2026, 12, 31)).count())
"""


@pytest.fixture(scope="module")
def installation(of_its_own: Installation) -> Installation:
    """Days are moved here, and what later days bring stays."""
    return of_its_own


def _as(walker: Walker, role: str, day: str) -> Page:
    page = walker.be(role)
    walker.move_to(day)
    return page


def _row(page: Page, words: str) -> str:
    """What the work queue says in the row with some words; empty when there is none."""
    found = page.locator("main .rows > li", has_text=words)
    return found.first.inner_text() if found.count() else ""


def _pupils(page: Page) -> list[str]:
    """The pupils of the mentor's new flags."""
    titles = page.get_by_role("heading", name=re.compile("· ny flagga")).all_inner_texts()
    return [one.partition(" · ")[0] for one in titles]


def test_flags_nobody_touches_climb_and_whoever_saw_them_goes_on_seeing_them(
    walker: Walker, installation: Installation
) -> None:
    first, fifth, tenth = json.loads(installation.python(LADDER))
    page = walker.be("Mentor")
    pupil = _pupils(page)[0]

    # the owner, when the last day has gone
    _as(walker, "Mentor", first)
    assert "1 skoldag sen" in _row(page, pupil)
    _as(walker, "Rektor", first)
    assert pupil not in page.locator("main").inner_text()

    # the principal after five school days, with whose it is and the day
    _as(walker, "Rektor", fifth)
    walker.go("/flaggor/inget-gjort/")
    row = page.get_by_role("row", name=pupil)
    expect(row).to_contain_text(re.compile(r"Ons\s9\sdec.*5 skoldagar sen", re.S))
    walker.look()
    _as(walker, "Verksamhetschef", fifth)
    assert "flaggor 0," in _row(page, "Almskolan · utan svar")

    # the area manager after ten, in counts; and both of the others still
    _as(walker, "Verksamhetschef", tenth)
    waiting = installation.python(WAITING).strip()
    said = _row(page, "Almskolan · utan svar")
    assert f"flaggor {waiting}," in said
    assert "Rektor har sett dem." in said
    walker.look()
    page.locator("main .rows > li", has_text="Almskolan · utan svar").get_by_role("link").click()
    expect(page.get_by_role("row", name="Almskolan")).to_contain_text(waiting)
    assert pupil not in page.locator("main").inner_text()
    walker.look()
    for role in ("Rektor", "Mentor"):
        _as(walker, role, tenth)
        walker.go("/flaggor/")
        expect(page.locator("main")).to_contain_text(pupil)


def _closed(walker: Walker) -> list[str]:
    """Three flags answered with one reason, from the mentor's page of flags."""
    page = walker.be("Mentor")
    pupils = _pupils(page)
    page.locator(".menu-wide").get_by_role("link", name="Flaggor").click()
    walker.look()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Inget ärende för de markerade").click()
    walker.look()
    page.get_by_label("Varför blir det inget ärende?").fill(WHY)
    page.get_by_role("button", name="Svara inget ärende").click()
    expect(page.get_by_text("3 flaggor är besvarade med inget ärende.")).to_be_visible()
    walker.look()
    return pupils


def test_three_flags_closed_by_a_teacher_and_the_month_end_makes_a_task_at_student_health(
    walker: Walker,
) -> None:
    # Given three flags that a mentor closed
    pupils, page = _closed(walker), walker.page
    assert len(pupils) == 3

    # When the day is moved to the month end, one of them is flagged for the third time
    _as(walker, "Skolkurator", MONTH_END)
    walker.go("/arenden/uppgifter/")
    walker.look()
    rows = page.get_by_role("row").filter(has_text=re.compile("|".join(pupils)))
    expect(rows).to_have_count(1)
    rows.get_by_role("link").click()
    expect(page.get_by_text("Ingen kan ta bort uppgiften")).to_be_visible()
    expect(page.get_by_text("Tredje utfallet under läsåret, 2026/27.")).to_be_visible()
    walker.look()
    task = page.url

    # Then no role can undo it: who sees it can decide, and nothing else
    for role in NO_WAY:
        _as(walker, role, MONTH_END)
        assert page.goto(task).status == 404  # type: ignore[union-attr]
    walker.complaints.clear()  # the browser's own words of pages that are not there
    for role in ("Rektor", "Skolsköterska"):
        _as(walker, role, MONTH_END)
        page.goto(task)
        assert page.locator("main").get_by_role("button").all_inner_texts() == ["Spara beslutet"]

    # And decided, with a reason, it begins the step it leads to
    _as(walker, "Skolkurator", MONTH_END)
    page.goto(task)
    page.get_by_role("button", name="Spara beslutet").click()
    expect(page).to_have_url(task)
    page.get_by_label("Ta upp nu").check()
    page.get_by_label("Vad beslutas, och varför?").fill("Vi tar upp det på nästa möte.")
    page.get_by_role("button", name="Spara beslutet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Ärende för "))
    expect(page.get_by_role("heading", name="Analys i elevhälsoteamet")).to_be_visible()
    walker.look()
