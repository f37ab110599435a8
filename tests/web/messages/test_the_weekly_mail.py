"""One mail for each person and week, in their language, with counts and links and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import get_language
from tests.web.conftest import Town

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages import actions, digest
from narvaro.web.messages.digest import queue_weekly_digests
from narvaro.web.messages.models import Mail
from narvaro.web.messages.registry import Line
from narvaro.web.ui import registry
from narvaro.web.ui.registry import QueueGroup, QueueRow

MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def something_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teachers have a row that names a pupil, and a line that names nothing."""

    def rows(viewer: Viewer) -> Iterator[QueueRow]:
        if viewer.role == Role.TEACHER:
            title, why = "Elev Anna Provsson 7B", "Almskolan: 17,5 % frånvaro"
            yield QueueRow(f"row {viewer.unit.pk}", QueueGroup.LATE, title, why, "Boka", "/x/")

    def lines(viewer: Viewer) -> Iterator[Line]:
        if viewer.role == Role.TEACHER:
            yield Line(f"2 lektioner ({get_language()})", "/lektioner/")

    monkeypatch.setattr(registry, "QUEUE", [rows])
    monkeypatch.setattr(digest, "PROVIDERS", [lines])


@pytest.fixture
def teacher(town: Town) -> Assignment:
    return town.somebody(Role.TEACHER, "almskolan/7B", name="Klara Provberg")


@pytest.mark.usefixtures("something_to_do")
def test_it_holds_counts_and_links_and_names_nobody_and_no_place(teacher: Assignment) -> None:
    assert teacher.account is not None
    queue_weekly_digests(MONDAY)

    body = Mail.objects.get().body

    assert "1 sak att göra, 1 är försenad" in body
    assert "/lektioner/" in body
    for secret in ("Anna", "7B", "Almskolan", "almskolan", "17,5", teacher.unit.name):
        assert secret not in body


@pytest.mark.usefixtures("something_to_do")
def test_it_is_queued_once_for_each_person_and_week_however_often_it_is_run(
    teacher: Assignment,  # noqa: ARG001
) -> None:
    first, again = queue_weekly_digests(MONDAY), queue_weekly_digests(MONDAY + timedelta(days=3))
    next_week = queue_weekly_digests(MONDAY + timedelta(days=7))

    assert (first, again, next_week) == (1, 0, 1)


@pytest.mark.usefixtures("something_to_do")
def test_somebody_with_two_roles_gets_one_mail(town: Town, teacher: Assignment) -> None:
    Assignment.objects.create(
        account=teacher.account,
        role=Role.TEACHER,
        unit=town.units["almskolan/8A"],
        from_on=teacher.from_on,
    )

    queue_weekly_digests(MONDAY)

    assert Mail.objects.get().body.count("/lektioner/") == 1
    assert "2 saker att göra" in Mail.objects.get().body


@pytest.mark.usefixtures("something_to_do")
def test_it_is_in_the_persons_language(teacher: Assignment) -> None:
    assert teacher.account is not None
    teacher.account.language = "en"
    teacher.account.save()

    queue_weekly_digests(MONDAY)

    assert "2 lektioner (en)" in Mail.objects.get().body
    assert Mail.objects.get().subject == "To do this week"
    assert "1 thing to do, 1 is late" in Mail.objects.get().body
    assert Mail.objects.get().language == "en"


def test_nothing_to_do_is_no_mail(teacher: Assignment) -> None:  # noqa: ARG001
    assert queue_weekly_digests(MONDAY) == 0


@pytest.mark.usefixtures("something_to_do")
def test_whoever_has_declined_gets_none(town: Town, teacher: Assignment) -> None:
    client = town.signed_in(teacher)
    client.post("/meddelanden/veckomejl/", {"wants": "no"})
    declined = queue_weekly_digests(MONDAY)
    client.post("/meddelanden/veckomejl/", {"wants": "yes"})

    assert (declined, queue_weekly_digests(MONDAY)) == (0, 1)


@pytest.mark.usefixtures("something_to_do")
def test_whoever_has_left_gets_none(teacher: Assignment) -> None:
    teacher.to_on = MONDAY.date() - timedelta(days=1)
    teacher.save()

    assert queue_weekly_digests(MONDAY) == 0


@pytest.mark.usefixtures("something_to_do")
def test_a_run_that_is_stopped_in_the_middle_goes_on_where_it_was(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        town.somebody(Role.TEACHER, "almskolan/7B")
    queue, seen = actions.queue_mail, []

    def stopped(*given: object, **named: object) -> object:
        seen.append(1)
        if len(seen) == 2:
            raise SystemExit
        return queue(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(digest, "queue_mail", stopped)
    with pytest.raises(SystemExit):
        queue_weekly_digests(MONDAY)
    after_the_stop = Mail.objects.count()

    assert queue_weekly_digests(MONDAY) == 2
    assert (after_the_stop, Mail.objects.count()) == (1, 3)
    assert Mail.objects.values("to").distinct().count() == 3
