"""A principal finds what nothing is done for and where the routine stops, and decides one case."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Installation, Walker

COUNTED = """
import json, tomllib
from collections import Counter
from datetime import date
from importlib import resources
from narvaro.web.cases.models import Evidence, Step, Task
from narvaro.web.inbox.models import Flag

today, here = date(2026, 12, 2), {"pupil__protection": "none", "school__name": "Almskolan"}
routine = tomllib.loads((resources.files("narvaro.demo") / "linnasa.toml").read_text("utf-8"))
steps = {one["id"]: one for one in routine["steps"]}
flags = Flag.objects.filter(
    **here, answered_at=None, withdrawn_at=None, taken_on__lte=today,
    is_for_evaluation_only=False, was_before_the_start=False)
open_steps = list(Step.objects.filter(
    case__pupil__protection="none", case__school__name="Almskolan", case__closed_at=None,
    decided_at=None, began_on__lte=today).select_related("owner"))
late_tasks = Task.objects.filter(**here, done_at=None, made_on__lte=today, due_on__lt=today)
waiting = Counter()
for one in open_steps:
    asked = steps[one.step].get("evidence", [])
    forms = {name[5:] for name in ([asked] if isinstance(asked, str) else asked) if name[:5] == "form:"}
    signed = Evidence.objects.filter(step=one, kind="form").exclude(done_at=None)
    if forms - set(signed.values_list("name", flat=True)):
        waiting[one.owner.name] += 1
late = [one for one in open_steps if one.due_on and one.due_on < today]
print(json.dumps({
    "flags": flags.count(),
    "late": len(late) + late_tasks.count(),
    "open": Counter(steps[one.step]["name"]["sv"] for one in open_steps),
    "late_by_step": Counter(steps[one.step]["name"]["sv"] for one in late),
    "teachers": waiting,
}))
"""


def _counted(installation: Installation) -> dict[str, object]:
    """The same from the database and the routine's file, by nothing that the page is made by."""
    found = json.loads(installation.python(COUNTED))
    assert isinstance(found, dict)
    return found


def _panel(page: Page, heading: str) -> dict[str, list[str]]:
    """The rows of a panel's table: what the row is called → its other cells."""
    panel = page.locator("section.panel", has=page.get_by_role("heading", name=heading))
    rows = panel.locator("tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}


def _shown(page: Page) -> dict[str, object]:
    lead = page.locator("main p", has_text="Flaggor som väntar på ett svar").inner_text()
    flags, late = (int(one) for one in re.findall(r": (\d+)", lead))
    stops = _panel(page, "Var rutinen stannar")
    teachers = _panel(page, "Dokumentationer som väntar")
    return {
        "flags": flags,
        "late": late,
        "open": {name: int(cells[0]) for name, cells in stops.items()},
        "late_by_step": {name: int(cells[1]) for name, cells in stops.items() if cells[1] != "0"},
        "teachers": {name: int(cells[0]) for name, cells in teachers.items()},
    }


def _rows(page: Page, heading: str) -> int:
    panel = page.locator("section.panel", has=page.get_by_role("heading", name=heading))
    return panel.locator("tbody tr").count()


def test_what_the_page_counts_is_what_is_there_and_one_case_is_two_clicks_from_a_decision(
    walker: Walker,
) -> None:
    # Given the page, two clicks from the work queue
    page = walker.be("Rektor")
    page.locator(".menu-wide").get_by_role("link", name="Flaggor").click()
    walker.look()
    page.get_by_role("link", name="Inget gjort än").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hög frånvaro och inget gjort än")
    walker.look()

    # Then every figure is what somebody else would count
    before = _shown(page)
    assert before == _counted(walker.installation)
    assert before["flags"] == _rows(page, "Flaggad men inte hanterad")
    assert before["late"] == _rows(page, "Steg och uppgifter som är försenade")

    # When a late step is opened from there and decided with a reason
    page.get_by_role("row", name="Anmälan till huvudmannen").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Ärende för "))
    step = page.locator(
        "section.panel", has=page.get_by_role("heading", name="Anmälan till huvudmannen")
    )
    step.get_by_label(re.compile("^Gå vidare: uppföljning")).check()
    step.get_by_label("Skäl", exact=True).fill("Huvudmannen har fått anmälan.")
    step.get_by_role("button", name="Besluta").click()
    expect(page.get_by_role("status")).to_contain_text("Beslutet är sparat")
    walker.look()

    # Then the page has one less that is late, and still agrees
    walker.go("/flaggor/inget-gjort/")
    after = _shown(page)
    assert after == _counted(walker.installation)
    assert after["late"] == int(str(before["late"])) - 1


def test_a_flag_that_waits_is_answered_from_there(walker: Walker) -> None:
    page = walker.be("Rektor")
    walker.go("/flaggor/inget-gjort/")
    before = _rows(page, "Flaggad men inte hanterad")
    page.get_by_role("link", name=re.compile("^Ta ställning")).first.click()
    page.get_by_role("button", name=re.compile("ärende")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Ärende för "))

    walker.go("/flaggor/inget-gjort/")

    assert _rows(page, "Flaggad men inte hanterad") < before
