"""What is asked of who signs a deviation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Version
from narvaro.web.collaboration.words import names_somebody
from narvaro.web.pupils.models import Pupil

LONGEST_TEXT = 8_000


class SignForm(forms.Form):
    """The words of who signs a deviation."""

    words = forms.CharField(
        label=gettext_lazy("Vad som hände, och vad det ledde till för eleven"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Skriv inget namn: avvikelsen går till en annan myndighet."),
    )
    version = Version()

    def __init__(self, *given: Any, pupil: Pupil, **named: Any) -> None:
        super().__init__(*given, **named)
        self.pupil = pupil

    def clean_words(self) -> str:
        """Words without anybody's name: the report goes to other authorities."""
        words = str(self.cleaned_data["words"])
        if names_somebody(words, self.pupil):
            raise forms.ValidationError(
                _("Texten ser ut att innehålla ett namn eller ett nummer på någon.")
            )
        return words
