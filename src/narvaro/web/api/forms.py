"""What is asked about a new key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api.models import LONGEST_DAYS

USUAL_DAYS = 30


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the viewer's own assignments of today."""

    def label_from_instance(self, post: Any) -> str:
        """Role and unit."""
        return f"{post.get_role_display().capitalize()}, {post.unit.name}"


class KeyForm(forms.Form):
    """Name, assignment, last day."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        first = {
            "assignment": viewer.assignment.public_id,
            "expires_on": viewer.today + timedelta(days=USUAL_DAYS),
        }
        named["initial"] = first
        super().__init__(*given, **named)
        mine = viewer.account.assignments.in_force(viewer.today).select_related("unit")
        self.fields["name"] = forms.CharField(
            label=_("Vad nyckeln ska användas till"),
            max_length=80,
            help_text=_("Till exempel det system som hämtar. Skriv ingen elevs namn."),
        )
        self.fields["assignment"] = PostChoice(
            mine.order_by("pk"),
            label=_("Uppdrag som nyckeln arbetar i"),
            to_field_name="public_id",
            empty_label=None,
        )
        self.fields["expires_on"] = Day(
            label=_("Sista dag"),
            help_text=_("Högst %(days)s dagar från i dag.") % {"days": LONGEST_DAYS},
        )
