"""What the database itself refuses: each rule is tried to be broken past the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.web.consent.conftest import DAY, TWO, Family

from narvaro.web.consent.items import How, Item, State, Who, WhyNotAsked
from narvaro.web.consent.models import Answer, Consent, Reply, SupportOffer

GUARDIAN, PUPIL = Who.GUARDIAN, Who.PUPIL


def consent(family: Family, **more: Any) -> Consent:
    fields: dict[str, Any] = {
        "pupil": family.pupil,
        "receiver": family.offices["social"],
        "purpose": "Ett möte",
        "items": [one.value for one in TWO],
        "from_on": DAY,
        "to_on": DAY + timedelta(days=90),
        "made_by": family.principal.account,
        "made_at": family.now,
    } | more
    return Consent.objects.create(**fields)


def answer(family: Family, of: Consent, **more: Any) -> Answer:
    fields: dict[str, Any] = {
        "consent": of,
        "who": GUARDIAN,
        "guardian": family.guardians[0],
        "state": State.GIVEN,
        "items": of.items,
        "how": How.ORAL,
        "on": DAY,
        "at": family.now,
        "recorded_by": family.principal.account,
    } | more
    return Answer.objects.create(**fields)


def offer(family: Family, **more: Any) -> SupportOffer:
    fields: dict[str, Any] = {
        "pupil": family.pupil,
        "unit": family.offices["social"],
        "what": "Stödsamtal",
        "offered_on": DAY,
        "offered_by": family.principal.account,
        "made_at": family.now,
    } | more
    return SupportOffer.objects.create(**fields)


def test_what_keeps_to_the_rules_is_kept(family: Family) -> None:
    made = consent(family, items=[one.value for one in Item][1:], to_on=DAY + timedelta(days=365))
    answer(family, made)
    answer(family, made, state=State.PARTLY, items=made.items[:1])
    answer(family, made, state=State.REFUSED, items=[])
    answer(family, made, state=State.NOT_ASKED, items=[], how="", why_not_asked="threat")
    answer(family, made, who=PUPIL, guardian=None)
    offer(family, reply=Reply.NONE, replied_on=DAY)

    assert made.answers.count() == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": Item.values},
        {"items": []},
        {"items": {}},
        {"items": "attendance"},
        {"items": ["everything"]},
        {"items": [1]},
        {"items": ["talk", "talk"]},
        {"purpose": ""},
        {"to_on": DAY - timedelta(days=1)},
        {"to_on": DAY + timedelta(days=366)},
    ],
    ids=str,
)
def test_a_consent_to_everything_to_nothing_or_for_ever(
    family: Family, wrong: dict[str, Any]
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        consent(family, **wrong)


def test_a_consent_within_the_authority(family: Family) -> None:
    with pytest.raises(IntegrityError, match="a_consent_is_to_another_authority"):
        consent(family, receiver=family.town.units["bjorkskolan"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ["attendance"]},
        {"items": ["attendance", "talk"]},
        {"items": ["attendance", "steps", "talk"]},
        {"items": ["attendance", "attendance"]},
        {"items": {}},
        {"state": State.PARTLY},
        {"state": State.PARTLY, "items": []},
        {"state": State.REFUSED},
        {"state": State.WITHDRAWN, "items": ["attendance"]},
        {"state": "perhaps", "items": []},
        {"how": ""},
        {"how": "by_look"},
        {"why_not_asked": WhyNotAsked.OTHER},
        {"state": State.NOT_ASKED, "items": [], "how": ""},
        {"state": State.NOT_ASKED, "items": [], "why_not_asked": "other"},
        {"state": State.NOT_ASKED, "items": [], "how": "", "why_not_asked": "dull"},
        {"guardian": None},
        {"who": PUPIL},
        {"who": "neighbour"},
    ],
    ids=str,
)
def test_an_answer_to_what_was_not_asked_or_of_nobody(
    family: Family, wrong: dict[str, Any]
) -> None:
    made = consent(family)

    with pytest.raises(DatabaseError), transaction.atomic():
        answer(family, made, **wrong)


def test_an_answer_of_another_pupils_guardian(family: Family) -> None:
    made = consent(family)
    other = type(family.pupil).objects.create(authority=family.town.authority, key="elev-2")
    stranger = type(family.guardians[0]).objects.create(pupil=other, key="g9")

    with pytest.raises(ValueError, match="not one of the pupil's"):
        answer(family, made, guardian=stranger)


@pytest.mark.parametrize(
    "statement",
    [
        "update consent_consent set purpose = 'x'",
        "update consent_consent set items = '[\"talk\"]'",
        "update consent_consent set to_on = '2027-12-01'",
        "update consent_consent set from_on = '2020-01-01'",
        "update consent_consent set receiver_id = receiver_id + 1",
        "update consent_consent set pupil_id = pupil_id + 1",
        "delete from consent_consent",
        "update consent_answer set state = 'given'",
        "update consent_answer set \"on\" = '2020-01-01'",
        "delete from consent_answer",
    ],
)
def test_what_was_asked_and_answered_is_neither_changed_nor_removed(
    family: Family, statement: str
) -> None:
    made = consent(family)
    answer(family, made, state=State.REFUSED, items=[])

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Consent.objects.get().purpose == "Ett möte"
    assert Answer.objects.get().state == State.REFUSED


def test_the_purpose_cannot_be_read_where_it_lies(family: Family) -> None:
    consent(family)
    offer(family)

    with connection.cursor() as cursor:
        cursor.execute("select purpose from consent_consent")
        assert "möte" not in str(cursor.fetchall())
        cursor.execute("select what from consent_supportoffer")
        assert "Stöd" not in str(cursor.fetchall())


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"reply": Reply.ACCEPTED},
        {"reply": Reply.ACCEPTED, "replied_on": DAY},
        {"reply": Reply.DECLINED, "replied_by": PUPIL},
        {"reply": Reply.ACCEPTED, "replied_on": DAY - timedelta(days=1), "replied_by": PUPIL},
        {"reply": Reply.NONE, "replied_on": DAY, "replied_by": PUPIL},
        {"reply": "maybe", "replied_on": DAY, "replied_by": PUPIL},
        {"replied_on": DAY},
    ],
    ids=str,
)
def test_an_offer_that_is_answered_by_half(family: Family, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        offer(family, **wrong)


def test_the_pupils_own_authority_is_kept_even_if_another_is_given(family: Family) -> None:
    made = consent(family, authority=family.offices["region"].authority)

    assert made.authority == family.town.authority
    assert made.receiver_authority == family.offices["social"].authority


@pytest.mark.django_db
def test_the_tables_under_it_can_be_made_anew_by_a_later_migration() -> None:
    """On SQLite a trigger that names a table of another app would be in the way."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return
        cursor.execute("select name, sql from sqlite_master where type = 'trigger'")
        found = {name: sql for name, sql in cursor.fetchall() if " on consent_" in sql}

    assert found
    assert not [one for one in found if "pupils_" in found[one] or "accounts_" in found[one]]
