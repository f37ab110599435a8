"""What the tables of reasons and help promise, tried to be broken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.web.conftest import Town
from tests.web.registration.school_weeks import NOON, TODAY

from narvaro.web.accounts.models import Assignment
from narvaro.web.figures.models import Explanation, HelpNote, HelpTopic, Reason


def reason(teacher: Assignment, **more: Any) -> Explanation:
    assert teacher.account is not None
    told: dict[str, Any] = {
        "authority": teacher.unit.authority,
        "school_key": "almskolan",
        "source": "files",
        "lesson_key": "ma",
        "lesson_on": TODAY,
        "reason": Reason.OUTING,
        "noted_by": teacher.account,
        "noted_at": NOON,
    }
    made: Explanation = Explanation.objects.create(**(told | more))
    return made


def note(town: Town, teacher: Assignment, **more: Any) -> HelpNote:
    assert teacher.account is not None
    told: dict[str, Any] = {
        "unit": town.units["almskolan"],
        "topic": HelpTopic.OTHER,
        "text": "Visade hur man gör",
        "given_by": teacher.account,
        "given_on": TODAY,
        "noted_at": NOON,
    }
    made: HelpNote = HelpNote.objects.create(**(told | more))
    return made


def test_a_lesson_has_one_standing_reason_and_any_number_taken_back(teacher: Assignment) -> None:
    reason(teacher, taken_back_at=NOON, taken_back_by=teacher.account)
    reason(teacher)

    with (
        pytest.raises(IntegrityError, match=r"lesson_key|a_lesson_has_one_standing_explanation"),
        transaction.atomic(),
    ):
        reason(teacher)


def test_a_reason_taken_back_says_by_whom(teacher: Assignment) -> None:
    with (
        pytest.raises(IntegrityError, match="an_explanation_taken_back_says_by_whom"),
        transaction.atomic(),
    ):
        reason(teacher, taken_back_at=NOON)


def test_help_says_what_was_done(town: Town, teacher: Assignment) -> None:
    with pytest.raises(IntegrityError, match="help_says_what_was_done"), transaction.atomic():
        note(town, teacher, text="")


@pytest.mark.parametrize("days", [0, -1])
def test_resolved_help_says_by_whom_and_not_before_it_was_noted(
    town: Town, teacher: Assignment, days: int
) -> None:
    by = teacher.account if days else None
    wrong = {"resolved_at": NOON + timedelta(days=days), "resolved_by": by}

    with pytest.raises(IntegrityError, match="resolved_help_says_by_whom"), transaction.atomic():
        note(town, teacher, **wrong)
