"""A plan from draft to signed and followed up, and everything the database refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.plans.conftest import MONTH, Around

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.plans import actions
from narvaro.web.plans.actions import Doing, Followed, NotWhole, Shared
from narvaro.web.plans.models import (
    Effort,
    FollowUp,
    Outcome,
    OwnPart,
    Plan,
    PlanVersion,
    Silence,
    Who,
)
from narvaro.web.plans.rules import Gap

FOLLOWED = "Hen kommer varje morgon."


def sign(around: Around, draft: PlanVersion, *, own: int = 0) -> PlanVersion:
    return actions.sign(
        draft, opened_version=draft.version, opened_own=own, by=around.by(), at=around.now
    )


def written(around: Around, shared: Shared) -> PlanVersion:
    draft = around.plan().versions.latest("number")
    return actions.write(draft, shared, opened_version=draft.version, by=around.by(), at=around.now)


def test_a_case_has_one_plan_however_many_begin_it(around: Around) -> None:
    first, second = around.plan(), around.plan()

    assert first == second
    assert first.versions.count() == 1


def test_a_draft_keeps_its_gaps_and_signing_names_every_one_of_them(around: Around) -> None:
    draft = written(around, Shared(doing=[Doing("Något", ""), Doing("", Who.OTHER)]))

    with pytest.raises(NotWhole) as refused:
        sign(around, draft)

    assert refused.value.gaps == (
        Gap.NEEDS, Gap.IMPORTANT, Gap.NO_UNIT, Gap.NO_WORDS, Gap.NO_WHO, Gap.NO_OTHER,
        Gap.MAIN_UNIT, Gap.FOLLOW_UP,
    )  # fmt: skip
    assert not PlanVersion.objects.get().is_signed


def test_what_the_pupil_and_others_do_is_answered_also_when_they_do_nothing(
    around: Around,
) -> None:
    units = [one for one in around.doing() if one.who == Who.UNIT]
    asked = written(around, around.shared(doing=units))

    with pytest.raises(NotWhole) as missing:
        sign(around, asked)
    alone = written(around, around.shared(doing=units, is_alone=True))
    both = replace(around.shared(), is_alone=True)

    assert missing.value.gaps == (Gap.NOBODY_ELSE,)
    assert sign(around, alone).is_signed
    again = actions.new_version(around.plan(), by=around.by(), at=around.now)
    kept = actions.write(again, both, opened_version=again.version, by=around.by(), at=around.now)
    with pytest.raises(NotWhole) as too_much:
        sign(around, kept)
    assert too_much.value.gaps == (Gap.SOMEBODY_ELSE,)


def test_a_pupil_who_says_nothing_is_signed_with_why(around: Around) -> None:
    silent = written(around, around.shared(important="", silence=Silence.DOES_NOT_WANT))

    assert sign(around, silent).is_signed


def test_a_follow_up_lies_after_the_day_it_is_signed(around: Around) -> None:
    today = written(around, around.shared(follow_up_on=around.day))

    with pytest.raises(NotWhole) as refused:
        sign(around, today)

    assert refused.value.gaps == (Gap.FOLLOW_UP_PASSED,)


def test_a_signed_version_has_two_hashes_and_follows_the_one_before(around: Around) -> None:
    first = around.signed()
    second = around.signed(actions.new_version(first.plan, by=around.by(), at=around.now).plan)

    assert (first.number, first.previous_hash) == (1, "0" * 64)
    assert (second.number, second.previous_hash) == (2, first.content_hash)
    assert first.content_hash == actions.hash_of(PlanVersion.objects.get(pk=first.pk))
    own = OwnPart.objects.get(of=first)
    assert own.content_hash == actions.own_hash_of(own, first)
    assert own.content_hash not in (first.content_hash, "")
    assert (
        f"sha256:{first.content_hash}"
        in Entry.objects.filter(action="plans.sign").order_by("number")[0].subjects
    )


def test_the_hash_of_what_is_shared_says_nothing_of_the_schools_own_part(around: Around) -> None:
    """Who got the shared part can check it, and cannot guess the other from it."""
    done = around.signed()
    before = actions.hash_of(done)

    done.own_part.knows = "Något helt annat"

    assert actions.hash_of(done) == before


def test_a_new_version_copies_both_parts_and_asks_for_a_new_day(around: Around) -> None:
    first = around.signed()

    draft = actions.new_version(first.plan, by=around.by(), at=around.now)

    assert (draft.number, draft.is_signed, draft.follow_up_on) == (2, False, None)
    assert (draft.needs, draft.important, draft.main_unit) == (
        first.needs, first.important, first.main_unit,
    )  # fmt: skip
    said = [(one.words, one.who, one.unit, one.other, one.due_on) for one in draft.efforts.all()]
    assert said == [
        (one.words, one.who, one.unit, one.other, one.due_on) for one in first.efforts.all()
    ]
    assert len(said) == 6
    assert (draft.own_part.does, draft.own_part.content_hash) == ("Eva möter i entrén.", "")
    assert actions.new_version(first.plan, by=around.by(), at=around.now) == draft


def test_the_second_of_two_is_told_and_overwrites_nothing(around: Around) -> None:
    draft = around.plan().versions.get()
    mine = around.shared(needs="Mitt")
    actions.write(draft, mine, opened_version=1, by=around.by(), at=around.now)

    with pytest.raises(ChangedMeanwhile):
        actions.write(
            draft, around.shared(needs="Ditt"), opened_version=1, by=around.by(), at=around.now
        )
    with pytest.raises(ChangedMeanwhile):
        actions.write_own(
            draft, does="x", knows="", opened_version=1, by=around.by(), at=around.now
        )

    assert PlanVersion.objects.get().needs == "Mitt"


def test_who_signs_has_read_both_parts_as_they_stand(around: Around) -> None:
    """The own part was changed after the page that signs was opened."""
    kept = around.written()

    with pytest.raises(ChangedMeanwhile):
        sign(around, kept, own=0)

    assert not PlanVersion.objects.get().is_signed


def test_what_is_signed_is_refused_by_the_actions_too(around: Around) -> None:
    done = around.signed()

    with pytest.raises(Refused):
        actions.write(
            done, around.shared(), opened_version=done.version, by=around.by(), at=around.now
        )
    with pytest.raises(Refused):
        actions.write_own(done, does="x", knows="", opened_version=1, by=around.by(), at=around.now)


@pytest.mark.parametrize("table", ["planversion", "effort", "ownpart"])
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_the_database_refuses_to_change_what_is_signed(
    around: Around, table: str, how: str
) -> None:
    done = around.signed()
    rows = {
        "planversion": PlanVersion.objects.filter(pk=done.pk),
        "effort": Effort.objects.filter(version=done),
        "ownpart": OwnPart.objects.filter(of=done),
    }[table]
    changes = {"planversion": {"needs": "x"}, "effort": {"words": "x"}, "ownpart": {"does": "x"}}

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        rows.update(**changes[table]) if how == "changed" else rows._raw_delete(rows.db)


def test_the_database_lets_nothing_into_a_signed_version_or_out_of_it(around: Around) -> None:
    done = around.signed()
    draft = actions.new_version(done.plan, by=around.by(), at=around.now)
    others = Effort.objects.filter(version=draft)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Effort.objects.create(version=done, number=20, words="x", who=Who.PUPIL)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        others.filter(number=1).update(version=done, number=21)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Effort.objects.filter(version=done, number=1).update(version=draft, number=22)


SIGNED_WITHOUT = {
    "nobody answers": Effort.objects.filter(who=Who.UNIT),
    "the pupil and the home do nothing, and nobody was asked": Effort.objects.exclude(who=Who.UNIT),
}


@pytest.mark.parametrize("missing", SIGNED_WITHOUT)
def test_the_database_refuses_to_sign_what_does_not_say_who_does_what(
    around: Around, missing: str
) -> None:
    kept = around.written()
    SIGNED_WITHOUT[missing].all().delete()

    with pytest.raises(DatabaseError, match="who does what"), transaction.atomic():
        signs_without_asking(around, kept)


@pytest.mark.parametrize("empty", [{"who": "", "unit": None}, {"words": ""}])
def test_the_database_refuses_an_effort_without_who_or_what(
    around: Around, empty: dict[str, object]
) -> None:
    kept = around.written()
    kept.efforts.filter(number=2).update(**empty)

    with pytest.raises(DatabaseError, match="who does what"), transaction.atomic():
        signs_without_asking(around, kept)


@pytest.mark.parametrize(
    "empty", [{"needs": ""}, {"important": ""}, {"main_unit": None}, {"follow_up_on": None}]
)
def test_the_database_refuses_to_sign_without_what_is_mandatory(
    around: Around, empty: dict[str, object]
) -> None:
    kept = around.written()
    for name, value in empty.items():
        setattr(kept, name, value)

    with pytest.raises(DatabaseError, match="all_that_it_must_have"), transaction.atomic():
        signs_without_asking(around, kept)


def signs_without_asking(around: Around, kept: PlanVersion) -> None:
    """Past every rule of the actions."""
    kept.signed_at, kept.signed_by = around.now, around.by().account
    kept.content_hash = kept.previous_hash = "0" * 64
    kept.save()


def test_a_version_is_not_born_signed(around: Around) -> None:
    plan = around.plan()
    given = {"started_at": around.now, "saved_at": around.now, "saved_by": around.by().account}
    whole = {"needs": "x", "important": "x", "main_unit": around.social}

    with pytest.raises(DatabaseError, match="signed as the draft"), transaction.atomic():
        PlanVersion.objects.create(
            plan=plan, number=9, signed_at=around.now, signed_by=around.by().account,
            follow_up_on=around.day, content_hash="0" * 64, previous_hash="0" * 64, **given, **whole,
        )  # fmt: skip


def test_a_plan_stays_with_its_case_and_is_never_removed(around: Around) -> None:
    plan = around.plan()

    with pytest.raises(DatabaseError, match="stays with its case"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(started_at=around.now + MONTH)


def followed(around: Around, done: PlanVersion, outcome: Outcome) -> FollowUp:
    later = around.now + MONTH
    told = Followed(later.date(), FOLLOWED, outcome)
    return actions.follow_up(done, told, by=around.by(), at=later)


def test_a_plan_that_goes_on_has_its_next_draft_at_once(around: Around) -> None:
    done = around.signed()

    followed(around, done, Outcome.GOES_ON)

    assert [one.is_signed for one in done.plan.versions.all()] == [True, False]
    assert Entry.objects.filter(action="plans.follow_up").count() == 1


def test_a_plan_is_followed_up_once_and_nothing_of_it_is_changed(around: Around) -> None:
    done = around.signed()
    made = followed(around, done, Outcome.ENDS)

    with pytest.raises(Refused, match="redan antecknat"):
        followed(around, done, Outcome.GOES_ON)
    for change in ({"words": "x"}, {"outcome": "goes_on"}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            FollowUp.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        FollowUp.objects.filter(pk=made.pk)._raw_delete("default")
    assert done.plan.versions.count() == 1


def test_only_the_version_that_holds_is_followed_up(around: Around) -> None:
    first = around.signed()
    draft = actions.new_version(first.plan, by=around.by(), at=around.now)
    given = {"on": around.day, "words": "x", "at": around.now, "by": around.by().account}

    with pytest.raises(DatabaseError, match="of a signed plan"), transaction.atomic():
        FollowUp.objects.create(of=draft, outcome=Outcome.ENDS, **given)
    around.signed(first.plan)
    with pytest.raises(Refused, match="som gäller"):
        followed(around, first, Outcome.ENDS)


def test_nothing_that_was_written_can_be_read_where_it_lies(around: Around) -> None:
    followed(around, around.signed(), Outcome.ENDS)

    lying = ""
    with connection.cursor() as cursor:
        for table in ("planversion", "effort", "ownpart", "followup"):
            cursor.execute(f"select * from plans_{table}")
            lying += str(cursor.fetchall())

    for words in ("Tryggare", "möter", "Fotbollsklubben", "orolig", "Hen kommer"):
        assert words not in lying


def test_the_log_tells_of_a_plan_by_opaque_ids_alone(around: Around) -> None:
    done = around.signed()
    followed(around, done, Outcome.ENDS)

    told = [one for one in Entry.objects.order_by("number") if one.action.startswith("plans.")]

    assert [one.action for one in told] == [
        "plans.start", "plans.write", "plans.write_own", "plans.sign", "plans.follow_up",
    ]  # fmt: skip
    for one in told:
        assert f"plan:{done.plan.public_id}" in one.subjects
        assert f"pupil:{around.pupil.public_id}" in one.subjects


def test_a_signed_version_is_dated_no_earlier_than_it_was_saved(around: Around) -> None:
    """The demo's day can be moved back."""
    kept = around.written()

    done = actions.sign(
        kept,
        opened_version=kept.version,
        opened_own=1,
        by=around.by(Role.PRINCIPAL),
        at=around.now - timedelta(days=2),
    )

    assert done.signed_at == kept.saved_at
