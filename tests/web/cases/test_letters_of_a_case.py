"""Who had which letter stands in the case's history, without what it said."""

from __future__ import annotations

from datetime import timedelta

from tests.web.cases.conftest import School

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.cases.so_far import Happened, events_of
from narvaro.web.messages.letters_to_many import (
    Draft,
    mark_printed,
    prepare_letter,
    release_letter,
    undo_letter,
)
from narvaro.web.messages.models import Letter
from narvaro.web.pupils.models import Protection


def opened(school: School) -> Case:
    return actions.open_case(
        school.pupil,
        because=OpenedBecause.STAFF,
        by=school.by(Role.MENTOR),
        at=school.now,
    )


def sent(school: School) -> Letter:
    """A letter to two guardians, one of them protected, that is to be printed."""
    home = school.pupil.guardians
    home.create(key="a", given_name="Ida", family_name="Provsson")
    home.create(key="b", given_name="Dold", protection=Protection.MARKED)
    drafts = [
        Draft(f"guardian:{one.public_id}", f"pupil:{school.pupil.public_id}", "sv", "Vi vill ses",
              "Hemliga ord", wants_paper=True)
        for one in home.order_by("key")
    ]  # fmt: skip
    by = school.by(Role.MENTOR)
    made = prepare_letter(kind="x", title="Vi vill ses", drafts=drafts, by=by, at=school.now)
    release_letter(letter=made, by=by, at=school.now)
    return made


def letters(case: Case, school: School) -> list[Happened]:
    return [one for one in events_of(case, school.by(Role.PRINCIPAL)) if "Vi vill ses" in one.title]


def test_who_had_which_letter_stands_in_the_history(school: School) -> None:
    case = opened(school)
    made = sent(school)
    before = letters(case, school)[0].text
    mark_printed(deliveries=list(made.deliveries.all()), by=school.by(Role.MENTOR), at=school.now)
    after = letters(case, school)[0].text

    assert "Ida Provsson: På papper, inte utskrivet än." in before
    assert "Ida Provsson: På papper, utskrivet" in after
    assert "Vårdnadshavare med skyddade uppgifter: skyddade uppgifter" in after
    assert "Dold" not in after
    assert "Hemliga ord" not in after


def test_a_letter_that_was_undone_says_that_nobody_had_it(school: School) -> None:
    case = opened(school)
    undo_letter(letter=sent(school), by=school.by(Role.MENTOR), at=school.now)

    assert [one.text for one in letters(case, school)] == ["Ångrat, ingen fick det."]


def test_a_letter_from_before_the_case_does_not_stand_in_it(school: School) -> None:
    sent(school)
    school.day += timedelta(days=7)

    assert letters(opened(school), school) == []
