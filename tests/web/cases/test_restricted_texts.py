"""Restricted notes and causes on the page of a case: redacted, opened one at a time, logged."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from tests.web.cases.conftest import School

from narvaro.web.accounts.restriction import Restriction
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.cases import actions
from narvaro.web.cases.models import (
    Case,
    Cause,
    CauseLevel,
    CauseOpened,
    CauseWord,
    Note,
    NoteOpened,
    OpenedBecause,
)
from narvaro.web.pupils.models import Access, Protection, Pupil

SECRET, SUPPORT, EDUCATION = "Samtal om sömnen", "Läser med stöd", "Undervisas hemma"
WHY = "Beslut om anpassad studiegång."


@pytest.fixture(autouse=True)
def _the_day(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browsers' day is the school's."""
    for place in ("doors", "middleware"):
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.now_of", lambda _request: school.now, raising=False
        )
        monkeypatch.setattr(
            f"narvaro.web.accounts.{place}.today_of", lambda _request: school.day, raising=False
        )


@pytest.fixture
def case(school: School) -> Case:
    """A case with restricted texts of every kind, and causes at two levels."""
    by, at = school.by(Role.SCHOOL_COUNSELLOR), school.now
    made = actions.open_case(school.pupil, because=OpenedBecause.STAFF, by=by, at=at)
    for kind, text in ((Restriction.STUDENT_HEALTH, SECRET), (Restriction.PUPIL_SUPPORT, SUPPORT)):
        actions.add_note(made, restriction=kind, text=text, by=by, at=at)
    found: list[tuple[CauseLevel, CauseWord, str, bool]] = [
        (CauseLevel.SCHOOL, CauseWord.TEACHING, "Första lektionen", False),
        (CauseLevel.PEERS, CauseWord.FRIENDS, "En vän i klassen", True),
    ]
    for level, word, text, helps in found:
        actions.add_cause(
            made, level=level, word=word, text=text, is_protective=helps, by=by, at=at
        )
    actions.add_cause(
        made,
        level=CauseLevel.INDIVIDUAL,
        word=CauseWord.LONG_ILLNESS,
        text=SECRET,
        right_to_education=EDUCATION,
        by=by,
        at=at,
    )
    return made


def browser(school: School, role: Role) -> Client:
    return school.town.signed_in(school.posts[role])


def note_of(case: Case, kind: Restriction = Restriction.STUDENT_HEALTH) -> str:
    note = Note.objects.get(case=case, restriction=kind)
    return reverse("case_note_open", args=[case.public_id, note.public_id])


def cause_of(case: Case) -> str:
    cause = Cause.objects.get(case=case, word=CauseWord.LONG_ILLNESS)
    return reverse("case_cause_open", args=[case.public_id, cause.public_id])


@pytest.mark.parametrize(
    "role", [Role.MENTOR, Role.PRINCIPAL, Role.SCHOOL_COUNSELLOR, Role.SCHOOL_NURSE]
)
def test_nobody_meets_a_restricted_word_on_the_page_of_the_case(
    school: School, case: Case, role: Role
) -> None:
    shown = browser(school, role).get(reverse("case", args=[case.public_id])).content.decode()

    for word in (SECRET, SUPPORT, EDUCATION, "Lång sjukdom"):
        assert word not in shown
    assert "Kan läsas av skolkurator, skolsköterska, skolpsykolog och skolläkare" in shown
    assert "Det är skrivet hur eleven får sin utbildning" in shown


def test_causes_stand_by_level_and_what_helps_is_said_to(school: School, case: Case) -> None:
    client = browser(school, Role.MENTOR)
    shown = client.get(reverse("case", args=[case.public_id])).content.decode()

    assert shown.index("<dt>Skola</dt>") < shown.index("Första lektionen")
    assert shown.index("<dt>Kamrater</dt>") < shown.index("En vän i klassen")
    assert shown.index("En vän i klassen") < shown.index("Hjälper")
    assert "<dt>Individ</dt>" not in shown


def test_a_profession_that_may_read_sees_the_note_and_the_log_knows(
    school: School, case: Case
) -> None:
    url = note_of(case)

    answer = browser(school, Role.SCHOOL_NURSE).get(url)

    assert SECRET in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    note = Note.objects.get(case=case, restriction=Restriction.STUDENT_HEALTH)
    read = Entry.objects.get(action="cases.open_note", kind=Kind.READ)
    assert f"note:{note.public_id}" in read.subjects
    assert not NoteOpened.objects.exists()


def test_a_principal_opens_it_once_with_a_reason(school: School, case: Case) -> None:
    client, url = browser(school, Role.PRINCIPAL), note_of(case)

    asked = client.get(url).content.decode()
    assert SECRET not in asked
    assert "Vilket beslut kräver att du läser?" in asked
    empty = client.post(url, {"why": "  "})
    assert (empty.status_code, SECRET in empty.content.decode()) == (422, False)
    assert not NoteOpened.objects.exists()

    opened = client.post(url, {"why": WHY}).content.decode()
    assert SECRET in opened
    assert NoteOpened.objects.get().why == WHY
    read = Entry.objects.filter(action="cases.open_note", kind=Kind.READ, reason="decision")
    assert read.count() == 1
    assert SECRET not in client.get(url).content.decode()


def test_what_is_opened_is_not_printed(school: School, case: Case) -> None:
    shown = browser(school, Role.SCHOOL_NURSE).get(note_of(case)).content.decode()

    section = shown[: shown.index(SECRET)].rpartition("<section")[2]
    assert "no-print" in section
    assert "Skyddad text skrivs aldrig ut." in shown


def test_a_mentor_reads_pupil_support_and_not_student_health(school: School, case: Case) -> None:
    client = browser(school, Role.MENTOR)

    assert SUPPORT in client.get(note_of(case, Restriction.PUPIL_SUPPORT)).content.decode()
    assert client.get(note_of(case)).status_code == 404
    assert client.post(note_of(case), {"why": WHY}).status_code == 404
    assert client.get(cause_of(case)).status_code == 404


def test_a_restricted_cause_says_how_education_is_given_to_who_may_read_it(
    school: School, case: Case
) -> None:
    shown = browser(school, Role.SCHOOL_COUNSELLOR).get(cause_of(case)).content.decode()

    assert "Lång sjukdom (individ). " + SECRET in shown
    assert EDUCATION in shown

    principal = browser(school, Role.PRINCIPAL)
    assert EDUCATION not in principal.get(cause_of(case)).content.decode()
    assert EDUCATION in principal.post(cause_of(case), {"why": WHY}).content.decode()
    assert CauseOpened.objects.get().by == school.account(Role.PRINCIPAL)


def test_a_cause_that_is_not_restricted_is_nothing_to_open(school: School, case: Case) -> None:
    cause = Cause.objects.get(case=case, word=CauseWord.TEACHING)
    url = reverse("case_cause_open", args=[case.public_id, cause.public_id])

    assert browser(school, Role.SCHOOL_COUNSELLOR).get(url).status_code == 404


def test_a_stranger_a_teacher_and_another_schools_principal_find_nothing(
    school: School, case: Case
) -> None:
    for client in (
        school.town.browser(Role.TEACHER, "almskolan/7B"),
        school.town.browser(Role.PRINCIPAL, "bjorkskolan"),
        school.town.browser(Role.SCHOOL_COUNSELLOR, "bjorkskolan"),
        browser(school, Role.AREA_MANAGER),
    ):
        for url in (note_of(case), note_of(case, Restriction.PUPIL_SUPPORT), cause_of(case)):
            assert client.get(url).status_code == 404


def test_of_a_protected_pupil_only_who_is_on_the_list_and_has_said_why(
    school: School, case: Case
) -> None:
    url = note_of(case)
    Pupil.objects.filter(pk=school.pupil.pk).update(protection=Protection.MARKED)
    counsellor, nurse = school.account(Role.SCHOOL_COUNSELLOR), browser(school, Role.SCHOOL_NURSE)
    Access.objects.create(
        pupil=school.pupil, account=counsellor, decided_by=counsellor, from_on=school.day
    )

    assert nurse.get(url).status_code == 404
    answer = browser(school, Role.SCHOOL_COUNSELLOR).get(url)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("pupils_open", args=[school.pupil.public_id])


def test_a_cause_is_opened_with_a_reason(school: School, case: Case) -> None:
    cause = Cause.objects.get(case=case, word=CauseWord.LONG_ILLNESS)

    with pytest.raises(IntegrityError, match="a_cause_is_opened_with_a_reason"):
        CauseOpened.objects.create(
            cause=cause, by=school.account(Role.PRINCIPAL), at=school.now, why=""
        )


def test_on_paper_not_even_that_something_is_restricted_is_said_of_causes_and_notes(
    school: School, case: Case
) -> None:
    client = browser(school, Role.SCHOOL_COUNSELLOR)
    shown = client.get(reverse("case", args=[case.public_id])).content.decode()

    boxes = shown.count('class="protected')
    assert boxes == 3
    assert shown.count('class="protected no-print"') == boxes


def test_a_prompt_begins_with_its_question(school: School, case: Case) -> None:
    client = browser(school, Role.MENTOR)
    shown = client.get(reverse("case", args=[case.public_id])).content.decode()

    assert "<strong>Är det sjukdom?</strong> Ta kontakt med elevhälsan." in shown
