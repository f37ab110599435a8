"""The letter that a form's answers make."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from narvaro.forms import letter_of
from narvaro.timetable import day_in_words
from narvaro.web.accounts.models import on_day
from narvaro.web.documents.models import Document

DANGLING = re.compile(r"(?m)^[ ,]+")
"""What is left of `{school}, {day}` where the school is not told."""


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter as the receiver reads it."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """The paragraphs as one text."""
        return "\n\n".join(self.paragraphs)


def letter_shown(document: Document, *, into: str = "") -> LetterShown | None:
    """The letter in a language, else in the one chosen in the form; None when the form makes none.

    About a pupil with a protected identity the school is not named.
    """
    letters = document.labels.get("letters") or {}
    if not letters:
        return None
    language = into or str(document.answers.get("language", "sv"))
    language = language if language in letters else "sv"
    day = (document.signed_at or document.saved_at).date()
    given = {
        "school": "" if is_about_protected(document) else document.unit.name,
        "sender": (document.signed_by or document.owner).name,
        "day": day_in_words(day, "sv" if language == "sv" else "en"),
    }
    subject, body = letter_of(document.labels, document.answers, given, language=language)
    if not given["school"]:
        body = DANGLING.sub("", body)
    return LetterShown(language, subject, tuple(body.strip().split("\n\n")))


def languages_of(document: Document) -> dict[str, str]:
    """The languages that the letter is in, by code, each by its own name."""
    letters = document.labels.get("letters") or {}
    return {code: str(one["name"]) for code, one in letters.items()}


def is_about_protected(document: Document) -> bool:
    """Nothing that tells where the pupil is may stand in it."""
    return document.pupil is not None and document.pupil.is_protected


def places_named(document: Document, letter: LetterShown) -> Collection[str]:
    """The school and the classes of the document's pupil that a letter names; wanted: none."""
    if document.pupil is None:
        return ()
    keys = document.pupil.enrolments.filter(on_day(document.started_at.date()))
    classes = {one.rpartition("/")[2] for one in keys.values_list("class_key", flat=True)}
    text = f"{letter.subject}\n{letter.body}"
    wanted = {document.unit.name, *classes} - {""}
    return sorted(one for one in wanted if re.search(rf"(?i)\b{re.escape(one)}\b", text))
