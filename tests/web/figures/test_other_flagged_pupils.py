"""Beside a flagged pupil's line stand those flagged in the same time: who, and what they did after."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.contracts.small_town import ZONE
from tests.web.conftest import Town
from tests.web.figures.conftest import PROGRAMME

from narvaro.exchange import read_delivery, write_delivery
from narvaro.ledger import How, open_or_make
from narvaro.timetable import Month
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.figures.facts import Flagged, facts_at, flagged_together, months_around
from narvaro.web.figures.facts.judging import Judging
from narvaro.web.figures.joint import Shown, names
from narvaro.web.figures.pupil_panels.fetching import pupil_facts
from narvaro.web.figures.pupil_panels.others import FEWEST, Seen, others_of, share_at
from narvaro.web.figures.pupil_panels.others_panel import OthersCard, cards
from narvaro.web.pupils.models import Enrolment, Protection, Pupil
from narvaro.web.ui import written

TODAY = date(2018, 1, 20)
NOW = datetime(2018, 1, 20, 12, tzinfo=UTC)
SCHOOLS = {"elementary": "project", "sister": "project", "other": "control"}
PUPILS = {school: [f"{school}-{n}" for n in range(9)] for school in SCHOOLS}
MONTHS = (9, 10, 11, 12)
DAYS = (4, 5, 6, 7, 11, 12, 13, 14, 18, 19)
FLAGGED = Month.of(2017, 10)
NOVEMBER, DECEMBER = Month.of(2017, 11), Month.of(2017, 12)
ARMS = PROGRAMME.replace('schools = "all"', 'participations = "trial"')


def absences() -> dict[str, dict[date, int]]:
    """Pupil → day → minutes absent of the day's one lesson of 100: the first two in ten hardly ever."""
    chance = random.Random(20171)
    return {
        pupil: {
            date(2017, month, day): chance.choice((0, 0, 30, 100)) if number > 1 else 0
            for month in MONTHS
            for day in DAYS
        }
        for pupils in PUPILS.values()
        for number, pupil in enumerate(pupils)
    }


ABSENT = absences()


def share_by_hand(pupils: list[str], month: int) -> Fraction:
    """Absent of all minutes in the month and the two before it, added up day by day."""
    days = [day for day in ABSENT[pupils[0]] if month - 2 <= day.month <= month]
    return Fraction(sum(ABSENT[one][day] for one in pupils for day in days), 100 * len(days)) / len(
        pupils
    )


def flagged_by_hand(month: int) -> list[str]:
    return [one for one in ABSENT if share_by_hand([one], month) >= Fraction(15, 100)]


def delivered(folder: Path) -> Path:
    """Three schools, one lesson a day."""
    lessons: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for school, pupils in PUPILS.items():
        for day in ABSENT[pupils[0]]:
            starts_at = datetime.combine(day, time(9), ZONE)
            ends_at = starts_at + timedelta(minutes=100)
            key = f"{school}-{day}"
            lessons.append(
                {
                    "lesson": key,
                    "school": school,
                    "class": "7A",
                    "subject": "svenska",
                    "teachers": "t",
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "acknowledged": "yes",
                    "acknowledged_at": ends_at,
                }
            )
            marks += [
                {
                    "lesson": key,
                    "pupil": one,
                    "recorded_at": ends_at,
                    "invalid_minutes": ABSENT[one][day],
                    "present_minutes": 100 - ABSENT[one][day],
                }
                for one in pupils
            ]
    units = [
        {"organisation": one, "name": one, "kind": "school_unit", "parent": "town"}
        for one in SCHOOLS
    ]
    top = {"organisation": "town", "name": "Småstad", "kind": "school_authority"}
    return write_delivery(
        {
            "organisations": [top, *units],
            "pupils": [{"pupil": one, "birth_date": date(2004, 5, 4)} for one in ABSENT],
            "enrolments": list(enrolments()),
            "participations": [
                {"programme": "trial", "school": one, "role": arm, "starts_on": date(2017, 8, 1)}
                for one, arm in SCHOOLS.items()
            ],
            "lessons": lessons,
            "marks": marks,
        },
        folder,
    )


def enrolments() -> Iterator[dict[str, Any]]:
    for school, pupils in PUPILS.items():
        for one in pupils:
            place = {"school": school, "class": "7A", "grade": "7"}
            yield {"pupil": one, "starts_on": date(2017, 8, 16), **place}


@pytest.fixture(scope="session")
def three_schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their ledger, made once."""
    folder = tmp_path_factory.mktemp("three-schools")
    ledger = open_or_make(folder / "ledger")
    arrived_at = datetime(2018, 1, 2, 8, tzinfo=UTC)
    path = delivered(folder / "delivery")
    delivery = read_delivery(path, into=folder / "staged", arrived_at=arrived_at)
    ledger.ingest(delivery, How(arrived_at=arrived_at, keys_as_given=True))
    return folder / "ledger"


@dataclass
class Place:
    """The three schools in the database, and what a page says there."""

    town: Town
    programmes: Path

    def card(self, pupil: str, role: Role = Role.PRINCIPAL) -> OthersCard | None:
        """The panel of a pupil, as somebody at the pupil's school sees it."""
        from narvaro.web.accounts.viewer import Viewer

        school = pupil.partition("-")[0]
        at = f"{school}/7A" if role == Role.MENTOR else school
        somebody = self.town.somebody(role, at)
        assert somebody.account is not None
        viewer = Viewer(somebody.account, somebody, TODAY, NOW)
        facts = pupil_facts(viewer, Pupil.objects.get(key=pupil))
        assert facts is not None
        return next((card for _key, card in cards(viewer, facts)), None)

    def follow(self, programme: str) -> None:
        """Another programme is in force."""
        (self.programmes / "small-town.toml").write_text(programme, "utf-8")


@pytest.fixture
def place(town: Town, three_schools: Path, settings: Settings, tmp_path: Path) -> Place:
    programmes = tmp_path / "programmes"
    programmes.mkdir()
    settings.LEDGER, settings.PROGRAMME_FOLDER = three_schools, programmes
    settings.DATA_FOLDER, settings.DEMO, settings.TODAY = tmp_path, True, TODAY
    for school, pupils in PUPILS.items():
        town.unit(school, UnitKind.SCHOOL, under="norra")
        town.unit(f"{school}/7A", UnitKind.CLASS, under=school)
        for one in pupils:
            made = Pupil.objects.create(authority=town.authority, key=one, given_name="Påhittad")
            Enrolment.objects.create(
                pupil=made,
                school_key=school,
                class_key=f"{school}/7A",
                grade="7",
                from_on=date(2017, 8, 16),
            )
    found = Place(town, programmes)
    found.follow(PROGRAMME)
    return found


def one_flagged(school: str) -> str:
    """Somebody of a school flagged at every month end."""
    return next(
        one for one in PUPILS[school] if all(one in flagged_by_hand(month) for month in MONTHS)
    )


def test_all_others_flagged_that_month_are_followed_by_their_own_minutes(place: Place) -> None:
    me = one_flagged("elementary")
    others = [one for one in flagged_by_hand(9) if one != me]
    card = place.card(me)

    assert card is not None
    assert card.chart is not None
    assert not card.is_control
    months = [int(one.month.month) for one in card.chart.points]
    assert months[-1] == 12
    found = {
        month: Fraction(*share)
        for month, share in zip(months, card.chart.other, strict=True)
        if share is not None
    }
    assert found == {month: share_by_hand(others, month) for month in MONTHS}
    own = {month: point.share for month, point in zip(months, card.chart.points, strict=True)}
    assert Fraction(*(own[12] or (0, 1))) == share_by_hand([me], 12)


def test_how_many_they_are_is_told_where_the_pages_of_the_month_tell_it(place: Place) -> None:
    me = one_flagged("elementary")
    where = "narvaro.web.figures.pupil_panels.others_panel.shown_of"
    told = place.card(me)
    with patch(where, return_value=Shown(frozenset())):
        shown = place.card(me)
    with patch(where, return_value=Shown(frozenset({names.key(names.LISTED, names.ALL)}))):
        hidden = place.card(me)

    assert told is not None
    assert told.count is None
    assert shown is not None
    assert shown.count == len(flagged_by_hand(9)) - 1
    assert hidden is not None
    assert hidden.count is None


def test_those_of_control_schools_stand_beside_a_pupil_of_the_programme(place: Place) -> None:
    place.follow(ARMS)
    me = one_flagged("elementary")
    control = [one for one in flagged_by_hand(9) if one in PUPILS["other"]]
    assert len(control) >= FEWEST
    card = place.card(me)

    assert card is not None
    assert card.chart is not None
    assert card.is_control
    last = card.chart.other[-1]
    assert last is not None
    assert Fraction(*last) == share_by_hand(control, 12)

    theirs = place.card(one_flagged("other"))
    assert theirs is not None
    assert not theirs.is_control


def test_a_protected_pupil_is_none_of_the_others(place: Place) -> None:
    me = one_flagged("elementary")
    hidden = next(one for one in flagged_by_hand(9) if one in PUPILS["sister"])
    Pupil.objects.filter(key=hidden).update(protection=Protection.MARKED)
    others = [one for one in flagged_by_hand(9) if one not in (me, hidden)]
    card = place.card(me)

    assert card is not None
    assert card.chart is not None
    last = card.chart.other[-1]
    assert last is not None
    assert Fraction(*last) == share_by_hand(others, 12)


def test_a_pupil_without_a_flag_has_nobody_to_stand_beside(place: Place) -> None:
    assert place.card(PUPILS["elementary"][0]) is None


def test_too_few_elsewhere_are_not_told_of(place: Place) -> None:
    far = [one for school in ("sister", "other") for one in PUPILS[school]]
    kept = [one for one in flagged_by_hand(9) if one in far][: FEWEST - 1]
    Pupil.objects.filter(key__in=set(far) - set(kept)).update(protection=Protection.MARKED)
    card = place.card(one_flagged("elementary"))

    assert card is not None
    assert card.chart is None
    assert card.count is None


def test_the_page_says_who_they_are_and_that_absence_falls_by_itself(place: Place) -> None:
    me = Pupil.objects.get(key=one_flagged("elementary"))
    somebody = place.town.somebody(Role.PRINCIPAL, "elementary")
    somebody.from_on = date(2015, 1, 1)
    somebody.save()
    answer = place.town.signed_in(somebody).get(f"/elever/{me.public_id}/")
    page = re.sub(r"\s+", " ", answer.content.decode())

    assert "alla andra elever hos huvudmannen som flaggades av samma regel" in page
    assert "regression mot medelvärdet" in page
    assert 'href="#figuresothers"' in page
    assert 'id="figuresothers"' in page
    share = written.share(None)
    assert f"de andra från {share}" not in page


def test_what_was_found_is_kept_and_not_asked_of_the_core_again(place: Place) -> None:
    me = one_flagged("elementary")
    place.card(me)
    with patch.object(Judging, "judged", side_effect=AssertionError("asked again")):
        assert place.card(me) is not None
        facts = facts_at(NOW)
        assert facts is not None
        assert flagged_together(facts, facts.judging(), FLAGGED.plus(-1))


def test_a_line_begins_three_months_before_the_flag_and_ends_with_the_school_year(
    place: Place,  # noqa: ARG001
) -> None:
    facts = facts_at(NOW)
    assert facts is not None
    found = months_around(facts, DECEMBER)

    assert [str(one) for one in found] == ["2017-09", "2017-10", "2017-11", "2017-12"]


@st.composite
def groups(draw: st.DrawFn) -> list[Flagged]:
    """Pupils of three schools, each told of in some of two months."""
    minutes = st.tuples(st.integers(0, 50), st.integers(50, 100))
    told = st.dictionaries(st.sampled_from([NOVEMBER, DECEMBER]), minutes)
    schools = draw(st.lists(st.sampled_from(list(SCHOOLS)), max_size=25))
    return [Flagged(f"p{n}", school, draw(told)) for n, school in enumerate(schools)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(groups(), st.sets(st.sampled_from(list(SCHOOLS)), min_size=1), st.booleans())
def test_nobody_works_out_fewer_than_five_pupils_from_those_they_see(
    every: list[Flagged], schools: set[str], wholly: bool
) -> None:
    seen = Seen(frozenset(schools), wholly)
    others = others_of(every, "p0", "elementary", SCHOOLS, seen)
    if others is None:
        return
    assert "p0" not in {one.pupil for one in others.pupils}
    if others.is_control:
        assert {SCHOOLS[one.school] for one in others.pupils} == {"control"}
    for month in (NOVEMBER, DECEMBER):
        share = share_at(others, month, seen)
        told = [one for one in others.pupils if month in one.minutes]
        unseen = [one for one in told if one.school not in schools or not wholly]
        if share is not None:
            assert len(told) >= FEWEST
            assert len([one for one in told if one.school not in schools]) >= FEWEST or not unseen
            assert share[0] * sum(one.minutes[month][1] for one in told) == share[1] * sum(
                one.minutes[month][0] for one in told
            )
