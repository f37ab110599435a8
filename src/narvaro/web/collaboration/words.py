"""What a call is called, and what of its place may be said to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from narvaro.programmes import Programme, collaboration_of
from narvaro.web.collaboration.models import Call, CallKind, PlaceKind
from narvaro.web.pupils.models import Pupil

_LONG_NUMBER = re.compile(r"\d{6}")


def names_of(programme: Programme) -> Mapping[CallKind, str]:
    """What each kind is called where the programme is in force."""
    here = collaboration_of(programme)
    english = get_language() == "en"
    meeting = here.meeting_name.en if english else here.meeting_name.sv
    plan = here.plan_name.en if english else here.plan_name.sv
    return {
        CallKind.CROSS_AGENCY: meeting,
        CallKind.FOLLOW_UP: _("Uppföljning: %(name)s") % {"name": meeting},
        CallKind.NETWORK: _("Nätverksmöte"),
        CallKind.SIP: plan,
    }


def place_said(call: Call, kind: str, place: str) -> str:
    """The place as others may know it.

    Nothing of it when the pupil's identity is protected: a place tells where the pupil is. Of a
    home only that it is one.
    """
    if call.pupil.is_protected:
        return ""
    label = str(PlaceKind(kind).label)
    return label if kind == PlaceKind.HOME or not place else f"{label}, {place}"


def names_somebody(text: str, pupil: Pupil) -> bool:
    """The words hold a name of the pupil or a guardian, or something like a personal number."""
    said = set(re.findall(r"\w+", text.casefold()))
    guardians = pupil.guardians.values_list("given_name", "family_name")
    names = {pupil.given_name, pupil.family_name, *(part for one in guardians for part in one)}
    parts = {part for name in names for part in re.findall(r"\w+", name.casefold())}
    return bool(said & parts) or bool(_LONG_NUMBER.search(text))
