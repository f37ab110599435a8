"""What another authority can read, at each moment: exactly what is consented, and only there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.web.disclosures.conftest import ASKED, DAY, HOUR, NOON, Meeting

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Authority, AuthorityKind, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.consent.items import Item, State
from narvaro.web.disclosures.actions import disclose, end, preview
from narvaro.web.disclosures.grounds import Because, Ground
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.disclosures.registry import ENDED
from narvaro.web.disclosures.wishes import ConsentIsGone, ContentHasChanged
from narvaro.web.pupils.models import Protection

LATER = NOON + HOUR


def test_nothing_is_seen_then_exactly_one_item_then_nothing(meeting: Meeting) -> None:
    assert meeting.reads() == set()
    consent = meeting.given()
    assert meeting.reads() == set()  # a consent by itself shows nothing

    made = meeting.told(meeting.wish(consent, items=frozenset({Item.STEPS})))
    assert meeting.reads() == {"steps"}
    assert list(Disclosure.objects.live_for(meeting.agency, NOON)) == [made]

    meeting.answer(consent, meeting.mother, State.WITHDRAWN, at=LATER)
    assert meeting.reads(now=LATER) == set()
    assert not Disclosure.objects.live_for(meeting.seen_by(meeting.social_worker, LATER), LATER)


def test_one_who_takes_back_a_part_leaves_the_rest(meeting: Meeting) -> None:
    consent = meeting.given()
    meeting.told(meeting.wish(consent, items=frozenset(ASKED)))

    meeting.answer(consent, meeting.father, State.PARTLY, items=[Item.STEPS], at=LATER)

    assert meeting.reads(now=LATER) == {"steps"}
    assert not Disclosure.objects.get().is_ended


def test_the_ground_is_asked_for_when_it_is_read_and_no_mark_is_kept(meeting: Meeting) -> None:
    consent = meeting.given(to_on=DAY + timedelta(days=3))
    meeting.told(meeting.wish(consent, until_on=DAY + timedelta(days=3)))

    assert meeting.reads(now=NOON + timedelta(days=3)) == {"attendance"}
    assert meeting.reads(now=NOON + timedelta(days=4)) == set()


def test_what_ended_with_its_consent_does_not_come_back_with_a_new_yes(meeting: Meeting) -> None:
    consent = meeting.given()
    made = meeting.told(meeting.wish(consent))
    meeting.answer(consent, meeting.mother, State.WITHDRAWN, at=LATER)

    meeting.answer(consent, meeting.mother, State.GIVEN, at=LATER + HOUR)

    assert meeting.reads(now=LATER + 2 * HOUR) == set()
    made.refresh_from_db()
    assert made.ended_because == Because.WITHDRAWN


def test_a_consent_withdrawn_between_preview_and_send_is_refused(meeting: Meeting) -> None:
    consent = meeting.given()
    wish = meeting.wish(consent)
    seen = preview(wish, by=meeting.school, at=NOON).seen
    meeting.answer(consent, meeting.mother, State.WITHDRAWN, at=NOON)

    with pytest.raises(ConsentIsGone):
        disclose(wish, seen=seen, key="k", by=meeting.school, at=NOON)

    assert not Disclosure.objects.exists()


def test_what_changed_between_preview_and_send_is_looked_at_again(
    meeting: Meeting, lines: dict[Item, str]
) -> None:
    wish = meeting.wish()
    seen = preview(wish, by=meeting.school, at=NOON).seen
    lines[Item.ATTENDANCE] = "Något annat"

    with pytest.raises(ContentHasChanged):
        disclose(wish, seen=seen, key="k", by=meeting.school, at=NOON)
    again = preview(wish, by=meeting.school, at=NOON).seen
    disclose(wish, seen=again, key="k", by=meeting.school, at=NOON)

    lines[Item.ATTENDANCE] = "Och senare något tredje"
    assert Disclosed.objects.get().content["parts"][0]["lines"] == ["Något annat"]


def test_the_same_form_sent_twice_is_one_disclosure(meeting: Meeting) -> None:
    first = meeting.told(meeting.wish(), key="once")
    second = meeting.told(meeting.wish(), key="once")

    assert first == second
    assert Entry.objects.filter(action="disclosures.send").count() == 1


def test_a_key_of_somebody_else_is_refused(meeting: Meeting) -> None:
    meeting.told(meeting.wish(), key="once")
    other = meeting.seen_by(meeting.town.somebody(Role.PRINCIPAL, "almskolan"))
    seen = preview(meeting.wish(), by=other, at=NOON).seen

    with pytest.raises(Refused):
        disclose(meeting.wish(), seen=seen, key="once", by=other, at=NOON)


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.PARTLY])
def test_nothing_is_sent_by_a_consent_that_not_everybody_gave(
    meeting: Meeting, state: State
) -> None:
    consent = meeting.given()
    meeting.answer(consent, meeting.father, state, items=[Item.STEPS], at=NOON)

    with pytest.raises(ConsentIsGone):
        meeting.told(meeting.wish(consent))


def test_a_consent_for_somebody_else_or_to_somebody_else_is_no_ground(meeting: Meeting) -> None:
    consent = meeting.given()

    with pytest.raises(Refused, match="annan mottagare"):
        meeting.told(meeting.wish(consent, receiver=meeting.other_office))
    with pytest.raises(ConsentIsGone):
        meeting.told(meeting.wish(consent, items=frozenset({Item.CONTACT})))


def test_a_row_whose_consent_does_not_fit_shows_nothing(meeting: Meeting) -> None:
    consent = meeting.given(receiver=meeting.other_office)
    made = meeting.told(meeting.wish(consent, receiver=meeting.other_office))
    stray = Disclosure.objects.create(
        pupil=meeting.pupil, receiver=meeting.office, ground=Ground.CONSENT, consent=consent,
        purpose="x", item_count=1, made_by=meeting.decides, made_as="principal",
        made_at=NOON, until_on=DAY,
    )  # fmt: skip
    whole = made.items.get()
    Disclosed.objects.create(
        disclosure=stray, item=whole.item, content_sealed="{}", content_hash="x"
    )

    assert meeting.reads() == set()
    assert meeting.reads(meeting.contact(meeting.other_office)) == {"attendance"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"items": frozenset()}, "Välj vad"),
        ({"paragraph": "  "}, "lagrummet"),
        ({"ground": Ground.HARM_TEST, "paragraph": "", "reasoning": " "}, "lider men"),
        ({"ground": Ground.CONSENT}, "Samtycket"),
        ({"purpose": " "}, "användas till"),
        ({"until_on": DAY - timedelta(days=1)}, "sista dag"),
        ({"until_on": DAY + timedelta(days=367)}, "sista dag"),
    ],
)
def test_a_wish_without_its_ground_is_refused_in_words(
    meeting: Meeting, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        meeting.told(meeting.wish(**wrong))


def test_it_is_never_read_longer_than_the_consent_lasts(meeting: Meeting) -> None:
    consent = meeting.given(to_on=DAY + timedelta(days=3))

    with pytest.raises(Refused, match="samtyckets sista dag"):
        meeting.told(meeting.wish(consent, until_on=DAY + timedelta(days=4)))


def test_within_the_own_authority_nothing_is_disclosed(meeting: Meeting) -> None:
    with pytest.raises(Refused, match="annan myndighet"):
        meeting.told(meeting.wish(receiver=meeting.town.units["bjorkskolan"]))


def test_by_a_duty_until_its_day_or_until_it_is_ended(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())
    assert meeting.reads(now=NOON + timedelta(days=30)) == {"attendance"}
    assert meeting.reads(now=NOON + timedelta(days=31)) == set()
    assert meeting.reads(now=NOON - HOUR) == set()  # on a day of the demo before it was told

    told: list[Disclosure] = []
    ENDED.append(lambda one, _at, _by: told.append(one))
    try:
        end(made, Because.MISTAKE, by=meeting.school, at=LATER)
    finally:
        ENDED.pop()

    assert meeting.reads(now=LATER) == set()
    assert told == [made]
    with pytest.raises(Refused, match="redan"):
        end(made, Because.DONE, by=meeting.school, at=LATER)


def test_only_who_serves_at_that_very_unit_on_that_day(meeting: Meeting) -> None:
    meeting.told(meeting.wish())
    elsewhere = meeting.contact(meeting.other_office)
    left = meeting.contact(meeting.office, to_on=DAY - timedelta(days=1))
    comes = meeting.contact(meeting.office, from_on=DAY + timedelta(days=1))
    leader = meeting.contact(meeting.office, role=Role.ANALYST)

    assert meeting.reads() == {"attendance"}
    for one in (elsewhere, left, comes, leader, meeting.principal):
        assert meeting.reads(one) == set()


def test_who_has_changed_employer_takes_nothing_along(meeting: Meeting) -> None:
    meeting.told(meeting.wish())
    region = Authority.objects.create(name="Region", kind=AuthorityKind.REGION)
    ward = Unit.objects.create(authority=region, kind=UnitKind.OFFICE, name="Mottagningen")
    moved = meeting.contact(ward, account=meeting.social_worker.account)
    meeting.social_worker.to_on = DAY - timedelta(days=1)
    meeting.social_worker.save()

    assert meeting.reads(moved) == set()
    assert meeting.reads() == set()


def test_a_principal_of_another_school_authority_reads_what_was_handed_over(
    meeting: Meeting,
) -> None:
    other = Authority.objects.create(name="Granby", kind=AuthorityKind.SCHOOL)
    school = Unit.objects.create(authority=other, kind=UnitKind.SCHOOL, name="Granbyskolan")
    principal = meeting.contact(school, role=Role.PRINCIPAL)
    teacher = meeting.contact(school, role=Role.TEACHER)
    meeting.told(meeting.wish(receiver=school))

    assert meeting.reads(principal) == {"attendance"}
    assert meeting.reads(teacher) == set()


def test_a_marking_that_comes_later_holds_back_everything_told_before(meeting: Meeting) -> None:
    consent = meeting.given()
    meeting.told(meeting.wish(consent, items=frozenset(ASKED)))

    meeting.pupil.protection = Protection.MARKED
    meeting.pupil.save()

    assert meeting.reads() == set()


def test_of_a_protected_pupil_neither_school_nor_class_is_told(meeting: Meeting) -> None:
    meeting.pupil.protection = Protection.MARKED
    meeting.pupil.save()
    consent = meeting.given()

    with pytest.raises(Refused, match="skyddade uppgifter"):
        meeting.told(meeting.wish(consent, items=frozenset(ASKED)))
    meeting.told(meeting.wish(consent, items=frozenset({Item.STEPS})))

    assert meeting.reads() == {"steps"}


def test_a_marking_between_preview_and_send_is_looked_at_again(meeting: Meeting) -> None:
    wish = meeting.wish()
    seen = preview(wish, by=meeting.school, at=NOON).seen
    type(meeting.pupil).objects.update(protection=Protection.PROTECTED_REGISTRATION)

    with pytest.raises(ContentHasChanged):
        disclose(wish, seen=seen, key="k", by=meeting.school, at=NOON)


def test_of_a_pupil_who_is_counted_only_nothing_is_read(meeting: Meeting) -> None:
    meeting.told(meeting.wish())
    type(meeting.pupil).objects.update(is_counted_only=True)

    assert meeting.reads() == set()


def test_the_log_keeps_who_told_whom_on_what_ground(meeting: Meeting) -> None:
    made = meeting.told(meeting.wish())

    entry = Entry.objects.get(action="disclosures.send")
    assert entry.reason == "duty"
    assert set(entry.subjects) == {
        f"disclosure:{made.public_id}",
        f"pupil:{meeting.pupil.public_id}",
        f"unit:{meeting.office.public_id}",
    }
