"""In the browser's pages, day by day: a flag nobody touches, and three flags that were closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.inbox.conftest import School, row, run_of

from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case, Task
from narvaro.web.inbox.models import Answer, Flag
from narvaro.web.inbox.taking import take_run

DUE, LAST = date(2026, 12, 9), date(2027, 1, 8)
NAME = "7B-14 Provsson"
WHY = "Frånvaron är förklarad."


@pytest.fixture
def school(school: School, settings: Settings, tmp_path: Path) -> School:
    """Almskolan on the demo's day, with its routine; the day of browsers is `settings.TODAY`."""
    settings.DEMO, settings.TODAY, settings.PROGRAMME_FOLDER = True, school.day, tmp_path
    routine = (resources.files("narvaro.demo") / "linnasa.toml").read_text("utf-8")
    (tmp_path / "linnasa.toml").write_text(routine, "utf-8")
    return school


def taken(school: School, *rows: dict[str, Any], **how: Any) -> None:
    take_run(run_of(rows, **how), authority=school.town.authority, now=school.now)


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def shown(client: Client, address: str = "/att-gora/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def days() -> Iterator[tuple[date, int]]:
    """Every day of the month, and how many working days have gone since the last day to answer."""
    day = date(2026, 12, 2)
    while day <= LAST:
        since = [DUE + timedelta(days=n) for n in range(1, (day - DUE).days + 1)]
        yield day, sum(one.weekday() < 5 for one in since)
        day += timedelta(days=1)


def test_day_by_day_more_see_a_flag_that_nobody_touches_and_nobody_sees_it_no_more(
    school: School, settings: Settings
) -> None:
    taken(school, row("7B-14"))
    clients = {
        role: browser(school, role) for role in (Role.MENTOR, Role.PRINCIPAL, Role.AREA_MANAGER)
    }
    steps: dict[Role, list[bool]] = {role: [] for role in clients}
    for day, late in days():
        settings.TODAY = day
        pages = {role: shown(client) for role, client in clients.items()}

        steps[Role.MENTOR].append(f"{NAME} · ny flagga" in pages[Role.MENTOR])
        steps[Role.PRINCIPAL].append(f"{NAME} · inget gjort än" in pages[Role.PRINCIPAL])
        steps[Role.AREA_MANAGER].append("almskolan · utan svar" in pages[Role.AREA_MANAGER])
        assert steps[Role.MENTOR][-1]
        assert steps[Role.PRINCIPAL][-1] == (late >= 5)
        assert steps[Role.AREA_MANAGER][-1] == (late >= 10)
        assert NAME not in pages[Role.AREA_MANAGER]
        for role, there in steps.items():
            said = f"{late} skoldag{'ar' if late > 1 else ''} sen"
            assert not (late and there[-1]) or said in pages[role], (role, day)

    assert all(there == sorted(there) and there[-1] for there in steps.values())


def test_each_of_them_sees_where_it_is_and_since_when(school: School, settings: Settings) -> None:
    taken(school, row("7B-14"))
    settings.TODAY = LAST

    for role in (Role.MENTOR, Role.PRINCIPAL):
        page = shown(browser(school, role), reverse("flag", args=[Flag.objects.get().public_id]))
        assert f"{school.account(Role.MENTOR).name} svarar för flaggan." in page
        assert "Ons 9 dec" in page
    climbed = shown(browser(school, Role.AREA_MANAGER), reverse("handling_counts"))
    assert "almskolan" in climbed
    assert NAME not in climbed


def close(school: School, month: str) -> str:
    """Answer the flag of a month end with no case, as the mentor does; what it is undone by."""
    flag = Flag.objects.get(month=month)
    said = {
        "confirm": "1",
        "reason": WHY,
        "flag": flag.public_id,
        "offered": f"{flag.public_id}:{flag.version}",
    }
    answer = browser(school, Role.MENTOR).post(reverse("flags_decline"), said)
    assert answer.status_code == 302
    return str(answer["Location"]).partition("svarade=")[2]


def three_closed(school: School, settings: Settings) -> str:
    """A flag at each of three month ends, each closed with a reason; what the last is undone by."""
    undone_by = ""
    for number, day in enumerate((date(2026, 12, 2), date(2027, 1, 4), date(2027, 2, 2)), 1):
        school.day = settings.TODAY = day
        month = f"{day - timedelta(days=day.day):%Y-%m}"
        assert not Task.objects.exists()
        taken(school, row("7B-14", month=month, third=number == 3), month=month)
        undone_by = close(school, month)
    return undone_by


def test_three_flags_closed_leave_a_task_at_student_health_that_nothing_takes_away(
    school: School, settings: Settings
) -> None:
    undone_by = three_closed(school, settings)
    task = Task.objects.get()
    page = reverse("case_task", args=[task.public_id])

    # taken back, withdrawn by corrected figures, sent empty, asked to be deleted
    browser(school, Role.MENTOR).post(reverse("flags_take_back", args=[undone_by]))
    taken(school, month="2027-01", version=2)
    clients = {role: browser(school, role) for role in school.posts}
    for client in clients.values():
        for answer in (client.post(page), client.delete(page), client.put(page)):
            assert answer.status_code in (200, 404)

    task.refresh_from_db()
    assert (task.to, task.done_at) == (school.account(Role.SCHOOL_COUNSELLOR), None)
    health = shown(clients[Role.SCHOOL_COUNSELLOR])
    assert f"{NAME} · rutinen för ärendet vidare" in health
    told = shown(clients[Role.SCHOOL_COUNSELLOR], page)
    assert "Ingen kan ta bort uppgiften" in told
    for said in (health, told):
        assert "Tredje " in said
        assert "2026/27." in said
    assert f"Hos {task.to.name}, 5 skoldagar kvar." in told
    assert {one.answer for one in Flag.objects.exclude(month="2027-01")} == {Answer.NO_CASE}


def test_the_task_is_decided_with_a_reason_and_what_was_decided_stands(
    school: School, settings: Settings
) -> None:
    three_closed(school, settings)
    task, client = Task.objects.get(), browser(school, Role.SCHOOL_COUNSELLOR)
    page = reverse("case_task", args=[task.public_id])
    version = {"version": str(task.version)}

    asked = client.post(page, {"how": "leave", **version}).content.decode()
    assert "Skriv vad som beslutas och varför." in asked
    assert client.post(page, {"how": "leave", "answer": WHY, **version}).status_code == 302

    task.refresh_from_db()
    assert (task.answer, task.done_by) == (WHY, school.account(Role.SCHOOL_COUNSELLOR))
    assert WHY in shown(browser(school, Role.PRINCIPAL), page)


def test_a_move_that_is_taken_up_leads_to_its_case(school: School, settings: Settings) -> None:
    three_closed(school, settings)
    task, client = Task.objects.get(), browser(school, Role.SCHOOL_COUNSELLOR)
    said = {"how": "take_up", "answer": WHY, "version": str(task.version)}

    answer = client.post(reverse("case_task", args=[task.public_id]), said)

    assert answer["Location"] == reverse("case", args=[Case.objects.get().public_id])


def test_who_works_with_the_whole_school_finds_what_nothing_is_done_for_from_the_flags(
    school: School,
) -> None:
    there = f'href="{reverse("handling")}"'

    assert there in shown(browser(school, Role.PRINCIPAL), reverse("flags"))
    assert there not in shown(browser(school, Role.MENTOR), reverse("flags"))
