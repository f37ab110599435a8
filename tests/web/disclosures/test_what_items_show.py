"""What each item shows: what its name promises, and never what is restricted or leads somewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override
from tests.web.conftest import Town
from tests.web.documents.conftest import INVESTIGATED, NOON, TALK, School, pupil_of, seen_by

from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions as case_actions
from narvaro.web.cases.models import Case, OpenedBecause, Whose
from narvaro.web.consent.items import Item
from narvaro.web.disclosures import content
from narvaro.web.disclosures.content import Shown, all_shown, frozen, shown_of, thawed
from narvaro.web.disclosures.providers import filling
from narvaro.web.documents.actions import add_addendum, save, sign
from narvaro.web.documents.known import figures_known
from narvaro.web.pupils.models import Guardian, HeldBack, Protection


@pytest.fixture
def school(town: Town) -> School:
    pupil = pupil_of(town, "elev-1", "almskolan/7B", "Elev", "Provsson")
    people = [
        town.somebody(Role.MENTOR, "almskolan/7B", name="Klara Provberg"),
        town.somebody(Role.SCHOOL_COUNSELLOR, "almskolan", name="Kim Provlund"),
        town.somebody(Role.PRINCIPAL, "almskolan", name="Robin Provgren"),
    ]
    return School(town, pupil, *map(seen_by, people))


@pytest.fixture(autouse=True)
def _plain_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real ones, and only they."""
    monkeypatch.setattr(content, "PROVIDERS", {})
    filling.fill()


def signed(school: School, form: str, answers: dict[str, Any], by: Viewer) -> None:
    draft = school.started(form, by=by)
    kept = save(draft, answers=answers, opened_version=1, by=by, at=NOON)
    done = sign(kept, opened_version=2, by=by, at=NOON)
    add_addendum(done, f"Rättelse till {form}.", by=by, at=NOON)


def text(shown: Shown | None) -> str:
    return "" if shown is None else frozen(shown)


def said(school: School, item: Item, case: Case | None = None, *, by: Viewer | None = None) -> str:
    return text(shown_of(item, school.pupil, case, by or school.principal))


def opened(school: School) -> Case:
    return case_actions.open_case(
        school.pupil, because=OpenedBecause.STAFF, words="Öppnad i oro", by=school.mentor, at=NOON
    )


def test_a_document_is_shown_without_own_words_restricted_parts_and_what_was_filled_in(
    school: School,
) -> None:
    signed(school, "teacher-documentation", TALK, school.mentor)
    signed(school, "investigation", INVESTIGATED, school.counsellor)

    talk, found = said(school, Item.TALK), said(school, Item.INVESTIGATION)

    assert "Möte vid entrén" in talk
    assert "Rättelse till teacher-documentation." in talk
    assert "Vi ändrar schemat." in found
    assert "Buller i korridoren" in found
    for kept in ("Onsdagar", "Mornarna", "svårt på morgonen", "samma dag", "sjukhuset", "sjukdom"):
        assert kept not in talk + found
    for kept in ("Provsson", "Klara", "Kim", "almskolan", "7B"):
        assert kept not in talk + found


def test_own_words_are_an_item_of_their_own(school: School) -> None:
    signed(school, "teacher-documentation", TALK, school.mentor)
    case = opened(school)
    for whose, words in ((Whose.PUPIL, "Jag vill ha en vän"), (Whose.GUARDIAN, "Vi orkar")):
        case_actions.add_voice(
            case, whose=whose, guardian=None, text=words, on=NOON.date(), by=school.mentor, at=NOON
        )

    own = said(school, Item.OWN_WORDS, case)

    for words in ("Jag vill ha en vän", "Vi orkar", "Onsdagar är svårast.", "Mornarna har"):
        assert words in own
    assert "Möte vid entrén" not in own


def test_words_of_a_guardian_who_is_held_back_stay(school: School) -> None:
    case = opened(school)
    shielded = Guardian.objects.create(
        pupil=school.pupil, key="v1", given_name="Mira", held_back=HeldBack.SHIELDED
    )
    case_actions.add_voice(
        case, whose=Whose.GUARDIAN, guardian=shielded, text="Vi har flyttat", on=NOON.date(),
        by=school.mentor, at=NOON,
    )  # fmt: skip

    assert said(school, Item.OWN_WORDS, case) == ""


def test_steps_are_days_and_decisions_without_reasons_names_or_places(school: School) -> None:
    case = opened(school)

    steps = said(school, Item.STEPS, case)

    assert "2 dec 2026: Ärendet öppnades." in steps.replace("\xa0", " ")
    for kept in ("Öppnad i oro", "Provsson", "Klara", "almskolan"):
        assert kept not in steps
    assert said(school, Item.STEPS, None) == ""


def test_who_may_not_read_a_document_cannot_tell_it(school: School) -> None:
    answers = {"professions": ["counsellor"], "hinders": "Buller", "helps": "En vän",
               "judgement": "Nytt schema", "health": "Sover dåligt"}  # fmt: skip
    signed(school, "student-health-analysis", answers, school.counsellor)

    shown = said(school, Item.STUDENT_HEALTH, by=school.counsellor)

    assert "Nytt schema" in shown
    assert "Sover dåligt" not in shown
    assert said(school, Item.STUDENT_HEALTH, by=school.somebody(Role.TEACHER, "almskolan/7B")) == ""
    assert (
        said(school, Item.STUDENT_HEALTH, by=school.somebody(Role.PRINCIPAL, "bjorkskolan")) == ""
    )


def test_the_school_is_told_only_of_who_is_not_protected(school: School) -> None:
    assert "almskolan, almskolan/7B" in said(school, Item.SCHOOL)

    school.pupil.protection = Protection.MARKED

    assert said(school, Item.SCHOOL) == ""


@pytest.mark.parametrize(
    "kept",
    [
        {"protection": Protection.MARKED},
        {"held_back": HeldBack.THREAT},
        {"held_back": HeldBack.SHIELDED},
    ],
)
def test_contacts_are_of_guardians_whom_it_puts_in_no_danger(
    school: School, kept: dict[str, str]
) -> None:
    for key in ("Mira", "Fredrik"):
        Guardian.objects.create(
            pupil=school.pupil, key=key, given_name=key, contact=f"{key}@x.invalid"
        )
    Guardian.objects.filter(key="Mira").update(**kept)

    shown = said(school, Item.CONTACT)

    assert "Fredrik@x.invalid" in shown
    assert "Mira" not in shown


def test_figures_come_with_the_day_they_hold_to(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = replace(
        figures_known(school.principal, school.pupil, school.town.units["almskolan"]),
        values={
            "figures.share": ["17,5 % frånvaro på 20 skoldagar", "säkert över 15 %", ""],
            "figures.pattern": "Mest på onsdagar",
            "figures.weekdays": [["ons", 40]],
        },
        data_at=NOON,
    )
    monkeypatch.setattr(
        "narvaro.web.disclosures.providers.pupil.figures_known", lambda *_given: known
    )

    shown = shown_of(Item.ATTENDANCE, school.pupil, None, school.principal)

    assert shown is not None
    assert shown.as_of == NOON
    assert "17,5 %" in text(shown)
    assert shown.parts[-1].rows == (("ons", "40"),)


def test_what_is_frozen_is_shown_again_as_it_was(school: School) -> None:
    signed(school, "investigation", INVESTIGATED, school.counsellor)
    shown = all_shown(Item, school.pupil, None, school.principal)

    assert set(shown) == {Item.SCHOOL, Item.INVESTIGATION, Item.OWN_WORDS}
    for one in shown.values():
        assert thawed(json.loads(frozen(one)), one.as_of) == one


def test_a_copy_is_in_the_language_of_the_record(school: School) -> None:
    with override("en"):
        assert "Ärendet öppnades" in said(school, Item.STEPS, opened(school))
