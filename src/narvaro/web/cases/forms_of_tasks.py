"""What is asked about tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Version

TAKE_UP, LEAVE = "take_up", "leave"


class TaskForm(forms.Form):
    """What is decided, and why."""

    answer = forms.CharField(
        label=gettext_lazy("Vad beslutas, och varför?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv vad som beslutas och varför.")},
    )
    version = Version()

    def __init__(self, *given: Any, version: int, **named: Any) -> None:
        """The version as it was opened."""
        super().__init__(*given, **({"initial": {"version": version}} | named))


class ForcedForm(TaskForm):
    """A forced move: taken up now, or left with a reason."""

    def __init__(self, *given: Any, step: str, **named: Any) -> None:
        """The step that it leads to, by name; none when the case's version has none such."""
        super().__init__(*given, **named)
        up = [(TAKE_UP, _("Ta upp nu: %(step)s börjar i dag") % {"step": step.lower()})]
        ways = [*(up if step else []), (LEAVE, _("Inte nu: skälet står kvar i historiken"))]
        self.fields["how"] = forms.ChoiceField(
            label=_("Beslut"), choices=ways, widget=forms.RadioSelect
        )
        self.order_fields(["how", "answer", "version"])
