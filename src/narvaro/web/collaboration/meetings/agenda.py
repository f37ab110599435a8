"""The points of a meeting, the same for everybody: who leads it need not invent them.

Source of the order: the six moments of coordinated planning (need, plan, call, meet, follow up,
close) and what a coordinated plan has to state: needs, measures, each organiser's responsibility,
who is mainly responsible, when it is followed up.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from narvaro.web.collaboration.models import Call, CallKind


def points_of(call: Call) -> Sequence[str]:
    """What is gone through, in order, with minutes left to the chair."""
    if call.kind == CallKind.FOLLOW_UP:
        return (
            _("Vilka vi är och varför vi ses igen"),
            _("Elevens och vårdnadshavarnas ord: vad har blivit annorlunda?"),
            _("Det som skulle göras: vad är gjort, och vad hände då?"),
            _("Vad som behövs nu, och vem som gör vad"),
            _("När vi följer upp, eller att vi är klara"),
        )
    return (
        _("Vilka vi är, och vad som får delas här"),
        _("Det som är viktigt för eleven, med elevens egna ord"),
        _("Vårdnadshavarnas bild, med deras egna ord"),
        _("Frågan som vi har samlats för"),
        _("Det som har prövats, och vad det har gett"),
        _("Vad som behövs, och vilken verksamhet som gör vad till när"),
        _("Vem som är huvudansvarig"),
        _("När vi följer upp"),
    )
