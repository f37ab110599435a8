"""Addresses of the pages; keys are opaque and quoted. A document on its own has no links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from narvaro.reporting.markup import Markup, el
from narvaro.timetable import Language

Form = Literal["html", "pdf", "xlsx"]
Audience = Literal["inside", "leaves_school"]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in one language. `is_document`: a file that links nowhere."""

    lang: Language
    is_document: bool = False

    @property
    def _root(self) -> str:
        return "" if self.lang == "sv" else "/en"

    def overview(self) -> str:
        return f"{self._root}/"

    def school(self, key: str) -> str:
        return f"{self._root}/skola/{quote(key, safe='')}"

    def pupil(self, key: str) -> str:
        return f"{self._root}/elev/{quote(key, safe='')}"

    def report(self, key: str, *, audience: Audience, form: Form) -> str:
        where = "inom" if audience == "inside" else "ut"
        return f"{self.school(key)}/manad-{where}.{form}"

    def linked(self, text: str, address: str, *, class_: str = "key") -> Markup:
        """The text as a link, or as itself in a document."""
        if self.is_document:
            return el("span", text, class_=class_)
        return el("a", text, href=address, class_=class_)
