"""The small forms around a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from narvaro.forms import forms_in_force
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.actions import LONGEST_ADDENDUM
from narvaro.web.documents.facts import language
from narvaro.web.documents.places import schools_of


class OpenReason(models.TextChoices):
    """Why a principal opens what student health wrote; what the log keeps."""

    DECISION = "decision", _("Ett beslut om elevens stöd kräver det")
    SUPERVISION = "supervision", _("Ett överklagande eller en tillsyn kräver det")


class AddendumForm(forms.Form):
    """Something added to a signed document."""

    text = forms.CharField(
        label=_("Tillägg"), widget=forms.Textarea, max_length=LONGEST_ADDENDUM, strip=True
    )


class OpenForm(forms.Form):
    """A reason; asked for by who is not one of the text's professions."""

    reason = forms.ChoiceField(
        label=_("Skäl"), choices=OpenReason.choices, widget=forms.RadioSelect
    )


class StartForm(forms.Form):
    """Which form to begin, and where when that can be more than one school."""

    form = forms.ChoiceField(label=_("Blankett"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Skola"), required=False)

    def __init__(self, *given: Any, viewer: Viewer, is_about_pupil: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        offered = [
            one
            for one in forms_in_force(viewer.today)
            if one.is_about_pupil == is_about_pupil and may_read(viewer.role, one.restriction.value)
        ]
        choices = [(one.id, one.name.to(language())) for one in offered]
        self.fields["form"].choices = choices  # type: ignore[attr-defined]
        schools = [] if is_about_pupil else schools_of(viewer, "documents.start")
        if len(schools) < 2:
            del self.fields["unit"]
        else:
            named_ones = [(one.public_id, one.name) for one in schools]
            self.fields["unit"].choices = named_ones  # type: ignore[attr-defined]
            self.fields["unit"].required = True
