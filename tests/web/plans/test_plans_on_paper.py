"""Each part of a plan as PDF and DOCX: the same words, the other part never, nobody named by the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from tests.web.documents.test_documents_on_paper import paragraphs, words_of
from tests.web.plans.conftest import Around

from narvaro.web.accounts.roles import Role
from narvaro.web.plans.models import PlanVersion, Who
from narvaro.web.plans.paper import OWN, SHARED, file_name, own_paper, shared_paper
from narvaro.web.plans.shared import shared_part
from narvaro.web.pupils.models import Protection

LONG = "Åsa-Märta Öberg-Wästerlund-Fältskog af Ekenäs"


def long_plan(around: Around) -> PlanVersion:
    """Signed, of somebody with a long name."""
    around.pupil.given_name, _, around.pupil.family_name = LONG.partition(" ")
    around.pupil.save()
    return around.signed()


def said(made: bytes, kind: str, folder: Path) -> str:
    """The words of a file, of tables too."""
    if kind == "pdf":
        return words_of(made, folder)
    from docx import Document as Docx

    tables = Docx(BytesIO(made)).tables
    cells = [cell.text for one in tables for row in one.rows for cell in row.cells]
    return "\n".join([*paragraphs(made), *cells])


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_shared_part_on_paper_says_everything_of_it_and_nothing_of_the_own(
    around: Around, kind: str, tmp_path: Path
) -> None:
    done = long_plan(around)

    words = said(shared_paper(done, around.by(), kind=kind), kind, tmp_path)

    for each in (
        LONG, "Tryggare väg in", "Att någon jag känner", "Elevens ord", "Huvudansvarig",
        "Linnåsa socialtjänst, enheten", "Barnkliniken Linnåsa, enheten", "Fotbollsklubben",
        "Berättar när en dag", "Väcker klockan sju",
    ):  # fmt: skip
        assert each in words, each
    assert "Eva möter" not in words
    assert "orolig" not in words


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_own_part_on_paper_is_the_own_part_alone(
    around: Around, kind: str, tmp_path: Path
) -> None:
    done = long_plan(around)

    words = said(own_paper(done.own_part, around.by(), kind=kind), kind, tmp_path)

    assert "Eva möter i entrén." in words
    assert "Gruppen i 7B är orolig." in words
    assert "lämnas inte ut med planen" in words
    for each in ("Tryggare väg in", "Fotbollsklubben", "socialtjänst"):
        assert each not in words


def test_the_pdf_is_tagged_and_the_same_for_the_same_moment(around: Around) -> None:
    done = long_plan(around)
    for made, again in (
        (shared_paper(done, around.by(), kind="pdf"), shared_paper(done, around.by(), kind="pdf")),
        (own_paper(done.own_part, around.by(), kind="pdf"),) * 2,
    ):
        assert b"/StructTreeRoot" in made
        assert b"pdfuaid" in made
        assert made == again


def test_a_draft_says_that_it_is_one_and_what_is_not_written(
    around: Around, tmp_path: Path
) -> None:
    draft = around.plan().versions.get()

    words = words_of(shared_paper(draft, around.by(), kind="pdf"), tmp_path)

    assert "Utkast, inte signerat" in words
    assert "Inget är skrivet." in words


def test_the_files_are_called_by_part_version_and_day(around: Around) -> None:
    done = long_plan(around)

    assert file_name(SHARED, done, "pdf") == "samordnad-plan-1-2026-12-02.pdf"
    assert file_name(OWN, done, "docx") == "skolans-egen-del-1-2026-12-02.docx"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_of_a_protected_pupil_no_file_says_name_school_or_class(
    around: Around, kind: str, tmp_path: Path
) -> None:
    done = long_plan(around)
    around.pupil.protection = Protection.PROTECTED_REGISTRATION
    around.pupil.save()
    fresh = PlanVersion.objects.get(pk=done.pk)

    made = shared_paper(fresh, around.by(Role.PRINCIPAL), kind=kind)
    words = said(made, kind, tmp_path)

    for each in (LONG, "Öberg", "almskolan", "7B", "Linnåsa kommun"):
        assert each not in words
    assert "Skolan" in words
    assert b"Linn" not in made or kind == "docx"
    assert "Fotbollsklubben" in words


def test_the_shared_part_groups_what_a_unit_answers_for(around: Around) -> None:
    again = around.doing()[0]
    done = around.signed(doing=[*around.doing(), again])

    part = shared_part(done)

    assert [one.name for one in part.organisers] == [
        "Linnåsa socialtjänst, enheten", "Barnkliniken Linnåsa, enheten", "Linnåsa kommun, almskolan",
    ]  # fmt: skip
    assert [len(one.tasks) for one in part.organisers] == [2, 1, 1]
    assert [one.is_main for one in part.organisers] == [True, False, False]
    assert [one.by for one in part.others] == ["Eleven", "Hemmet", "Fotbollsklubben"]
    assert {one.who for one in done.efforts.all()} == set(Who.values)
