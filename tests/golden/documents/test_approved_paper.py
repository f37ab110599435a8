"""The approved words of documents on paper, as `pdftotext` reads them; a diff is a decision.

`NARVARO_APPROVE=1` writes what is made now.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import town
from tests.web.documents.conftest import NOON, School, investigated, school
from tests.web.documents.test_documents_on_paper import talked, words_of

from narvaro.web.documents.actions import save
from narvaro.web.documents.letters import letter_shown
from narvaro.web.documents.models import Document
from narvaro.web.documents.paper import drawn, letters_on_paper
from narvaro.web.messages.registry import OnPaper

__all__ = ["school", "town"]
HERE = Path(__file__).parent


def letter(school: School, language: str) -> Document:
    draft = school.started("guardian-letter")
    answers = {
        "language": language, "meeting_on": "2026-12-15", "meeting_time": "15.30",
        "place": "Rum Ö12", "phone": "010-000 00 00", "own_words": "Vi ses gärna.",
    }  # fmt: skip
    return save(draft, answers=answers, opened_version=1, by=school.mentor, at=NOON)


ROWS: dict[str, dict[str, Any]] = {
    "selection-record": {
        "weighed": [
            {"row": ground, "for": "Det talar för en plats", "against": "Det vet vi inte"}
            for ground in ("need", "motivation", "absence", "results")
        ],
        "pupil_says": "Jag vill börja i liten grupp.",
        "decision": "waits",
        "why": "Platserna är fyllda till jul.",
        "meanwhile": "Kortare dagar och en vuxen som möter i entrén.",
    },
    "extended-investigation": {
        "why_not_enough": "Åtgärderna började olika veckor.",
        "took_part": ["pupil", "guardian", "school_authority"],
        "pupil_says": "Morgnarna är svårast.",
        "home_says": "Vi behöver veta vem vi ringer.",
        "conclusion": "Skolans övergångar behöver ändras.",
        "school_authority_does": "Ordna skolskjuts från årsskiftet.",
    },
}


def record(school: School, form: str) -> Document:
    """A form of another municipality's programme, begun by the mentor."""
    draft = school.started(form)
    return save(draft, answers=ROWS[form], opened_version=1, by=school.mentor, at=NOON)


def made(school: School, name: str) -> Document:
    if name in ROWS:
        return record(school, name)
    if name.startswith("letter"):
        return letter(school, name.removeprefix("letter."))
    return talked(school) if name == "talk" else investigated(school)


@pytest.mark.parametrize("name", ["talk", "investigation", "letter.sv", "letter.en", *ROWS])
def test_the_paper_says_what_was_approved(school: School, name: str, tmp_path: Path) -> None:
    said = words_of(drawn(made(school, name), school.counsellor, kind="pdf"), tmp_path)
    kept = HERE / f"{name}.txt"
    if os.environ.get("NARVARO_APPROVE") == "1":
        kept.write_text(said, "utf-8")

    assert said == kept.read_text("utf-8")


def in_the_window(school: School, language: str, name: str, postal: str) -> OnPaper:
    """A letter for an envelope."""
    document = letter(school, language)
    shown = letter_shown(document, into=language)
    assert shown is not None
    kind = f"document:{document.public_id}"
    return OnPaper(kind, "", language, shown.subject, shown.body, name, postal)


def test_letters_for_envelopes_say_what_was_approved(school: School, tmp_path: Path) -> None:
    long_name = "Åsa-Örjana Maximiliana af Provström-Äppelblads-Långhultsson"
    papers = [
        in_the_window(school, "sv", long_name, "c/o Östen Provsson\nÄngsvägen 1 B\n000 00 Åmåla"),
        in_the_window(school, "en", "Omar Provsson", ""),
    ]
    said = words_of(letters_on_paper(papers, NOON), tmp_path)
    kept = HERE / "envelopes.txt"
    if os.environ.get("NARVARO_APPROVE") == "1":
        kept.write_text(said, "utf-8")

    assert said == kept.read_text("utf-8")
