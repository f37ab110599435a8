"""P3: not all data were in at all measuring periods.

Coverage stands beside every school and period, with what could make up the difference.
"""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client
from tests.web.conftest import LONG_AGO, Town
from tests.web.registration.school_weeks import DAYS, NIGHT, Told, lesson, usual

from narvaro.web.accounts.roles import Role
from narvaro.web.pupils.models import Enrolment, Pupil

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def principals(town: Town) -> Client:
    return town.browser(Role.PRINCIPAL, "almskolan")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def school(town: Town, more: str = "") -> str:
    return f"/registrering/{town.units['almskolan'].public_id}/{more}"


def test_every_period_has_its_share_by_time_and_by_lessons(
    told: Told, town: Town, principals: Client
) -> None:
    long = lesson("long", DAYS[4], at=time(11), ends_at=None, minutes=180, acknowledged="no")
    told.deliver([*usual(), long])

    by_time = page(principals, school(town, "?av=tid&per=manad"))
    by_lessons = page(principals, school(town, "?av=lektioner&per=manad"))

    assert ">86</span>" in by_time  # 1200 of 1380 minutes
    assert ">95</span>" in by_lessons  # 20 of 21 lessons


def test_just_under_the_goal_is_never_shown_as_the_goal(
    told: Told, town: Town, principals: Client
) -> None:
    lessons = [
        lesson("long", DAYS[0], at=time(8), minutes=189, ends_at=None),
        lesson("short", DAYS[0], at=time(12), minutes=11, ends_at=None, acknowledged="no"),
    ]
    told.deliver(lessons)

    shown = page(principals, school(town))

    assert "94,5" in shown
    assert ">94</span>" in shown


def test_what_is_missing_is_said_with_its_best_and_worst_case(
    told: Told, town: Town, principals: Client
) -> None:
    pupil = Pupil.objects.create(
        authority=town.authority, key="anna", given_name="Anna", family_name="Provsson"
    )
    Enrolment.objects.create(
        pupil=pupil,
        school_key="almskolan",
        class_key="almskolan/7B",
        grade="7",
        from_on=LONG_AGO,
    )
    told_ = [lesson(f"okt-{n}", date(2026, 10, n)) for n in (5, 6, 7, 8, 9, 12, 13, 14)]
    gaps = [lesson(f"gap-{n}", date(2026, 10, n), acknowledged="no") for n in (15, 16)]
    marks = [{"lesson": "okt-5", "pupil": "anna", "valid_minutes": 60}]
    told.deliver([*told_, *gaps], more={"marks": marks})

    shown = page(principals, school(town, f"{town.units['almskolan/7B'].public_id}/"))

    assert "Anna Provsson" in shown
    assert "10,0" in shown  # present at both: 1 of 10
    assert "30,0" in shown  # absent from both: 3 of 10


def test_a_later_delivery_makes_the_period_whole(
    told: Told, town: Town, principals: Client
) -> None:
    told.deliver(usual(missing=["ma-11-26", "sl-11-26"]), arrived_at=NIGHT - timedelta(days=1))
    before = page(principals, school(town))
    told.deliver(usual())

    assert ">80</span>" in before
    assert ">80</span>" not in page(principals, school(town))
