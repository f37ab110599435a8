"""The pages of documents: what each is shown, what is closed, what is told when two write."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO
from tests.web.documents.conftest import NOON, TALK, School, investigated

from narvaro.forms import shelf
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.documents.actions import add_addendum, save, sign
from narvaro.web.documents.models import Document
from narvaro.web.documents.paper import _whole

SENT = {
    "f_present": ["pupil"],
    "f_pupil_says": "Det går bättre.",
    "f_home_says": "Lugnare mornar.",
    "f_tried": "Möte vid entrén.",
    "version": "1",
    "page": "p" * 22,
}


@pytest.fixture
def mentor(school: School) -> Client:
    return browser(school, school.mentor)


def browser(school: School, viewer: Viewer) -> Client:
    return school.town.signed_in(viewer.assignment)


def address(name: str, document: Document) -> str:
    return reverse(name, args=[document.public_id])


def said(client: Client, url: str, data: dict[str, str] | None = None) -> str:
    answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_document_is_begun_about_a_pupil_and_filled_in(school: School, mentor: Client) -> None:
    begin = reverse("document_start_about", args=[school.pupil.public_id])
    page = said(mentor, begin)
    assert "Dokumentation av samtalet med hemmet" in page
    assert "Bilaga med skyddade uppgifter" not in page  # a mentor does not read what it holds

    answer = mentor.post(begin, {"form": "teacher-documentation"})

    document = Document.objects.get()
    assert answer["Location"] == address("document_fill_in", document)
    assert document.unit == school.town.units["almskolan"]
    assert "Vad säger eleven själv?" in said(mentor, answer["Location"])


def test_saving_while_typing_answers_with_the_time_and_the_next_version(
    school: School, mentor: Client
) -> None:
    draft = school.started()
    url = address("document_fill_in", draft)

    answer = mentor.post(url, SENT, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Sparat" in page
    assert 'value="2"' in page
    assert "<html" not in page


def test_the_page_is_not_in_its_own_way_but_an_older_save_of_its_own_is_refused(
    school: School, mentor: Client
) -> None:
    url = address("document_fill_in", school.started())
    mentor.post(url, SENT, headers={"HX-Request": "true"})

    late = mentor.post(url, SENT | {"f_tried": "Möte"}, headers={"HX-Request": "true"})
    sent = mentor.post(url, SENT | {"f_tried": "Möte vid entrén i tid.", "then": "sign"})

    assert "Inget är överskrivet" in late.content.decode()
    assert sent.status_code == 302
    assert Document.objects.get().answers["tried"] == "Möte vid entrén i tid."


def test_the_second_of_two_is_told_who_and_sees_both_texts(school: School, mentor: Client) -> None:
    draft = school.started("investigation", by=school.counsellor)
    first, second = browser(school, school.counsellor), browser(school, school.principal)
    url = address("document_fill_in", draft)
    first.post(url, {"f_conclusion": "Den förstas text", "version": "1", "page": "a" * 22})

    answer = second.post(url, {"f_conclusion": "Den andras text", "version": "1", "page": "b" * 22})

    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Kim Provlund hann spara före dig", "Den förstas text", "Den andras text"):
        assert words in page
    assert Document.objects.get().answers["conclusion"] == "Den förstas text"
    assert mentor.get(url).status_code == 404  # not the mentor's own


def test_what_cannot_be_kept_is_told_and_nothing_is_cleared(school: School, mentor: Client) -> None:
    answer = mentor.post(
        address("document_fill_in", school.started()), SENT | {"f_tried": "x" * 4_001}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Texten ligger kvar" in page
    assert "Det går bättre." in page
    assert "x" * 4_001 in page


def test_signing_is_previewed_and_what_remains_is_told(school: School, mentor: Client) -> None:
    draft = school.started()
    url = address("document_sign", draft)
    assert "4 saker återstår" in said(mentor, url)
    assert mentor.post(url, {"version": "1"}).status_code == 422

    mentor.post(address("document_fill_in", draft), SENT | {"then": "sign"})
    assert mentor.post(url, {"version": "1"}).status_code == 409  # it has changed since
    answer = mentor.post(url, {"version": "2"})

    assert answer["Location"] == address("document", draft)
    page = said(mentor, answer["Location"])
    assert "Signerat av Klara Provberg" in page
    assert "Elevens ord" in page
    assert mentor.get(address("document_fill_in", draft)).status_code == 302


RESTRICTED = "Undervisning på sjukhuset"


def test_restricted_texts_are_closed_for_everybody_until_somebody_who_may_opens_them(
    school: School,
) -> None:
    document = investigated(school)
    for viewer in (school.mentor, school.principal, school.counsellor):
        page = said(browser(school, viewer), address("document", document))
        assert RESTRICTED not in page
        assert "Skyddad anteckning" in page
        assert "skolkurator" in page

    url = address("document_open", document)
    assert RESTRICTED in said(browser(school, school.counsellor), url, {})
    assert RESTRICTED not in said(browser(school, school.mentor), url, {})
    teacher = browser(school, school.somebody(Role.TEACHER, "almskolan/7B"))
    assert teacher.post(url).status_code == 404


def test_a_principal_opens_with_a_reason_that_the_log_keeps(school: School) -> None:
    document = investigated(school)
    client, url = browser(school, school.principal), address("document_open", document)

    without = client.post(url, {})
    page = said(client, url, {"reason": "decision"})

    assert without.status_code == 422
    assert RESTRICTED not in without.content.decode()
    assert RESTRICTED in page
    entry = Entry.objects.filter(action="documents.open", kind=Kind.READ, reason="decision").get()
    assert f"document:{document.public_id}" in entry.subjects


def test_a_whole_annex_of_student_health_is_closed_to_a_principal_and_never_printed(
    school: School,
) -> None:
    draft = school.started("secret-annex", by=school.counsellor)
    sent = {"facts": "Hemlig uppgift", "source": "Hemmet", "means": "Kortare dagar"}
    kept = save(draft, answers=sent, opened_version=1, by=school.counsellor, at=NOON)
    done = sign(kept, opened_version=2, by=school.counsellor, at=NOON)
    client = browser(school, school.principal)

    assert "Hemlig uppgift" not in said(client, address("document", done))
    assert client.get(address("document_pdf", done)).status_code == 404
    assert client.get(address("document_sign", done)).status_code == 404
    assert "Hemlig uppgift" in said(client, address("document_open", done), {"reason": "decision"})
    assert browser(school, school.mentor).get(address("document", done)).status_code == 404


def test_what_is_added_to_an_annex_of_student_health_is_as_closed_as_the_annex(
    school: School,
) -> None:
    draft = school.started("secret-annex", by=school.counsellor)
    sent = {"facts": "Uppgift", "source": "Hemmet", "means": "Kortare dagar"}
    kept = save(draft, answers=sent, opened_version=1, by=school.counsellor, at=NOON)
    done = sign(kept, opened_version=2, by=school.counsellor, at=NOON)
    add_addendum(done, "Hemligt tillägg", by=school.counsellor, at=NOON)
    client = browser(school, school.principal)

    page = said(client, address("document", done))
    assert "Hemligt tillägg" not in page
    assert "Kim Provlund" in page
    assert "Hemligt tillägg" in said(client, address("document_open", done), {"reason": "decision"})
    assert client.post(address("document_add", done), {"text": "Eget"}).status_code == 404
    assert "Hemligt tillägg" in said(browser(school, school.counsellor), address("document", done))
    words = [one.get("text", "") for one in _whole(done, school.counsellor)]
    assert not [one for one in words if "Hemligt tillägg" in one]


def test_a_gap_in_the_restricted_part_is_told_without_its_words(school: School) -> None:
    draft = school.started("investigation", by=school.counsellor)
    sent = {"restricted_causes": ["chronic_illness"]}
    save(draft, answers=sent, opened_version=1, by=school.counsellor, at=NOON)

    page = said(browser(school, school.principal), address("document_sign", draft))

    remaining = page.partition('class="summary"')[2].partition("</ul>")[0]
    assert "Den skyddade delen är inte färdig" in remaining
    assert "Kronisk" not in remaining


def test_when_the_forms_version_is_gone_the_answers_are_still_read(
    school: School, mentor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = school.started()
    save(draft, answers=TALK, opened_version=1, by=school.mentor, at=NOON)
    shelf.load.cache_clear()
    monkeypatch.setattr(shelf, "_versions", lambda: frozenset({("contact-note", 1)}))

    answer = mentor.get(address("document_fill_in", draft))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "finns inte längre här" in page
    assert "Vad säger hemmet?" in page
    assert "Mornarna har blivit lugnare." in page
    assert "Onsdagar är svårast." in said(mentor, address("document", draft))


def test_a_stranger_and_a_colleague_elsewhere_get_not_found(school: School) -> None:
    draft = school.started()
    names = ("document", "document_fill_in", "document_sign", "document_pdf", "document_docx")
    for role, at in ((Role.MENTOR, "almskolan/8A"), (Role.PRINCIPAL, "bjorkskolan"),
                     (Role.HEAD_OF_SCHOOLS, "linnasa"), (Role.ADMINISTRATOR, "linnasa")):  # fmt: skip
        client = browser(school, school.somebody(role, at))
        assert {client.get(address(name, draft)).status_code for name in names} == {404}


def test_a_protected_pupils_document_is_opened_with_the_days_reason_and_listed_nowhere(
    school: School, mentor: Client
) -> None:
    draft = school.started()
    school.pupil.protection = "marked"
    school.pupil.save()
    assert mentor.get(address("document", draft)).status_code == 404
    school.pupil.access_list.create(
        account=school.mentor.account, decided_by=school.principal.account, from_on=LONG_AGO
    )

    answer = mentor.get(address("document", draft))

    assert answer["Location"] == reverse("pupils_open", args=[school.pupil.public_id])
    assert draft.public_id not in said(mentor, reverse("documents"))


def test_every_form_can_be_opened_filled_in_and_read_in_both_languages(school: School) -> None:
    client = browser(school, school.counsellor)
    for form in shelf.forms_in_force(NOON.date()):
        pupil = school.pupil if form.is_about_pupil else None
        draft = school.started(form.id, by=school.counsellor, pupil=pupil)
        page = said(client, address("document_fill_in", draft))
        assert form.name.sv in page
        said(client, address("document", draft))
        client.post(reverse("account_language"), {"language": "en"})
        assert form.name.en in said(client, address("document_sign", draft)).replace("&#x27;", "'")
        client.post(reverse("account_language"), {"language": "sv"})


def test_reading_and_writing_are_logged_with_document_and_pupil(
    school: School, mentor: Client
) -> None:
    draft = school.started()

    said(mentor, address("document", draft))
    said(mentor, reverse("documents"))

    read = Entry.objects.get(action="documents.document", kind=Kind.READ)
    assert read.subjects == sorted(
        [f"document:{draft.public_id}", f"pupil:{school.pupil.public_id}"]
    )
    assert Entry.objects.get(action="documents.list").subjects == [
        f"pupil:{school.pupil.public_id}"
    ]
