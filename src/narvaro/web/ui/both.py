"""What two people wrote of the same thing, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from narvaro.web.ui import written

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Both:
    """A field as somebody else left it, and as it was just written."""

    words: str
    theirs: str
    yours: str

    @property
    def differ(self) -> bool:
        """The two do not say the same."""
        return self.yours not in (self.theirs, NOTHING)


def both_of(
    draft: forms.BaseForm, theirs: Mapping[str, Any], *, words: Mapping[str, Any]
) -> list[Both]:
    """Every visible field of a draft beside what stands now (`theirs`, by the field's name).

    What stands and is no field of the draft was changed by another form: it gets its label
    from `words`, and is left out without one.
    """
    fields = [_one(bound, theirs) for bound in draft.visible_fields()]
    others = [
        Both(str(words[name]), _plain(value), NOTHING)
        for name, value in theirs.items()
        if name in words and name not in draft.fields
    ]
    return [*fields, *others]


def _one(bound: forms.BoundField, theirs: Mapping[str, Any]) -> Both:
    said = _said(bound.field, theirs[bound.name]) if bound.name in theirs else NOTHING
    return Both(str(bound.label), said, _said(bound.field, bound.value()))


def _said(field: forms.Field, value: Any) -> str:
    """A field's value in words: a choice by its label, a day as days are written."""
    if isinstance(field, forms.BooleanField):
        return _("ja") if field.to_python(value) else _("nej")
    try:
        found = field.to_python(field.prepare_value(value))
    except ValidationError:
        return str(value)
    if found in field.empty_values:
        return NOTHING
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(found)
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(_label(field.choices, one) for one in found or ())  # type: ignore[arg-type]
    if isinstance(field, forms.ChoiceField):
        return _label(field.choices, found)  # type: ignore[arg-type]
    return _plain(found)


def _plain(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, date):
        return f"{written.day_and_month(value)}{written.HARD}{value.year}"
    return str(value)


def _label(choices: Iterable[tuple[Any, Any]], value: Any) -> str:
    """Also where choices stand in groups under a heading."""
    whole = (
        pair
        for name, words in choices
        for pair in (words if isinstance(words, list | tuple) else [(name, words)])
    )
    return next((str(words) for name, words in whole if str(name) == str(value)), str(value))
