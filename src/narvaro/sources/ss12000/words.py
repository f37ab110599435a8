"""The standard's words in the words of the exchange format.

Source: SS 12000 2.1 for the words on the left. A word that is not here is unknown, never a fault.
"""

from __future__ import annotations

from typing import Final

PROTECTION: Final = {
    "Ingen": "none",
    "Sekretessmarkering": "marked",
    "Skyddad folkbokföring": "protected_registration",
}
STRICTEST: Final = "protected_registration"
PROTECTION_ORDER: Final = ("none", "marked", "protected_registration")

SEX: Final = {"Kvinna": "female", "Man": "male", "Okänt": "unknown"}

ORGANISATION_KIND: Final = {
    "Huvudman": "school_authority",
    "Verksamhetsområde": "area",
    "Förvaltning": "area",
    "Rektorsområde": "area",
    "Skola": "school",
    "Skolenhet": "school_unit",
    "Varumärke": "other",
    "Bolag": "other",
    "Övrigt": "other",
}

GROUP_TYPES: Final = frozenset(
    (
        "Undervisning",
        "Klass",
        "Mentor",
        "Provgrupp",
        "Schema",
        "Avdelning",
        "Personalgrupp",
        "Övrigt",
    )
)
CLASS_GROUP: Final = "Klass"
STAFF_GROUP: Final = "Personalgrupp"

ACTIVITY_COUNTS: Final = {
    "Undervisning": "yes",
    "Elevaktivitet": "yes",
    "Provaktivitet": "test",
    "Läraraktivitet": "no",
    "Övrigt": "no",
}

ABSENCE_KIND: Final = {"Beviljad ledighet": "leave", "Anmäld frånvaro": "notified"}

DUTY_ROLE_MENTOR: Final = "Mentor"

LEISURE: Final = frozenset(("FTH", "OPPFTH"))
SCHOOL_FORM: Final = {"GRS": "GRAN", "GYS": "GYAN"}
"""Forms that were renamed since the standard: the register of school units has the new ones."""

_GRADED: Final = frozenset(("GR", "GRAN", "SP", "SAM", "TR"))
_GRADES: Final = ("F", *(str(year) for year in range(1, 11)))


def stricter(one: str | None, other: str | None) -> str | None:
    """Return the stricter of two protections; None is nothing known."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=PROTECTION_ORDER.index)


def school_form(word: str | None) -> str | None:
    """Return the form of school under its present code; others as given."""
    return SCHOOL_FORM.get(word, word) if word else None


def grade(form: str | None, year: object) -> tuple[str | None, bool]:
    """Return the grade of an enrolment, and whether its school year could be read.

    Only the forms of compulsory school have grades: year 1 of upper secondary is not grade 1.
    """
    if form == "FS":
        return "preschool", True
    if form == "FKLASS":
        return "F", True
    if form not in _GRADED or year is None:
        return None, True
    text = str(year).strip().upper()
    found = "F" if text in ("0", "F") else text
    return (found, True) if found in _GRADES else (None, False)
