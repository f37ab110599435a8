"""Only the shared part of a signed plan crosses to another authority, and only while there is a ground."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.plans.conftest import MONTH, Around

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.items import How, Item, State, Who
from narvaro.web.consent.models import Answer, Consent
from narvaro.web.disclosures.actions import disclose, preview
from narvaro.web.disclosures.content import Shown, all_shown
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.models import Disclosed
from narvaro.web.disclosures.wishes import Wish
from narvaro.web.plans import actions
from narvaro.web.plans.models import Outcome
from narvaro.web.plans.sharing import MayShare, may_share, plan_shown
from narvaro.web.pupils.models import Access, Guardian, Protection


def words(shown: Shown | None) -> str:
    """Everything that is shown, as one text."""
    assert shown is not None
    return "\n".join(
        " ".join([one.heading, *one.lines, *one.headings, *(" ".join(row) for row in one.rows)])
        for one in shown.parts
    )


def shown(around: Around, role: Role = Role.SCHOOL_COUNSELLOR) -> Shown | None:
    return plan_shown(around.pupil, around.case, around.by(role))


def consented(around: Around, receiver: Unit, *items: Item) -> Consent:
    """A consent that the one guardian and the pupil have given."""
    account = around.by().account
    guardian = around.pupil.guardians.first() or Guardian.objects.create(
        pupil=around.pupil, key="v", given_name="Vera", family_name="Provsson"
    )
    made = Consent.objects.create(
        pupil=around.pupil,
        receiver=receiver,
        purpose="Samordna stödet",
        items=sorted(items),
        from_on=around.day - MONTH,
        to_on=around.day + MONTH,
        made_by=account,
        made_at=around.now - MONTH,
    )
    answer(around, made, guardian, State.GIVEN)
    answer(around, made, None, State.GIVEN)
    return made


def answer(around: Around, made: Consent, guardian: Guardian | None, state: State) -> None:
    at = around.now - timedelta(hours=1 if state == State.WITHDRAWN else 2)
    Answer.objects.create(
        consent=made,
        who=Who.GUARDIAN if guardian else Who.PUPIL,
        guardian=guardian,
        state=state,
        items=made.items if state == State.GIVEN else [],
        how=How.ORAL,
        on=at.date(),
        at=at,
        recorded_by=around.by().account,
    )


def agency(around: Around) -> Viewer:
    account = around.contact.account
    assert account is not None
    return Viewer(account, around.contact, around.day, around.now)


def test_the_application_offers_the_plan_as_an_item(around: Around) -> None:
    around.signed()

    offered = all_shown([Item.PLAN], around.pupil, around.case, around.by())

    assert "Tryggare väg in" in words(offered[Item.PLAN])


def test_what_is_shown_is_the_whole_shared_part_and_nothing_of_the_own(around: Around) -> None:
    around.signed()

    said = words(shown(around))

    for each in (
        "Att någon jag känner", "Tryggare väg in", "Linnåsa socialtjänst, enheten",
        "Möter i entrén", "Fotbollsklubben", "Väcker klockan sju", "1\N{NO-BREAK SPACE}jan",
    ):  # fmt: skip
        assert each in said, each
    assert "Eva möter" not in said
    assert "orolig" not in said


def test_a_draft_is_never_shown_and_does_not_hide_what_is_signed(around: Around) -> None:
    draft = around.written(needs="Utkastets behov.")
    assert shown(around) is None

    actions.sign(draft, opened_version=draft.version, opened_own=1, by=around.by(), at=around.now)
    newer = actions.new_version(draft.plan, by=around.by(), at=around.now)
    later = around.shared(needs="Nästa utkast.")
    actions.write(newer, later, opened_version=newer.version, by=around.by(), at=around.now)

    assert "Utkastets behov." in words(shown(around))
    assert "Nästa utkast." not in words(shown(around))


def test_a_plan_that_ended_is_not_shared_any_more(around: Around) -> None:
    done = around.signed()
    told = actions.Followed(around.day, "Klart.", Outcome.ENDS)
    actions.follow_up(done, told, by=around.by(), at=around.now)

    assert shown(around) is None


def test_who_does_not_read_the_plan_shows_none_of_it(around: Around) -> None:
    around.signed()
    stranger = around.school.town.somebody(Role.PRINCIPAL, "bjorkskolan")
    assert stranger.account is not None
    away = Viewer(stranger.account, stranger, around.day, around.now)

    assert plan_shown(around.pupil, around.case, away) is None
    assert plan_shown(around.pupil, None, away) is None
    assert plan_shown(around.pupil, None, agency(around)) is None


def test_of_a_protected_pupil_neither_name_nor_school_is_shown(around: Around) -> None:
    around.signed()
    around.pupil.protection = Protection.MARKED
    around.pupil.save()
    account = around.by().account
    Access.objects.create(
        pupil=around.pupil, account=account, decided_by=account, from_on=around.day
    )
    around.case.refresh_from_db()

    said = words(shown(around))

    assert "Skolan" in said
    for each in ("almskolan", "Provsson", "Linnåsa kommun"):
        assert each not in said


def disclosed(around: Around, consent: Consent) -> None:
    wish = Wish(
        pupil=around.pupil,
        case=around.case,
        receiver=around.social,
        ground=Ground.CONSENT,
        consent=consent,
        items=frozenset({Item.PLAN}),
        purpose="Samordna stödet",
        until_on=around.day + timedelta(days=10),
    )
    by = around.by(Role.PRINCIPAL)
    seen = preview(wish, by=by, at=around.now).seen
    disclose(wish, seen=seen, key="one", by=by, at=around.now)


def read_by_agency(around: Around) -> str:
    around.contact.unit = around.social
    around.contact.save()
    found = Disclosed.objects.live_for(agency(around), around.now)
    return "".join(str(one.content) for one in found)


def test_an_agency_reads_the_plan_while_consent_lives_and_not_a_moment_longer(
    around: Around,
) -> None:
    around.signed()
    consent = consented(around, around.social, Item.PLAN, Item.STEPS)

    assert read_by_agency(around) == ""
    disclosed(around, consent)
    assert "Tryggare väg in" in read_by_agency(around)
    assert "orolig" not in read_by_agency(around)
    answer(around, consent, around.pupil.guardians.get(), State.WITHDRAWN)
    assert read_by_agency(around) == ""


def test_a_newer_version_is_not_read_by_who_was_shown_the_older(around: Around) -> None:
    """The copy is frozen: a new version crosses by a new disclosure."""
    done = around.signed()
    disclosed(around, consented(around, around.social, Item.PLAN, Item.STEPS))
    around.signed(
        actions.new_version(done.plan, by=around.by(), at=around.now).plan, needs="Något nytt."
    )

    assert "Något nytt." not in read_by_agency(around)
    assert "Tryggare väg in" in read_by_agency(around)


def test_the_page_says_of_each_authority_in_the_plan_whether_consent_lives(
    around: Around,
) -> None:
    done = around.signed()
    consented(around, around.social, Item.PLAN, Item.STEPS)
    consented(around, around.clinic, Item.STEPS, Item.ATTENDANCE)

    assert may_share(done, around.by()) == [
        MayShare("Linnåsa socialtjänst, enheten", True),
        MayShare("Barnkliniken Linnåsa, enheten", False),
    ]


@pytest.mark.parametrize("days", [31, -31])
def test_a_consent_out_of_its_time_lets_nothing_be_shared(around: Around, days: int) -> None:
    done = around.signed()
    consented(around, around.social, Item.PLAN, Item.STEPS)
    by = around.by()
    then = around.now + timedelta(days=days)
    moved = Viewer(by.account, by.assignment, then.date(), then)

    assert not any(one.is_live for one in may_share(done, moved))
