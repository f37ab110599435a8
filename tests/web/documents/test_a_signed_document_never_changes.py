"""From a draft to a signed document, and everything that is refused afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet
from tests.web.documents.conftest import NOON, TALK, School, pupil_of

from narvaro.errors import NotFound
from narvaro.forms import shelf
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.documents import actions
from narvaro.web.documents.actions import (
    AlreadySigned,
    AnswersRefused,
    Prefilled,
    add_addendum,
    hash_of,
    save,
    sign,
)
from narvaro.web.documents.models import Addendum, Document


def signed(school: School, document: Document | None = None) -> Document:
    draft = document or school.started()
    kept = save(draft, answers=TALK, opened_version=draft.version, by=school.mentor, at=NOON)
    return sign(kept, opened_version=kept.version, by=school.mentor, at=NOON)


def test_a_draft_is_kept_with_its_gaps_and_signed_when_it_is_whole(school: School) -> None:
    draft = school.started()
    half = {"present": ["pupil"]}

    kept = save(draft, answers=half, opened_version=1, by=school.mentor, at=NOON)
    with pytest.raises(AnswersRefused) as refused:
        sign(kept, opened_version=2, by=school.mentor, at=NOON)
    whole = save(kept, answers=TALK, opened_version=2, by=school.mentor, at=NOON)
    done = sign(whole, opened_version=3, by=school.mentor, at=NOON)

    assert [one.field for one in refused.value.faults] == ["pupil_says", "home_says", "tried"]
    assert done.signed_by == school.mentor.account
    assert Document.objects.get().answers == TALK
    assert (done.number, done.previous_hash) == (1, actions.NOTHING_BEFORE)
    assert [one.action for one in Entry.objects.order_by("number")] == [
        "documents.start", "documents.fill_in", "documents.fill_in", "documents.sign",
    ]  # fmt: skip
    assert f"sha256:{done.content_hash}" in Entry.objects.get(action="documents.sign").subjects


def test_what_is_known_already_stands_in_it_frozen_with_the_day_of_its_figures(
    school: School,
) -> None:
    known = Prefilled(
        {"figures.share": ["17,5 %", "säkert över 15 %"], "case.tried": ["Möte vid entrén"]},
        data_at=NOON - timedelta(days=1),
    )

    talk = school.started(prefilled=known)
    analysis = school.started("student-health-analysis", by=school.counsellor, prefilled=known)

    assert talk.prefilled["figures.share"] == ["17,5 %", "säkert över 15 %"]
    assert talk.data_at == NOON - timedelta(days=1)
    assert analysis.answers == {"tried": "Möte vid entrén"}


def test_nothing_that_was_written_can_be_read_where_it_lies(school: School) -> None:
    signed(school)

    with connection.cursor() as cursor:
        cursor.execute("select * from documents_document")
        lying = str(cursor.fetchall())

    assert "Onsdagar" not in lying
    assert "svårast" not in lying


def test_who_is_second_is_told_and_nothing_is_overwritten(school: School) -> None:
    draft = school.started()
    save(draft, answers=TALK, opened_version=1, by=school.mentor, at=NOON)

    with pytest.raises(ChangedMeanwhile):
        save(draft, answers={"tried": "Nytt"}, opened_version=1, by=school.mentor, at=NOON)

    assert Document.objects.get().answers == TALK


def test_the_same_once_more_changes_nothing(school: School) -> None:
    draft = school.started()
    kept = save(draft, answers=TALK, opened_version=1, by=school.mentor, at=NOON)

    again = save(kept, answers=TALK, opened_version=2, by=school.mentor, at=NOON)

    assert again.version == Document.objects.get().version == 2
    assert Entry.objects.filter(action="documents.fill_in").count() == 1


def test_what_is_signed_is_neither_saved_nor_signed_again(school: School) -> None:
    done = signed(school)
    args = {"opened_version": done.version, "by": school.mentor, "at": NOON}

    with pytest.raises(AlreadySigned):
        save(done, answers={}, **args)  # type: ignore[arg-type]
    with pytest.raises(AlreadySigned):
        sign(done, **args)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "statement",
    [
        "update documents_document set answers_sealed = ''",
        "update documents_document set signed_at = null, signed_by_id = null, number = null, "
        "content_hash = '', previous_hash = ''",
        "update documents_document set labels = '{}'",
        "delete from documents_document",
        "update documents_addendum set text = 'x'",
        "delete from documents_addendum",
    ],
)
def test_the_database_itself_refuses(school: School, statement: str) -> None:
    done = signed(school)
    add_addendum(done, "Rättelse: det var torsdag.", by=school.mentor, at=NOON)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    kept = Document.objects.get()
    assert kept.content_hash == hash_of(kept) == done.content_hash
    assert kept.addenda.get().text == "Rättelse: det var torsdag."


def test_what_is_changed_behind_the_databases_back_no_longer_fits_its_hash(school: School) -> None:
    done = signed(school)

    done.keep(TALK | {"tried": "Något annat"})

    assert hash_of(done) != done.content_hash


def test_signed_documents_of_a_school_follow_each_other(school: School) -> None:
    first, second = signed(school), signed(school)

    assert second.number == 2
    assert second.previous_hash == first.content_hash


def test_an_addendum_is_a_text_to_a_signed_document(school: School) -> None:
    draft = school.started()
    with pytest.raises(Refused):
        add_addendum(draft, "För tidigt", by=school.mentor, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Addendum.objects.create(document=draft, text="x", by=school.mentor.account, at=NOON)

    done = signed(school, draft)
    with pytest.raises(Refused):
        add_addendum(done, "  ", by=school.mentor, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Addendum.objects.create(document=done, text="", by=school.mentor.account, at=NOON)
    add_addendum(done, "Det var torsdag.", by=school.mentor, at=NOON)

    assert [one.text for one in done.addenda.all()] == ["Det var torsdag."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed_at": NOON},
        {"number": 1},
        {"content_hash": "x"},
        {"saved_at": NOON - timedelta(days=1)},
        {"restriction": "secret"},
    ],
)
def test_a_document_is_signed_completely_or_not_at_all(
    school: School, wrong: dict[str, object]
) -> None:
    draft = school.started()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**wrong)


def test_a_form_that_is_about_a_pupil_needs_one_and_another_takes_none(school: School) -> None:
    with pytest.raises(Refused):
        school.started(pupil=None)
    with pytest.raises(Refused):
        school.started("consultation-notes")
    with pytest.raises(NotFound):
        school.started("no-such-form")
    assert school.started("consultation-notes", pupil=None).pupil is None


def test_when_the_forms_version_is_gone_the_draft_stands_and_it_is_said(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = school.started()
    gone = shelf._versions() - {("teacher-documentation", 1)}
    shelf.load.cache_clear()
    monkeypatch.setattr(shelf, "_versions", lambda: gone)

    with pytest.raises(NotFound, match="is not here"):
        save(draft, answers=TALK, opened_version=1, by=school.mentor, at=NOON)

    assert Document.objects.get().version == 1


def test_a_restricted_answer_is_written_by_its_professions_and_kept_by_the_others(
    school: School,
) -> None:
    draft = school.started("student-health-analysis", by=school.counsellor)
    mine = {"judgement": "Vi provar anpassat schema.", "health": "Sover dåligt."}
    kept = save(draft, answers=mine, opened_version=1, by=school.counsellor, at=NOON)

    theirs = {"judgement": "Vi provar något annat.", "health": "Skrivet av rektor"}
    after = save(kept, answers=theirs, opened_version=2, by=school.principal, at=NOON)

    assert after.answers == {"judgement": "Vi provar något annat.", "health": "Sover dåligt."}


def ids(found: QuerySet[Document]) -> set[str]:
    return {one.form_id for one in found}


def test_each_sees_what_is_in_reach_and_for_the_profession(school: School) -> None:
    signed(school)
    school.started("student-health-analysis", by=school.counsellor)
    school.started("consultation-notes", pupil=None, by=school.counsellor)
    other = pupil_of(school.town, "elev-2", "almskolan/8A", "Annan", "Provsson")
    school.started("contact-note", pupil=other)

    def sees(role: Role, at: str) -> set[str]:
        return ids(Document.objects.visible_to(school.somebody(role, at), "documents.document"))

    whole = {
        "teacher-documentation", "student-health-analysis", "consultation-notes", "contact-note",
    }  # fmt: skip
    assert sees(Role.SCHOOL_COUNSELLOR, "almskolan") == whole
    assert sees(Role.PRINCIPAL, "almskolan") == whole
    assert sees(Role.TEACHER, "almskolan/7B") == {"teacher-documentation"}
    assert sees(Role.MENTOR, "almskolan/7B") == {"teacher-documentation"}  # nothing unsigned
    assert sees(Role.PRINCIPAL, "bjorkskolan") == set()
    assert sees(Role.TEACHER, "almskolan/8A") == set()
    assert sees(Role.HEAD_OF_SCHOOLS, "linnasa") == set()


def test_a_pupil_that_moves_takes_the_documents_along(school: School) -> None:
    signed(school)
    school.pupil.enrolments.update(school_key="bjorkskolan", class_key="bjorkskolan/7A")

    def sees(role: Role, at: str) -> int:
        viewer = school.somebody(role, at)
        return Document.objects.visible_to(viewer, "documents.document").count()

    assert sees(Role.PRINCIPAL, "bjorkskolan") == 1
    assert sees(Role.PRINCIPAL, "almskolan") == 0


def test_a_protected_pupils_documents_are_for_the_list_only_and_named_nowhere(
    school: School,
) -> None:
    done = signed(school)
    school.pupil.protection = "marked"
    school.pupil.save()
    assert not Document.objects.visible_to(school.mentor, "documents.document").exists()

    school.pupil.access_list.create(
        account=school.mentor.account, decided_by=school.principal.account, from_on=NOON.date()
    )

    assert Document.objects.visible_to(school.mentor, "documents.document").get() == done
    assert not Document.objects.named_to(school.mentor, "documents.document").exists()
