"""Another rule, its flags and its work: the rule in force gives the count of its run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.web.conftest import Town

from narvaro.pipeline.month_end import run_month_end
from narvaro.timetable import At, Month
from narvaro.web.accounts.roles import Role
from narvaro.web.figures.facts import Facts

DECEMBER = At(Month.of(2017, 12).last_day, is_month=True)


@pytest.fixture
def analyst(schooled: Town) -> Client:
    return schooled.browser(Role.ANALYST, "linnasa")


def cells(text: str) -> list[tuple[int, bool, bool]]:
    """(flags, used now, chosen) of every rule on the page."""
    found = re.findall(r'<a [^>]*class="try-cell([^"]*)"([^>]*)>.*?<strong>(\d+)</strong>', text)
    return [(int(n), " used" in kind, "aria-current" in rest) for kind, rest, n in found]


def test_thirty_rules_for_each_operator_are_sixty(analyst: Client) -> None:
    both = [
        cells(analyst.get(f"/prova-regel/?gransen={one}").content.decode())
        for one in ("minst", "over")
    ]

    assert [len(found) for found in both] == [30, 30]


def test_the_rule_in_force_counts_as_its_run(
    analyst: Client, small_facts: Facts, tmp_path: Path
) -> None:
    copy = tmp_path / "ledger"
    shutil.copytree(settings.LEDGER, copy)
    shutil.copyfile(f"{settings.LEDGER}.key", f"{copy}.key")
    run = run_month_end(copy, small_facts.programme, at=DECEMBER)
    flagged = run.receipt["outcomes"]["three-months/flagged"]
    (used,) = [one for one in cells(analyst.get("/prova-regel/").content.decode()) if one[1]]

    assert used == (flagged, True, True)
    assert flagged > 0


def test_work_is_flags_times_minutes_against_the_hours_there_are(analyst: Client) -> None:
    text = analyst.get("/prova-regel/?minuter=120&timmar=1").content.decode()
    assert "mer arbete än tid" in text
    text = analyst.get("/prova-regel/?minuter=30&timmar=1000").content.decode()
    assert "mer arbete än tid" not in text.replace("Randig: mer arbete än tid", "")


def test_the_assumed_hours_are_said_to_be_assumed(analyst: Client) -> None:
    assert "antagande" in analyst.get("/prova-regel/").content.decode()
    assert "antagande" not in analyst.get("/prova-regel/?timmar=7").content.decode()


@pytest.mark.parametrize(
    "query", ["minuter=-1", "timmar=1e9", "timmar=٣", "grans=15'", "fonster=%3Cb%3E", "arskurser=x"]
)
def test_nonsense_is_the_usual(analyst: Client, query: str) -> None:
    usual = cells(analyst.get("/prova-regel/").content.decode())

    assert cells(analyst.get(f"/prova-regel/?{query}").content.decode()) == usual


def test_few_flags_of_a_school_are_not_told(analyst: Client) -> None:
    assert "visas inte" in analyst.get("/prova-regel/").content.decode()


def test_a_principal_does_not_try_the_municipalitys_rules(schooled: Town) -> None:
    assert schooled.browser(Role.PRINCIPAL, "elementary").get("/prova-regel/").status_code == 404
