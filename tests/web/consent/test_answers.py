"""From a question to what may be shared: asked, answered, changed, taken back, and told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.web.consent.conftest import DAY, TWO, Family

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.consent import actions, registry
from narvaro.web.consent.asking import held, live_items_of
from narvaro.web.consent.items import How, Item, State, Who, WhyNotAsked
from narvaro.web.consent.models import Answer, Consent, Reply, SupportOffer
from narvaro.web.consent.offering import Offer, offer_support, reply_to_support
from narvaro.web.pupils.actions import count_only, hold_letters
from narvaro.web.pupils.models import HeldBack
from narvaro.web.pupils.numbers import encrypt


def live(family: Family, consent: Consent) -> set[Item]:
    return set(live_items_of([consent], at=family.now)[consent.pk])


def test_what_is_asked_for_is_shared_when_both_have_agreed(family: Family) -> None:
    made = family.asked()
    assert live(family, made) == set()

    family.says(made, family.guardians[0], State.GIVEN)
    assert live(family, made) == set()
    family.says(made, family.guardians[1], State.PARTLY, items=[Item.STEPS])

    assert live(family, made) == {Item.STEPS}
    assert Consent.objects.live(family.now).get() == made


def test_one_item_consented_is_exactly_that_and_taken_back_it_is_gone(family: Family) -> None:
    made = family.agreed(items=[Item.ATTENDANCE])
    assert live(family, made) == {Item.ATTENDANCE}

    actions.withdraw(made, family.guardians[0], how=How.ORAL, by=family.principal, at=family.now)

    assert live(family, made) == set()
    assert not Consent.objects.live(family.now).exists()
    assert held(made, at=family.now) == frozenset()


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": list(Item)},
        {"items": []},
        {"purpose": "  "},
        {"to_on": DAY - timedelta(days=1)},
        {"to_on": DAY + timedelta(days=366)},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked(family: Family, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        family.asked(**wrong)
    with pytest.raises(Refused):
        family.asked(receiver=family.town.units["bjorkskolan"])

    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.WITHDRAWN},
        {"state": State.PARTLY},
        {"state": State.PARTLY, "items": [Item.TALK]},
        {"state": State.PARTLY, "items": TWO},
        {"state": State.GIVEN, "how": None},
        {"state": State.GIVEN, "on": DAY + timedelta(days=1)},
        {"state": State.NOT_ASKED},
        {"state": State.NOT_ASKED, "why_not_asked": WhyNotAsked.THREAT},
    ],
    ids=str,
)
def test_an_answer_that_cannot_be(family: Family, wrong: dict[str, object]) -> None:
    made = family.asked()

    with pytest.raises(Refused):
        family.says(made, family.guardians[0], **wrong)  # type: ignore[arg-type]

    assert not Answer.objects.exists()


def test_who_has_answered_is_not_passed_over_as_not_asked_but_custody_can_end(
    family: Family,
) -> None:
    ada, bo = family.guardians
    made = family.agreed()

    with pytest.raises(Refused):
        family.says(made, bo, State.NOT_ASKED, why_not_asked=WhyNotAsked.NOT_REACHED)
    with pytest.raises(Refused):
        family.says(made, None, State.NOT_ASKED, why_not_asked=WhyNotAsked.NO_CUSTODY)
    family.says(made, bo, State.NOT_ASKED, why_not_asked=WhyNotAsked.NO_CUSTODY)

    assert live(family, made) == set(TWO)
    actions.withdraw(made, ada, how=How.WRITTEN, by=family.principal, at=family.now)
    assert live(family, made) == set()


def test_a_guardian_who_is_a_threat_is_recorded_as_not_asked_and_asked_nothing(
    family: Family,
) -> None:
    ada, bo = family.guardians
    hold_letters(bo, HeldBack.THREAT, by=family.principal, at=family.now)
    bo.refresh_from_db()
    made = family.asked()

    recorded = made.answers.get()
    assert (recorded.guardian, recorded.state) == (bo, State.NOT_ASKED)
    assert recorded.why_not_asked == WhyNotAsked.THREAT
    with pytest.raises(Refused, match="ska inte frågas"):
        family.says(made, bo, State.GIVEN)
    family.says(made, ada, State.GIVEN)

    assert live(family, made) == set(TWO)
    hold_letters(bo, HeldBack.NO, by=family.principal, at=family.now)
    assert live(family, made) == set()


def test_a_guardian_who_is_shielded_is_asked_like_anyone(family: Family) -> None:
    hold_letters(family.guardians[0], HeldBack.SHIELDED, by=family.principal, at=family.now)

    made = family.asked()
    family.says(made, family.guardians[1], State.GIVEN)

    assert live(family, made) == set()
    family.says(made, family.guardians[0], State.GIVEN)
    assert live(family, made) == set(TWO)


def test_from_the_eighteenth_birthday_only_the_pupils_own_answer_counts(family: Family) -> None:
    family.pupil.number_encrypted = encrypt("20081213-TF01")
    family.pupil.save()
    made = family.agreed()
    assert live(family, made) == set(TWO)

    family.day = date(2026, 12, 13)
    assert live(family, made) == set()
    family.says(made, None, State.PARTLY, items=[Item.ATTENDANCE])

    assert live(family, made) == {Item.ATTENDANCE}


def test_of_a_pupil_whose_age_is_not_known_everybody_has_to_agree(family: Family) -> None:
    family.pupil.number_encrypted = b""
    family.pupil.save()
    made = family.agreed()
    assert live(family, made) == set()

    family.says(made, None, State.GIVEN)

    assert live(family, made) == set(TWO)


def test_it_ends_after_its_last_day(family: Family) -> None:
    made = family.agreed(to_on=DAY + timedelta(days=20))

    family.day = DAY + timedelta(days=20)
    assert live(family, made) == set(TWO)
    family.day = DAY + timedelta(days=21)
    assert live(family, made) == set()


def test_the_second_of_two_who_record_is_told_and_a_withdrawal_never_is(family: Family) -> None:
    ada, bo = family.guardians
    made = family.asked()
    seen = Consent.objects.get()
    family.says(made, ada, State.GIVEN)

    with pytest.raises(ChangedMeanwhile):
        family.says(seen, bo, State.GIVEN)
    actions.withdraw(seen, ada, how=How.ORAL, by=family.principal, at=family.now)

    assert [one.state for one in made.answers.all()] == [State.GIVEN, State.WITHDRAWN]


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    found: list[tuple[str, str]] = []

    def taker(consent: Consent, _at: object, _by: Viewer) -> None:
        latest = consent.answers.order_by("pk").last()
        found.append((consent.public_id, "" if latest is None else latest.state))

    registry.offer_withdrawn(taker, locks=lambda _consent: None)
    yield found
    registry.WITHDRAWN.pop()


def test_what_is_built_on_it_is_told_of_every_answer_that_takes_something_back(
    family: Family, told: list[tuple[str, str]]
) -> None:
    ada, bo = family.guardians
    made = family.agreed()
    assert told == []

    family.says(made, bo, State.PARTLY, items=[Item.STEPS])
    family.says(made, None, State.REFUSED)
    actions.withdraw(made, ada, how=How.ORAL, by=family.principal, at=family.now)

    assert [state for _, state in told] == [State.PARTLY, State.REFUSED, State.WITHDRAWN]
    assert {public_id for public_id, _ in told} == {made.public_id}


def _noting(name: str, done: list[str]) -> None:
    def locks(_consent: Consent) -> None:
        done.append(f"{name} locks")

    def tells(*_: object) -> None:
        done.append(f"{name} tells")

    registry.offer_withdrawn(tells, locks=locks)


def test_everybodys_rows_are_locked_before_the_first_writes_the_log(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = family.agreed()
    done: list[str] = []
    monkeypatch.setattr(registry, "WITHDRAWN", [])
    for name in ("first", "second"):
        _noting(name, done)

    family.says(made, family.guardians[1], State.REFUSED)

    assert done == ["first locks", "second locks", "first tells", "second tells"]


def test_a_taker_that_fails_undoes_the_answer_and_its_entry(family: Family) -> None:
    made = family.agreed()
    entries = Entry.objects.count()

    def broken(*_: object) -> None:
        raise RuntimeError

    registry.offer_withdrawn(broken, locks=lambda _consent: None)
    try:
        with pytest.raises(RuntimeError):
            actions.withdraw(
                made, family.guardians[0], how=How.ORAL, by=family.principal, at=family.now
            )
    finally:
        registry.WITHDRAWN.pop()

    assert live(family, made) == set(TWO)
    assert Entry.objects.count() == entries


def test_the_log_has_ids_and_words_of_ours_and_nothing_of_what_was_written(
    family: Family,
) -> None:
    made = family.agreed()
    entries = Entry.objects.order_by("number")

    assert [one.action for one in entries] == [
        "consent.ask", "consent.answer", "consent.answer",
    ]  # fmt: skip
    assert f"consent:{made.public_id}" in entries[0].subjects
    assert [one.reason for one in entries] == ["", "given", "given"]
    assert "Ada" not in str(list(entries.values()))
    assert "möte" not in str(list(entries.values()))


def test_many_consents_are_asked_of_in_three_questions(
    family: Family, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        family.agreed()

    with django_assert_num_queries(3):
        found = live_items_of(Consent.objects.all(), at=family.now)

    assert set(found.values()) == {frozenset(TWO)}


def seen(family: Family, role: Role, at: str) -> int:
    viewer = family.somebody(role, at)
    return Consent.objects.visible_to(viewer, "consent.list").count()


def test_the_schools_side_sees_it_and_nobody_else(family: Family) -> None:
    family.agreed()
    family.town.units["office"] = family.offices["social"]

    assert seen(family, Role.PRINCIPAL, "almskolan") == 1
    assert seen(family, Role.SCHOOL_COUNSELLOR, "almskolan") == 1
    assert seen(family, Role.MENTOR, "almskolan/7B") == 1
    assert seen(family, Role.MENTOR, "almskolan/8A") == 0
    assert seen(family, Role.TEACHER, "almskolan/7B") == 0
    assert seen(family, Role.PRINCIPAL, "bjorkskolan") == 0
    assert seen(family, Role.COORDINATOR, "linnasa") == 0
    assert seen(family, Role.AGENCY_CONTACT, "office") == 0


def test_a_protected_pupils_consents_are_for_the_list_only(family: Family) -> None:
    family.agreed()
    family.pupil.protection = "marked"
    family.pupil.save()
    viewer = family.principal
    assert not Consent.objects.visible_to(viewer, "consent.list").exists()

    family.pupil.access_list.create(account=viewer.account, decided_by=viewer.account, from_on=DAY)

    assert Consent.objects.visible_to(viewer, "consent.list").exists()


def test_a_pupil_who_is_counted_only_has_no_guardians_and_shares_nothing(family: Family) -> None:
    made = family.agreed()

    count_only([family.pupil], by=family.principal, at=family.now)

    assert live(family, Consent.objects.get(pk=made.pk)) == set()
    assert made.answers.count() == 2


def test_an_accepted_offer_of_support_lets_nothing_through(family: Family) -> None:
    made = family.asked()
    offer = offer_support(
        family.pupil,
        Offer(family.offices["social"], "Stödsamtal", DAY),
        by=family.principal,
        at=family.now,
    )

    reply_to_support(
        offer,
        Reply.ACCEPTED,
        who=Who.GUARDIAN,
        on=DAY,
        version=1,
        by=family.principal,
        at=family.now,
    )

    assert SupportOffer.objects.get().get_reply_display() == "tackade ja"
    assert live(family, made) == set()


def test_an_offer_is_answered_once_by_whom_its_form_showed_it_to(family: Family) -> None:
    by, at = family.principal, family.now
    offer = offer_support(
        family.pupil, Offer(family.offices["social"], "Stödsamtal", DAY), by=by, at=at
    )
    reply_to_support(offer, Reply.NONE, who=None, on=DAY, version=1, by=by, at=at)

    with pytest.raises(ChangedMeanwhile):
        reply_to_support(offer, Reply.NONE, who=None, on=DAY, version=1, by=by, at=at)
    with pytest.raises(Refused):
        reply_to_support(offer, Reply.ACCEPTED, who=None, on=DAY, version=2, by=by, at=at)
    with pytest.raises(Refused):
        offer_support(family.pupil, Offer(offer.unit, " ", DAY), by=by, at=at)
