"""Silence is told of by mail up the ladder: each person once for each thing, and no names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.web.inbox.conftest import School, row, run_of

from narvaro.web.accounts.roles import Role
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.taking import take_run
from narvaro.web.inbox.telling import tell_of_silence
from narvaro.web.messages.models import Mail

OWNER_ON, PRINCIPAL_ON, AREA_ON = date(2026, 12, 10), date(2026, 12, 16), date(2026, 12, 23)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, school: School) -> None:
    """The installation's clock is the school's."""
    monkeypatch.setattr("narvaro.web.messages.actions.installation_now", lambda: school.now)


def flagged(school: School) -> None:
    run = run_of([row("7B-14")])
    take_run(run, authority=school.town.authority, now=school.now)


def told(school: School, *, until: date) -> list[tuple[date, Role]]:
    """Every mail from the school's day until another, each day run twice."""
    roles = {school.account(role).pk: role for role in school.posts}
    found = []
    while school.day <= until:
        before = set(Mail.objects.values_list("pk", flat=True))
        tell_of_silence(school.now)
        tell_of_silence(school.now + timedelta(minutes=1))
        new = Mail.objects.exclude(pk__in=before)
        found += [(school.day, roles[one.to_id]) for one in new if one.to_id in roles]
        school.day += timedelta(days=1)
    return found


def test_the_owner_then_the_principal_then_the_area_manager_are_told_once_each(
    school: School,
) -> None:
    flagged(school)

    assert told(school, until=date(2027, 1, 8)) == [
        (OWNER_ON, Role.MENTOR),
        (PRINCIPAL_ON, Role.PRINCIPAL),
        (AREA_ON, Role.AREA_MANAGER),
    ]


def test_the_mail_counts_and_names_nobody(school: School) -> None:
    flagged(school)
    told(school, until=AREA_ON)

    every = Mail.objects.order_by("pk")
    assert every.count() == 3
    for one in every:
        assert "7B" not in one.subject + one.body
        assert "Provsson" not in one.subject + one.body
    assert "1 sak som är din har passerat sin sista dag" in every[0].body
    assert "rutinen har fört den vidare till dig" in every[1].body
    assert "/flaggor/inget-gjort/skolor/" in every[2].body


def test_nobody_is_told_on_a_day_without_school(school: School) -> None:
    flagged(school)
    Flag.objects.update(due_on=date(2026, 12, 11))  # a Friday

    days = [day for day, _role in told(school, until=date(2026, 12, 14))]

    assert days == [date(2026, 12, 14)]


def test_a_day_that_was_moved_and_passed_again_is_told_of_again(school: School) -> None:
    flagged(school)
    told(school, until=OWNER_ON)
    Flag.objects.update(due_on=date(2026, 12, 14))

    assert told(school, until=date(2026, 12, 15)) == [(date(2026, 12, 15), Role.MENTOR)]
