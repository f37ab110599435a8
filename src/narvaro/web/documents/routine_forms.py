"""The forms of the routine's library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.routine_models import LONGEST

HOW = _("En rad som börjar med # är en rubrik, en med - en punkt. Skriv inga namn på elever.")


class TextForm(forms.Form):
    """The text of a version."""

    text = forms.CharField(
        label=_("Text"), help_text=HOW, widget=forms.Textarea, max_length=LONGEST, strip=False
    )
    opened_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)


class NewForm(forms.Form):
    """A new document of the routine."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    text = forms.CharField(
        label=_("Text"), help_text=HOW, widget=forms.Textarea, max_length=LONGEST, strip=False
    )


class AskForm(forms.Form):
    """Which principals are to approve."""

    principals = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=_("Rektorer som ska godkänna"),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        posts = Assignment.objects.in_force(viewer.today).filter(
            role=Role.PRINCIPAL, unit__authority=viewer.authority, account__is_active=True
        )
        field: Any = self.fields["principals"]
        field.queryset = Account.objects.filter(pk__in=posts.values("account")).order_by("name")
