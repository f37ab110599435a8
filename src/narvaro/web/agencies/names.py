"""What working with other authorities is called here, in the reader's language."""

from __future__ import annotations

from narvaro.programmes import Collaboration, Programme, Text, collaboration_of
from narvaro.web.ui.written import language

__all__ = ["Collaboration", "collaboration_of", "meeting_name", "named", "plan_name"]


def named(text: Text) -> str:
    """A text of the programme in the language of the page."""
    return text.en if language() == "en" else text.sv


def meeting_name(programme: Programme) -> str:
    """`Västbusmöte`, `SIP-möte`, a local name."""
    return named(collaboration_of(programme).meeting_name)


def plan_name(programme: Programme) -> str:
    """`Samordnad individuell plan (SIP)`, or what it is called here."""
    return named(collaboration_of(programme).plan_name)
