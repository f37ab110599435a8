"""What is asked of who answers a referral: nothing that would tell what is known of the pupil."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.referrals.forms import long_text, version_field
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.rules import possible
from narvaro.web.referrals.words import Happening, Side, State, WhyDeclined

ANSWERS = {
    Happening.ACCEPT: gettext_lazy("Ta emot: vi tar oss an det"),
    Happening.DECLINE: gettext_lazy("Avböj, med skäl"),
    Happening.START: gettext_lazy("Arbetet har börjat"),
    Happening.FINISH: gettext_lazy("Det är klart hos oss"),
}


class AnswerForm(forms.Form):
    """What the receiver answers; a declined one has a reason that tells nothing of the pupil."""

    what = forms.ChoiceField(label=gettext_lazy("Ert svar"), widget=forms.RadioSelect)
    why_code = forms.ChoiceField(
        label=gettext_lazy("Skäl att avböja"),
        choices=[("", "–"), *WhyDeclined.choices],
        required=False,
    )
    why = long_text(
        gettext_lazy("Med egna ord"),
        gettext_lazy("Bara om skälet är ”annat”. Skriv inget ur er egen akt eller journal."),
        required=False,
    )
    version = version_field()

    def __init__(self, *given: Any, referral: Referral, **named: Any) -> None:
        """What the receiver can do where it stands; a reason only where one can decline."""
        super().__init__(*given, **({"initial": {"version": referral.version}} | named))
        can = possible(State(referral.state), by=Side.RECEIVER, has_ground=True)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (str(one), said) for one, said in ANSWERS.items() if one in can
        ]
        if Happening.DECLINE not in can:
            del self.fields["why_code"], self.fields["why"]

    @property
    def is_empty(self) -> bool:
        """There is nothing to answer."""
        return not self.fields["what"].choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason for who declines, in words when it is none of ours."""
        given = super().clean() or {}
        if given.get("what") == Happening.DECLINE:
            if not given.get("why_code"):
                self.add_error("why_code", _("Välj ett skäl."))
            elif given["why_code"] == WhyDeclined.OTHER and not given.get("why"):
                self.add_error("why", _("Skriv skälet med egna ord."))
        return given
