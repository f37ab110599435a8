"""What comes with an answer to flags."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class NoCase(forms.Form):
    """Why there is no case: one reason, kept at each flag."""

    reason = forms.CharField(
        label=_("Varför blir det inget ärende?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Skälet läses av dem som ser elevens flaggor och visas vid nästa flagga. Skriv inget "
            "om hälsa eller familj här."
        ),
        error_messages={
            "required": _("Skriv varför det inte blir något ärende. Skälet visas vid nästa flagga.")
        },
    )


def offered_in(sent: QueryDict) -> Mapping[str, int]:
    """The flags that a page offered, each with the version it showed; what is no such is left out."""
    pairs = (one.partition(":") for one in sent.getlist("offered"))
    return {name: int(version) for name, _, version in pairs if _is_number(version)}


def chosen_in(sent: QueryDict) -> set[str]:
    """The flags that were marked."""
    return set(sent.getlist("flag"))


def version_in(sent: QueryDict) -> int:
    """The version that a button carries; nought, which nothing has, when it carries none."""
    version = sent.get("version", "")
    return int(version) if _is_number(version) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
