"""Documents as PDF and DOCX: the same words, nothing restricted, nobody's name in the file's own."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from tests.web.documents.conftest import NOON, TALK, School, investigated

from narvaro.web.audit.models import Entry, Kind
from narvaro.web.documents.actions import Prefilled, add_addendum, save, sign
from narvaro.web.documents.models import Document
from narvaro.web.documents.paper import drawn, file_name

LONG_NAME = "Åsa-Märta Öberg-Wästerlund-Fältskog af Ekenäs"


def talked(school: School) -> Document:
    school.pupil.given_name, school.pupil.family_name = "Åsa-Märta", LONG_NAME[10:]
    school.pupil.save()
    known = Prefilled(
        {
            "figures.share": ["17,5 % frånvaro september–november", "Säkert över 15 %"],
            "figures.weekdays": [["mån", 22], ["tis", 16], ["ons", 19], ["tors", 17], ["fre", 15]],
        },
        data_at=NOON - timedelta(days=1),
    )
    draft = school.started(prefilled=known)
    kept = save(draft, answers=TALK, opened_version=1, by=school.mentor, at=NOON)
    done = sign(kept, opened_version=2, by=school.mentor, at=NOON)
    add_addendum(done, "Rättelse: det var torsdag, inte onsdag.", by=school.mentor, at=NOON)
    return done


def words_of(pdf: bytes, folder: Path) -> str:
    path = folder / "x.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def paragraphs(docx: bytes) -> list[str]:
    from docx import Document as Docx

    return [one.text for one in Docx(BytesIO(docx)).paragraphs]


def test_the_pdf_says_what_the_page_says_and_is_tagged(school: School, tmp_path: Path) -> None:
    made = drawn(talked(school), school.mentor, kind="pdf")
    said = words_of(made, tmp_path)

    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made
    for words in (
        LONG_NAME, "Onsdagar är svårast.", "Elevens ord", "Hemmets ord", "17,5 % frånvaro",
        "Siffror till", "tors", "Signerat av Klara Provberg", "Rättelse: det var torsdag",
        "Blankettens version 1", "Sida 1 / 1",
    ):  # fmt: skip
        assert words in said, words
    assert drawn(talked_again(school), school.mentor, kind="pdf") == made


def talked_again(_school: School) -> Document:
    return Document.objects.get()


def test_the_docx_can_be_edited_and_has_headings_lists_and_tables(school: School) -> None:
    from docx import Document as Docx

    made = Docx(BytesIO(drawn(talked(school), school.mentor, kind="docx")))

    styles = [(one.style.name, one.text) for one in made.paragraphs if one.style]
    assert ("Heading 1", "Dokumentation av samtalet med hemmet") in styles
    assert ("Heading 3", "Vad säger eleven själv?") in styles
    assert ("List Bullet", "Eleven") in styles
    assert ("Quote", "”Onsdagar är svårast.”") in styles
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["22", "16", "19", "17", "15"]
    told = made.core_properties
    assert LONG_NAME not in f"{told.title}{told.author}{told.last_modified_by}{told.comments}"
    assert told.language == "sv-SE"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_what_is_restricted_is_never_printed_for_anybody(
    school: School, kind: str, tmp_path: Path
) -> None:
    found = investigated(school)
    made = drawn(found, school.counsellor, kind=kind)
    said = words_of(made, tmp_path) if kind == "pdf" else "\n".join(paragraphs(made))

    assert "Undervisning på sjukhuset" not in said
    assert "Lång sjukdom\n" not in said
    assert "Skyddad anteckning. Kan läsas av" in said
    assert "Buller i korridoren" in said or kind == "docx"


def test_a_letter_is_the_letter_alone_in_its_language(school: School, tmp_path: Path) -> None:
    draft = school.started("guardian-letter")
    answers = {
        "language": "en", "meeting_on": "2026-12-15", "meeting_time": "15.30",
        "place": "Rum Ö12", "phone": "010-000 00 00",
    }  # fmt: skip
    kept = save(draft, answers=answers, opened_version=1, by=school.mentor, at=NOON)
    done = sign(kept, opened_version=2, by=school.mentor, at=NOON)

    said = words_of(drawn(done, school.mentor, kind="pdf"), tmp_path)

    assert "We would like to meet you" in said
    assert "Rum Ö12" in said
    assert "Klara Provberg" in said
    assert "Provsson" not in said
    assert "Utskrivet" not in said


def test_fetching_is_logged_as_printing_and_as_taking_out_and_the_file_bears_no_name(
    school: School,
) -> None:
    done = talked(school)
    browser = school.town.signed_in(school.mentor.assignment)
    for kind, logged in (("pdf", Kind.PRINT), ("docx", Kind.EXPORT)):
        answer = browser.get(reverse(f"document_{kind}", args=[done.public_id]))

        assert answer.status_code == 200
        assert file_name(done, kind) == f"teacher-documentation-2026-12-02.{kind}"
        assert answer["Content-Disposition"].endswith(f'{file_name(done, kind)}"')
        entry = Entry.objects.get(action=f"documents.{kind}", kind=logged)
        assert f"pupil:{school.pupil.public_id}" in entry.subjects
