"""Nobody falls between chairs: owners, hand-over, moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web.cases.conftest import School, enrolled

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import (
    Case,
    CauseLevel,
    CauseWord,
    ContactOutcome,
    ContactWay,
    OpenedBecause,
    TaskKind,
)
from narvaro.web.cases.people import person_at


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )


def test_when_the_mentors_post_is_empty_the_principal_answers(school: School) -> None:
    Assignment.objects.filter(role=Role.MENTOR).update(to_on=school.day - timedelta(days=1))

    found = person_at("mentor", school.pupil, school.town.units["almskolan"], school.day)

    assert found == school.account(Role.PRINCIPAL)


def test_who_stands_in_answers_before_who_is_away(school: School) -> None:
    stand_in = school.town.somebody(Role.MENTOR, "almskolan/7B")
    Assignment.objects.filter(pk=stand_in.pk).update(stands_in_for=school.posts[Role.MENTOR])

    found = person_at("mentor", school.pupil, school.town.units["almskolan"], school.day)

    assert found == stand_in.account


def test_when_nobody_is_left_the_case_is_not_made(school: School) -> None:
    Assignment.objects.update(to_on=school.day - timedelta(days=1))

    with pytest.raises(Refused, match="Ingen svarar"):
        opened(school)
    assert not Case.objects.exists()


def test_a_case_is_handed_over_with_its_steps_and_a_reason(school: School) -> None:
    case = opened(school)
    new = school.town.somebody(Role.MENTOR, "almskolan/7B").account
    assert new is not None

    actions.hand_over(
        case,
        new,
        why="Byter tjänst",
        version=case.version,
        by=school.by(Role.PRINCIPAL),
        at=school.now,
    )

    case.refresh_from_db()
    assert case.owner == new
    assert case.steps.get().owner == new
    assert case.hand_overs.get().why == "Byter tjänst"


def test_a_case_is_not_handed_to_somebody_at_another_school(school: School) -> None:
    case = opened(school)
    other = school.town.somebody(Role.MENTOR, "bjorkskolan/7A").account
    assert other is not None

    with pytest.raises(Refused, match="arbetar inte på elevens skola"):
        actions.hand_over(
            case,
            other,
            why="Fel",
            version=case.version,
            by=school.by(Role.PRINCIPAL),
            at=school.now,
        )


def test_all_cases_of_a_leaving_mentor_are_handed_over_or_none(school: School) -> None:
    first = opened(school)
    pupil = enrolled(school.town, "7B-15", school="almskolan", group="almskolan/7B")
    second = actions.open_case(
        pupil, because=OpenedBecause.STAFF, by=school.by(Role.MENTOR), at=school.now
    )
    leaving, new = school.account(Role.MENTOR), school.account(Role.SCHOOL_COUNSELLOR)

    def give(to: dict[str, object]) -> None:
        actions.hand_over_all(
            leaving,
            to,  # type: ignore[arg-type]
            why="Slutar",
            by=school.by(Role.PRINCIPAL),
            at=school.now,
        )

    with pytest.raises(Refused, match="Varje ärende"):
        give({first.public_id: new})
    assert Case.objects.filter(owner=leaving).count() == 2

    give({first.public_id: new, second.public_id: new})
    assert Case.objects.filter(owner=new).count() == 2


def test_a_case_follows_its_pupil_to_another_school_and_is_told_of_there(school: School) -> None:
    case = opened(school)
    there = school.town.units["bjorkskolan"]
    principal = school.town.somebody(Role.PRINCIPAL, "bjorkskolan").account

    for _ in range(2):  # told twice, moved once
        actions.move_school(case, there, on=school.day, at=school.now)

    case.refresh_from_db()
    assert (case.school, case.owner) == (there, principal)
    assert case.steps.get().owner == principal
    assert case.tasks.get().kind == TaskKind.MOVED_HERE
    assert case.school_moves.count() == 1


def test_an_illness_does_not_end_the_work(school: School) -> None:
    case = opened(school)

    with pytest.raises(Refused, match="får sin utbildning"):
        actions.add_cause(
            case,
            level=CauseLevel.INDIVIDUAL,
            word=CauseWord.LONG_ILLNESS,
            by=school.by(Role.SCHOOL_COUNSELLOR),
            at=school.now,
        )


def test_a_nurse_is_involved_and_writes_in_the_medical_record(school: School) -> None:
    case = opened(school)
    nurse = school.by(Role.SCHOOL_NURSE)

    with pytest.raises(Refused, match="journalen"):
        actions.add_note(
            case, restriction=Restriction.STUDENT_HEALTH, text="prov", by=nurse, at=school.now
        )
    note = actions.add_note(
        case, restriction=Restriction.STUDENT_HEALTH, text="", by=nurse, at=school.now
    )
    assert note.is_involvement_only


def test_a_mentor_does_not_open_what_student_health_wrote_and_a_principal_says_why(
    school: School,
) -> None:
    case = opened(school)
    note = actions.add_note(
        case,
        restriction=Restriction.STUDENT_HEALTH,
        text="Samtal",
        by=school.by(Role.SCHOOL_COUNSELLOR),
        at=school.now,
    )

    with pytest.raises(Refused, match="får inte läsa"):
        actions.open_note(note, why="Vill veta", by=school.by(Role.MENTOR), at=school.now)
    with pytest.raises(Refused, match="vilket beslut"):
        actions.open_note(note, why=" ", by=school.by(Role.PRINCIPAL), at=school.now)
    actions.open_note(note, why="Åtgärdsprogram", by=school.by(Role.PRINCIPAL), at=school.now)
    assert note.openings.get().by == school.account(Role.PRINCIPAL)


def test_the_third_attempt_in_vain_asks_the_principal_and_one_that_succeeds_begins_anew(
    school: School,
) -> None:
    case = opened(school)

    def tried(outcome: ContactOutcome) -> int:
        actions.add_contact(
            case,
            on=school.day,
            way=ContactWay.PHONE,
            outcome=outcome,
            by=school.by(Role.MENTOR),
            at=school.now,
        )
        school.day += timedelta(days=1)
        return case.tasks.filter(kind=TaskKind.NO_SHOW).count()

    vain, talked = ContactOutcome.NOT_REACHED, ContactOutcome.TALKED
    assert [tried(one) for one in (vain, vain, talked, vain, vain)] == [0, 0, 0, 0, 0]
    assert [tried(ContactOutcome.NO_SHOW), tried(vain)] == [1, 1]
    assert case.tasks.get().to == school.account(Role.PRINCIPAL)
