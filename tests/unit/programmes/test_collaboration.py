"""What a programme says of working with other authorities: names and days."""

from __future__ import annotations

from pathlib import Path

import pytest

from narvaro.programmes import RECEIVERS, collaboration_of, load, load_text, programme_ids

GOOD = (Path(__file__).parent / "good.toml").read_text()
OURS = """
[collaboration]
meeting_name = { sv = "Barnsam", en = "Barnsam" }
days_to_meet = 14
referral_days = { social_services = 7, region = 30, primary_care = 8, school_authority = 5 }
source = "decision"
"""


@pytest.mark.parametrize("name", programme_ids())
def test_every_shipped_programme_says_what_it_calls_the_meeting_and_how_long_it_may_take(
    name: str,
) -> None:
    together = collaboration_of(load(name))
    assert together.meeting_name.sv
    assert together.meeting_name.en
    assert together.days_to_meet == 21
    assert set(together.referral_days) == set(RECEIVERS)
    assert together.source or together.assumption or not load(name).steps


def test_boras_met_by_the_name_of_its_agreement_and_within_its_three_weeks() -> None:
    together = collaboration_of(load("boras-2016"))
    assert together.meeting_name.sv == "Västbusmöte"
    assert "vastbus" in together.source


def test_what_a_municipality_calls_it_and_the_days_it_has_decided_are_used() -> None:
    together = collaboration_of(load_text(GOOD + OURS))
    assert together.meeting_name.sv == "Barnsam"
    assert (together.days_to_meet, together.followup_days) == (14, 42)
    assert together.referral_days["region"] == 30
    assert not together.assumption


def test_a_programme_that_says_nothing_of_it_assumes_three_weeks_and_shows_that() -> None:
    programme = load_text(GOOD)
    assert collaboration_of(programme).days_to_meet == 21
    assert "collaboration" in {one.place for one in programme.assumptions}


def test_a_programme_can_still_be_hashed() -> None:
    assert hash(load("generic"))
