"""The database refuses what has no ground, and any change of what was told; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.web.disclosures.conftest import DAY, NOON, Meeting

from narvaro.web.consent.items import Item
from narvaro.web.disclosures.actions import end, note_look
from narvaro.web.disclosures.grounds import Because, Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure


def row(meeting: Meeting, **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "pupil": meeting.pupil,
        "receiver": meeting.office,
        "ground": Ground.DUTY,
        "paragraph": "Påhittad lag 1 kap. 2 §",
        "purpose": "Samordna",
        "item_count": 1,
        "made_by": meeting.principal.account,
        "made_as": "principal",
        "made_at": NOON,
        "until_on": DAY + timedelta(days=30),
    }
    return fields | more


@pytest.mark.parametrize(
    "wrong",
    [
        {"paragraph": ""},
        {"ground": Ground.CONSENT},
        {"ground": Ground.CONSENT, "paragraph": ""},
        {"ground": Ground.HARM_TEST, "paragraph": ""},
        {"ground": Ground.HARM_TEST, "paragraph": "", "reasoning": ""},
        {"ground": ""},
        {"ground": "because"},
        {"purpose": ""},
        {"item_count": 0},
        {"ended_at": NOON},
        {"ended_because": Because.DONE},
    ],
)
def test_the_database_refuses_a_disclosure_without_its_ground(
    meeting: Meeting, wrong: dict[str, Any]
) -> None:
    Disclosure.objects.create(**row(meeting, key="a-good-one"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.create(**row(meeting, **wrong))


def test_a_consent_is_the_ground_of_consent_alone(meeting: Meeting) -> None:
    consent = meeting.given()

    for ground in (Ground.DUTY, Ground.HARM_TEST):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.create(**row(meeting, ground=ground, consent=consent, reasoning="x"))


@pytest.mark.parametrize(
    "statement",
    [
        "update disclosures_disclosure set until_on = '2030-01-01'",
        "update disclosures_disclosure set ground = 'harm_test', paragraph = '', reasoning = 'x'",
        "update disclosures_disclosure set receiver_id = (select max(id) from accounts_unit)",
        "update disclosures_disclosure set item_count = 2",
        "update disclosures_disclosure set for_protected = not for_protected",
        "update disclosures_disclosure set ended_at = null, ended_by_id = null, ended_because = ''",
        "delete from disclosures_disclosure",
        "update disclosures_disclosed set content_sealed = 'x'",
        "update disclosures_disclosed set item = 'contact'",
        "delete from disclosures_disclosed",
        "update disclosures_looked set items = '[]'",
        "delete from disclosures_looked",
    ],
)
def test_what_was_told_is_never_changed_and_never_removed(meeting: Meeting, statement: str) -> None:
    made = meeting.told(meeting.wish())
    note_look(made, ["attendance"], by=meeting.agency, at=NOON)
    end(made, Because.DONE, by=meeting.school, at=NOON)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_ending_is_the_one_change_and_nothing_else_goes_with_it(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())
    ended = {"ended_at": NOON, "ended_by": meeting.principal.account, "ended_because": "done"}

    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=made.pk).update(**ended, until_on=DAY)
    Disclosure.objects.filter(pk=made.pk).update(**ended)

    assert Disclosure.objects.get().is_ended


def test_nothing_is_added_to_what_was_told(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())

    with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
        Disclosed.objects.create(
            disclosure=made, item=Item.CONTACT, content_sealed="{}", content_hash="x"
        )
    empty = Disclosure.objects.create(**row(meeting))
    end(empty, Because.MISTAKE, by=meeting.school, at=NOON)
    with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
        Disclosed.objects.create(
            disclosure=empty, item=Item.CONTACT, content_sealed="{}", content_hash="x"
        )


@pytest.mark.parametrize("empty", ["content_sealed", "content_hash"])
def test_a_disclosed_item_shows_something(meeting: Meeting, empty: str) -> None:
    made = Disclosure.objects.create(**row(meeting))
    fields = {"content_sealed": "{}", "content_hash": "x"} | {empty: ""}

    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosed.objects.create(disclosure=made, item=Item.CONTACT, **fields)


def test_nothing_that_was_told_can_be_read_where_it_lies(meeting: Meeting) -> None:
    meeting.told(
        meeting.wish(ground=Ground.HARM_TEST, paragraph="", reasoning="Ingen lider men av det")
    )

    with connection.cursor() as cursor:
        cursor.execute("select * from disclosures_disclosure")
        lying = str(cursor.fetchall())
        cursor.execute("select * from disclosures_disclosed")
        lying += str(cursor.fetchall())

    assert "men av det" not in lying
    assert "Samordna" not in lying
    assert "Rad om" not in lying
