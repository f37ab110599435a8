"""A ledger small enough to count on paper, and the units of it in the town's database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.contracts import small_town
from tests.web.conftest import Town

from narvaro.web.accounts.models import UnitKind
from narvaro.web.figures.facts import Facts, facts_at
from narvaro.web.pupils.models import Enrolment, Pupil

PROGRAMME = """
schema = 1
id = "small-town"
version = 1
name.sv = "Minst 15 procent under tre månader"
name.en = "At least 15 per cent over three months"
[[sources]]
id = "invented"
title = "Påhittat, bara till för att prova"
publisher = "Linnåsa"
[in_force]
from = 2000-01-01
source = "invented"
[scope]
schools = "all"
source = "invented"
[registration]
target = 95
source = "invented"
[[rules]]
id = "three-months"
name.sv = "Minst 15 procents frånvaro under tre månader"
name.en = "At least 15 per cent absence over three months"
window = "rolling-months:3"
operator = ">="
limit = 15
coverage_floor = 80
source = "invented"
"""

NOW = datetime(2018, 1, 20, 12, tzinfo=UTC)
"""After the correction of 15 January."""


@pytest.fixture(scope="session")
def small_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town's ledger, made once."""
    return small_town.settle(tmp_path_factory.mktemp("small-town"))


@pytest.fixture
def figures_kept(db: None, small_ledger: Path, settings: Settings, tmp_path: Path) -> Path:  # noqa: ARG001
    """The small town's ledger and one programme in force, and an empty folder to keep figures in.

    The database is asked which programmes were taken into use instead of those in the folder.
    """
    programmes = tmp_path / "programmes"
    programmes.mkdir()
    (programmes / "small-town.toml").write_text(PROGRAMME, "utf-8")
    settings.LEDGER = small_ledger
    settings.PROGRAMME_FOLDER = programmes
    settings.DATA_FOLDER = tmp_path
    return tmp_path / "cache" / "figures"


@pytest.fixture
def small_facts(figures_kept: Path) -> Facts:  # noqa: ARG001
    """December 2017, as known after the correction."""
    found = facts_at(NOW)
    assert found is not None
    return found


@pytest.fixture
def schooled(town: Town, figures_kept: Path) -> Town:  # noqa: ARG001
    """The town with the small ledger's two schools in it."""
    for school, class_ in small_town.SCHOOLS.items():
        town.unit(school, UnitKind.SCHOOL, under="norra")
        town.unit(f"{school}/{class_}", UnitKind.CLASS, under=school)
    return town


@pytest.fixture
def people(schooled: Town) -> dict[str, Pupil]:
    """The small ledger's pupils by key, with names, where the ledger has them."""
    found = {}
    for stay in small_town.enrolments():
        key, school = stay["pupil"], stay["school"]
        found[key] = Pupil.objects.get_or_create(
            authority=schooled.authority,
            key=key,
            defaults={"given_name": "Elev", "family_name": NAMES[key]},
        )[0]
        Enrolment.objects.create(
            pupil=found[key],
            school_key=school,
            class_key=f"{school}/{stay['class']}",
            from_on=stay["starts_on"],
            to_on=stay.get("ends_on"),
        )
    return found


NAMES = {
    "often": "Oftasson",
    "at-the-limit": "Gränsberg",
    "seldom": "Sällansson",
    "moved": "Flyttgren",
    "idle": "=cmd|'/c calc'!A1",
}


def page(town: Town, kind: str, key: str) -> str:
    """The address of a unit's page: `figures_school`, `figures_list` …"""
    return reverse(kind, args=[town.units[key].public_id])
