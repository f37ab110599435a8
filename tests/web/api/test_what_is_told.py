"""Programs are told keys, dates and words of those in reach, page by page, and the log knows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator
from tests.web.api.conftest import Filled, program
from tests.web.api.things import NOON, WORDS

from narvaro.timetable import local_day
from narvaro.web.accounts.roles import Role
from narvaro.web.api import resources
from narvaro.web.api.models import Change
from narvaro.web.api.openapi import document
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases.models import Case, Task
from narvaro.web.inbox.models import Flag
from narvaro.web.pupils.models import Access, Protection, Pupil

LISTS = ("/api/v1/flags", "/api/v1/cases", "/api/v1/tasks")


def every_address(filled: Filled) -> list[str]:
    one = f"/api/v1/cases/{filled.case.public_id}"
    return [*LISTS, one, f"{one}/steps"]


def test_each_answer_is_as_the_description_says(filled: Filled) -> None:
    described = document()
    for url in every_address(filled):
        answer = filled.asked(Role.PRINCIPAL, url)
        name = url.replace(filled.case.public_id, "{case}")
        said = described["paths"][name]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**said["schema"], "components": described["components"]}

        assert list(Draft202012Validator(schema).iter_errors(answer.json())) == []


def test_no_name_text_or_number_is_told(filled: Filled) -> None:
    pupil = filled.school.pupil
    pupil.given_name, pupil.family_name, pupil.number_index = "Åsa", "Öbergsdotter", "9" * 12
    pupil.save()
    owner = filled.case.owner
    hidden = [WORDS, "Åsa", "Öbergsdotter", "9" * 12, owner.name, owner.email, pupil.key]
    for url in every_address(filled):
        said = json.dumps(filled.asked(Role.PRINCIPAL, url).json(), ensure_ascii=False)

        assert pupil.public_id in said or url.endswith("/steps")
        assert [
            word for word in hidden if f'"{word}"' in said or (len(word) > 6 and word in said)
        ] == []


def test_no_field_comes_from_a_text_or_a_name() -> None:
    told = {field.source.rpartition("__")[2] for one in resources.EVERY for field in one.fields}

    written = {"reason", "reason_sv", "reason_en", "about", "answer_text", "opening_words"}
    assert (
        told & (written | {"closing_reason", "name", "given_name", "family_name", "text"}) == set()
    )
    assert "answer" not in [one.source for one in resources.TASKS.fields]


@pytest.mark.parametrize("is_listed", [False, True])
def test_a_protected_pupil_is_in_no_answer(filled: Filled, is_listed: bool) -> None:
    Pupil.objects.update(protection=Protection.MARKED)
    if is_listed:
        account = filled.school.account(Role.PRINCIPAL)
        Access.objects.create(
            pupil=filled.school.pupil, account=account, decided_by=account, from_on=NOON.date()
        )

    assert [filled.items(Role.PRINCIPAL, url) for url in LISTS] == [[], [], []]
    for url in every_address(filled)[3:]:
        assert filled.asked(Role.PRINCIPAL, url).status_code == 404


def test_the_log_knows_which_pupils_were_told_of(filled: Filled) -> None:
    for url in every_address(filled):
        filled.asked(Role.PRINCIPAL, url)
        entry = Entry.objects.order_by("number").last()

        assert entry is not None
        assert entry.subjects == [f"pupil:{filled.school.pupil.public_id}"]
        assert (entry.kind, entry.account) == (
            Kind.EXPORT,
            filled.school.account(Role.PRINCIPAL).public_id,
        )


def test_pages_follow_each_other_until_nothing_is_left(filled: Filled) -> None:
    filled.more(4)
    seen: list[Any] = []
    cursor: dict[str, str] = {}
    for _ in range(5):
        said = filled.asked(Role.PRINCIPAL, "/api/v1/cases", limit="2", **cursor).json()
        seen += [one["id"] for one in said["items"]]
        if said["next"] is None:
            break
        cursor = {"cursor": said["next"]}

    assert seen == list(Case.objects.order_by("pk").values_list("public_id", flat=True))


@pytest.mark.parametrize("url", LISTS)
def test_a_page_costs_as_many_questions_however_much_is_on_it(filled: Filled, url: str) -> None:
    _questions(filled, url)  # the log's first entry makes the log
    few = _questions(filled, url)
    filled.more(20)

    assert _questions(filled, url) == few


def _questions(filled: Filled, url: str) -> int:
    asking = program(filled.school.posts[Role.PRINCIPAL])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert asking.get(url).status_code == 200
    return len(asked)


def test_what_was_changed_since_a_moment(filled: Filled) -> None:
    for url in every_address(filled)[:3]:
        (one,) = filled.items(Role.PRINCIPAL, url)
        at = datetime.fromisoformat(one["changed_at"])
        after = (at + timedelta(seconds=1)).isoformat()

        assert len(filled.items(Role.PRINCIPAL, url, changed_since=at.isoformat())) == 1
        assert filled.items(Role.PRINCIPAL, url, changed_since=after) == []


def test_a_change_of_a_step_is_a_change_of_its_case(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime(2030, 1, 10, 11, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: later)
    filled.case.steps.get().save()

    found = filled.items(Role.PRINCIPAL, "/api/v1/cases", changed_since=later.isoformat())
    assert [one["changed_at"] for one in found] == ["2030-01-10T11:00:00Z"]


def test_what_was_there_before_changes_were_noted_has_its_own_moments(filled: Filled) -> None:
    Change.objects.all().delete()

    for url in every_address(filled)[:3]:
        (one,) = filled.items(Role.PRINCIPAL, url)
        assert one["changed_at"] == NOON.isoformat().replace("+00:00", "Z")


def test_nothing_of_a_later_day_is_told(filled: Filled) -> None:
    tomorrow = local_day(datetime.now(UTC)) + timedelta(days=1)
    Case.objects.update(opened_on=tomorrow)
    Task.objects.update(made_on=tomorrow)
    Flag.objects.update(taken_on=tomorrow)

    for url in every_address(filled)[:3]:
        assert filled.items(Role.PRINCIPAL, url) == []


def test_states_and_schools(filled: Filled) -> None:
    assert len(filled.items(Role.PRINCIPAL, "/api/v1/flags", state="unanswered")) == 1
    assert filled.items(Role.PRINCIPAL, "/api/v1/flags", state="withdrawn") == []
    assert filled.items(Role.PRINCIPAL, "/api/v1/cases", state="closed") == []
    for role in (Role.PRINCIPAL, Role.MENTOR):
        assert len(filled.items(role, "/api/v1/cases", school="almskolan")) == 1
        before = Entry.objects.filter(kind=Kind.REFUSED).count()
        other = filled.asked(role, "/api/v1/cases", school="bjorkskolan")
        assert other.status_code == 404
        assert Entry.objects.filter(kind=Kind.REFUSED).count() == before + 1
