"""An analyst tries rules, and sees what each would have caused."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Installation, Walker

IN_THE_RUN = """
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.deliveries.month_ends import kept_runs
from narvaro.web.jobs.clock import installation_now
ours = Authority.objects.exclude(key="").get(kind=AuthorityKind.SCHOOL).key
run = kept_runs(ours, installation_now())[0]
print(sum(count for name, count in run.outcomes.items() if name.endswith("/flagged")))
"""


def _in_use(page: Page) -> str:
    """What the cell of the rule in force says."""
    return str(page.locator("td", has_text="används nu").inner_text())


def _flags(said: str) -> int:
    return int(re.findall(r"^\d+", said, flags=re.M)[0])


def test_the_cell_in_use_says_what_the_run_said_and_another_rule_says_its_cost(
    walker: Walker, installation: Installation
) -> None:
    # Given an analyst at the page of rules
    page = walker.be("Analytiker")
    walker.look()
    page.get_by_role("link", name="Regler").click()
    walker.look()

    # The cell in use has as many flags as the month's run
    in_use = _in_use(page)
    lead = page.locator(".page-head p").first.inner_text()
    assert f"{_flags(in_use)} flaggor" in lead
    assert _flags(in_use) == int(installation.python(IN_THE_RUN))

    # When each flag takes three hours, and few hours are at hand
    page.get_by_label("Arbete per flagga").select_option(label="180 minuter")
    page.get_by_label("Timmar som finns per månad").fill("40")
    page.get_by_role("button", name="Räkna").click()

    # Then the rule in use has the same flags, and no longer fits
    assert _flags(_in_use(page)) == _flags(in_use)
    assert "mer arbete än tid" in _in_use(page)

    # When another rule is chosen, it is told apart from the one in use
    page.get_by_role("link", name=re.compile("Kalendermånad, minst 25")).click()
    expect(page.get_by_role("heading", name=re.compile("Kalendermånad, minst 25"))).to_be_visible()
    expect(page.get_by_role("heading", name="Mot regeln i bruk")).to_be_visible()
    walker.look()
