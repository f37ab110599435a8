"""P4: far more pupils were flagged than anybody had time for.

Before a rule is decided, the page says how many it flags, the hours that takes and the hours
there are; the rule in force stands among the others.
"""

from __future__ import annotations

import re

from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.figures.facts import LIMITS
from narvaro.web.figures.tried import OPERATORS, TRIED


def test_sixty_rules_stand_beside_the_one_in_force(schooled: Town) -> None:
    assert len(TRIED) * len(LIMITS) * len(OPERATORS) == 60

    analyst = schooled.browser(Role.ANALYST, "linnasa")
    for operator in OPERATORS:
        text = analyst.get(f"/prova-regel/?gransen={operator}").content.decode()
        assert len(re.findall(r'class="try-cell', text)) == 30
    assert "används nu" in analyst.get("/prova-regel/").content.decode()


def test_a_lower_limit_never_costs_less_and_the_hours_follow(schooled: Town) -> None:
    analyst = schooled.browser(Role.ANALYST, "linnasa")
    text = analyst.get("/prova-regel/?minuter=60&timmar=1").content.decode()
    for row in re.findall(r'<tr><th scope="row">.*?</tr>', text.split("</table>")[0], re.S):
        flags = [int(n) for n in re.findall(r"<strong>(\d+)</strong>", row)]
        hours = [int(n) for n in re.findall(r"</strong> (\d+) h", row)]
        assert flags == sorted(flags, reverse=True)
        assert hours == flags  # an hour a flag
        assert row.count("mer arbete än tid") == sum(n > 1 for n in flags)


def test_it_works_as_a_plain_form_and_changes_nothing(schooled: Town) -> None:
    analyst = schooled.browser(Role.ANALYST, "linnasa")
    text = analyst.get("/prova-regel/").content.decode()

    assert '<form method="get"' in text
    assert analyst.post("/prova-regel/", {"minuter": "30"}).status_code in (200, 405)
    assert grid(analyst.get("/prova-regel/").content.decode()) == grid(text)


def grid(text: str) -> list[str]:
    return re.findall(r"<strong>(\d+)</strong>", text)
