"""P2: at one school registration could not begin until February, for want of a timetable.

"No timetable" is a state that is shown as such, on every page and for every week.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.registration.school_weeks import DAYS, Told, lesson, usual

from narvaro.web.accounts.roles import Role

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def owner(town: Town) -> Client:
    return town.browser(Role.SYSTEM_OWNER, "linnasa")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def row_of(shown: str, name: str) -> str:
    """The row of a school in the table of weeks."""
    rows = shown.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")
    return next(row for row in rows if name in row)


def test_weeks_without_a_timetable_are_dashed_and_no_percentage_is_shown(
    told: Told, owner: Client
) -> None:
    before = lesson("last-spring", date(2026, 5, 4), school="bjorkskolan", **{"class": "7A"})
    told.deliver([*usual(), before])

    row = row_of(page(owner, "/registrering/"), "bjorkskolan")

    assert "Schemat inte inläst" in row
    assert "heat-no-timetable" in row
    assert "0\N{NO-BREAK SPACE}%" not in row
    assert ">0<" not in row


def test_a_timetable_that_came_late_leaves_the_weeks_before_it_dashed(
    told: Told, owner: Client
) -> None:
    late = [lesson(f"late-{day}", day, school="bjorkskolan", **{"class": "7A"}) for day in DAYS[5:]]
    told.deliver([*usual(), *late])

    row = row_of(page(owner, "/registrering/"), "bjorkskolan")

    assert "Läser in schema" in row
    assert "heat-no-timetable" in row
    assert ">100</span>" in row


def test_a_break_is_blank_and_no_week_without_timetable(told: Told, owner: Client) -> None:
    told.calendar.append(
        {"organisation": "linnasa", "kind": "break", "from": DAYS[0], "to": DAYS[4]}
    )
    told.deliver(usual())

    head = page(owner, "/registrering/").split("<thead>")[1].split("</thead>")[0]

    assert "lov" in head.split(">47<")[1].split("</th>")[0]


def test_nobody_is_asked_for_lessons_of_a_school_without_a_timetable(
    told: Told, town: Town
) -> None:
    told.deliver(usual())

    home = page(town.browser(Role.PRINCIPAL, "bjorkskolan"), "/att-gora/")

    assert "utan kvittering" not in home


def test_a_lesson_that_is_not_in_the_timetable_can_be_said_not_to_exist(
    told: Told, town: Town
) -> None:
    """The gap is explained, the figure stays, and the system owner has it to mend."""
    somebody = town.somebody(Role.TEACHER, "almskolan/7B")
    assert somebody.account is not None
    somebody.account.staff_keys = ["T1"]
    somebody.account.save()
    told.deliver(usual(missing=["ma-11-27"]))
    teacher = town.signed_in(somebody)
    number = page(teacher, "/lektioner/").split('name="lessons" value="')[1].split('"')[0]
    owner = town.browser(Role.SYSTEM_OWNER, "linnasa")
    before = row_of(page(owner, "/registrering/"), "almskolan")

    teacher.post("/lektioner/skal/", {"lessons": [number], "reason": "no_timetable"})

    assert row_of(page(owner, "/registrering/"), "almskolan") == before
    assert "Schemat stämmer inte: lektionerna finns inte" in page(owner, "/att-gora/")
