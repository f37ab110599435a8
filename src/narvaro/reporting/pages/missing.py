"""The page for what is not there; the same for what was never there and for what is gone."""

from __future__ import annotations

from narvaro.reporting.markup import el
from narvaro.reporting.pages.frame import Frame, page
from narvaro.reporting.pages.links import Links
from narvaro.reporting.pages.parts import panel
from narvaro.reporting.texts import Voice
from narvaro.timetable import Language


def missing_page(lang: Language = "sv") -> str:
    """404, in words. It repeats nothing of the address that was asked for."""
    voice = Voice(lang)
    title = voice.say("missing.title")
    frame = Frame(voice, authority="", title=title, heading=title, lead=voice.say("missing.text"))
    back = el("a", voice.say("missing.back"), href=Links(lang).overview())
    return page(frame, panel(voice.say("frame.schools"), el("p", back), span=6))
