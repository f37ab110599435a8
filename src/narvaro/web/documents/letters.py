"""The letter that a form's answers make."""

from __future__ import annotations

from dataclasses import dataclass

from narvaro.forms import letter_of
from narvaro.timetable import day_in_words
from narvaro.web.documents.models import Document


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter as the receiver reads it."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]


def letter_shown(document: Document) -> LetterShown | None:
    """The letter in the language that is chosen; None when the form makes none."""
    letters = document.labels.get("letters") or {}
    if not letters:
        return None
    language = str(document.answers.get("language", "sv"))
    language = language if language in letters else "sv"
    day = (document.signed_at or document.saved_at).date()
    given = {
        "school": document.unit.name,
        "sender": (document.signed_by or document.owner).name,
        "day": day_in_words(day, "sv" if language == "sv" else "en"),
    }
    subject, body = letter_of(document.labels, document.answers, given, language=language)
    return LetterShown(language, subject, tuple(body.strip().split("\n\n")))
