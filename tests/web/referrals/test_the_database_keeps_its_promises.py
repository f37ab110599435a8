"""What was asked and what happened stands: each promise of the database, with a try to break it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.web.referrals.conftest import QUESTION, Around

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.audit.models import Entry
from narvaro.web.referrals import actions
from narvaro.web.referrals.models import Moment, Referral
from narvaro.web.referrals.words import Happening, State


def row(around: Around, **more: Any) -> dict[str, Any]:
    by = around.principal
    return {
        "case": around.case,
        "pupil": around.case.pupil,
        "authority": around.case.authority,
        "receiver": around.social.unit,
        "question": QUESTION,
        "made_at": by.now,
        "made_on": by.today,
        "made_by": by.account,
    } | more


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_prepared_referral_has_begun_its_history_and_the_log_knows_no_words(
    around: Around,
) -> None:
    made = around.prepared()

    assert made.state == State.PREPARED
    assert [one.what for one in made.moments.all()] == [Happening.PREPARE]
    said = Entry.objects.get(action="referrals.prepare")
    assert f"referral:{made.public_id}" in said.subjects
    assert QUESTION not in str(said.subjects) + said.reason


def test_the_question_lies_sealed(around: Around) -> None:
    made = around.prepared()

    with connection.cursor() as cursor:
        cursor.execute("select question from referrals_referral")
        (kept,) = cursor.fetchone()
    assert "familjen" not in kept
    assert Referral.objects.get(pk=made.pk).question == QUESTION


def test_a_case_has_one_open_referral_to_a_unit(around: Around) -> None:
    around.prepared()

    with pytest.raises(Refused):
        around.prepared()
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(**row(around))
    around.prepared(around.psychiatry.unit)


def test_a_withdrawn_one_leaves_room_for_another(around: Around) -> None:
    made, by = around.prepared(), around.principal
    actions.withdraw(made, why="Hemmet vill vänta.", version=1, by=by, at=by.now)

    assert around.prepared().is_open


def test_the_second_of_two_who_take_it_back_is_told(around: Around) -> None:
    made, by = around.prepared(), around.principal
    actions.withdraw(made, why="Hemmet vill vänta.", version=1, by=by, at=by.now)

    with pytest.raises(ChangedMeanwhile):
        actions.withdraw(made, why="Samma sak.", version=1, by=by, at=by.now)


def test_who_takes_it_back_says_why(around: Around) -> None:
    made, by = around.prepared(), around.principal

    with pytest.raises(Refused):
        actions.withdraw(made, why=" ", version=1, by=by, at=by.now)
    assert Referral.objects.get(pk=made.pk).state == State.PREPARED


def test_a_referral_never_goes_to_the_own_authority(around: Around) -> None:
    own = around.school.town.units["bjorkskolan"]

    with pytest.raises(Refused):
        around.prepared(own)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.create(**row(around, receiver=own))


def test_help_is_not_asked_of_a_school(around: Around) -> None:
    with pytest.raises(Refused):
        around.prepared(around.other_school.unit)


@pytest.mark.parametrize("change", ["question = 'x'", "receiver_id = receiver_id + 1"])
def test_what_is_asked_never_changes(around: Around, change: str) -> None:
    around.prepared()

    refused(f"update referrals_referral set {change}")


@pytest.mark.parametrize(
    "sql", ["update referrals_moment set what = 'send'", "delete from referrals_moment"]
)
def test_what_happened_never_changes(around: Around, sql: str) -> None:
    around.prepared()

    refused(sql)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("who_declines_a_referral_says_why", {"what": Happening.DECLINE}),
        ("who_takes_a_referral_back_says_why", {"what": Happening.WITHDRAW}),
        ("moments_of_a_referral_follow_each_other", {"what": Happening.SEE, "number": 1}),
    ],
)
def test_a_moment_without_what_it_needs_is_refused(
    around: Around, name: str, more: dict[str, Any]
) -> None:
    made, by = around.prepared(), around.principal
    given = {"number": 2, "side": "sender", "at": by.now, "on": by.today, "by": by.account} | more

    with pytest.raises(IntegrityError) as refused_by, transaction.atomic():
        Moment.objects.create(referral=made, **given)
    assert name in str(refused_by.value) or connection.vendor == "sqlite"


def test_a_sent_referral_has_a_last_day(around: Around) -> None:
    made = around.prepared()

    refused(f"update referrals_referral set state = 'sent' where id = {made.pk}")
