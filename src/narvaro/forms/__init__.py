"""One form engine: forms as dated, versioned TOML; answers checked, shown and fingerprinted."""

from narvaro.forms.answers import AnswerFault, check, fingerprint, is_demanded, tidied
from narvaro.forms.model import Field, Form, Kind, Restriction, Section, Text, Voice
from narvaro.forms.reading import form_faults, read_form
from narvaro.forms.shelf import form_ids, forms_in_force, load, newest, text_of, versions_of
from narvaro.forms.showing import Shown, ShownSection, labels_of, letter_of, shown

__all__ = [
    "AnswerFault",
    "Field",
    "Form",
    "Kind",
    "Restriction",
    "Section",
    "Shown",
    "ShownSection",
    "Text",
    "Voice",
    "check",
    "fingerprint",
    "form_faults",
    "form_ids",
    "forms_in_force",
    "is_demanded",
    "labels_of",
    "letter_of",
    "load",
    "newest",
    "read_form",
    "shown",
    "text_of",
    "tidied",
    "versions_of",
]
