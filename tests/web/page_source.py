"""What a page's source holds: its forms, and anything a strict policy would have to allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

WRITTEN = {"text", "search", "email", "tel", "url", "number", "password", ""}
HARMLESS_SCRIPTS = {"application/json"}  # data: no browser runs it


@dataclass
class Form:
    """A form: where it goes, how, and the names and values of its fields."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)  # the names of those one writes freely in


class PageSource(HTMLParser):
    """Reads a page; `forms` and `links` in order, `loose` what is written into the page and should not be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.loose: list[str] = []
        self.links: list[str] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        """One element."""
        has = {name: value or "" for name, value in given}
        self._look_for_loose(tag, has)
        if tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"].partition("#")[0])
        if tag == "form":
            self.forms.append(Form(has.get("action", ""), has.get("method", "get").lower()))
        elif self.forms and tag in ("input", "select", "textarea") and has.get("name"):
            self._select = has["name"] if tag == "select" else ""
            if tag == "textarea" or (tag == "input" and has.get("type", "text") in WRITTEN):
                self.forms[-1].written.append(has["name"])
            self.forms[-1].fields.setdefault(has["name"], has.get("value", ""))
        elif self.forms and tag == "option" and self._select and has.get("value"):
            fields = self.forms[-1].fields
            fields[self._select] = fields[self._select] or has["value"]

    def _look_for_loose(self, tag: str, has: dict[str, str]) -> None:
        if tag == "style" or "style" in has:
            self.loose.append(f"<{tag}> has a style of its own")
        if tag == "script" and "src" not in has and has.get("type") not in HARMLESS_SCRIPTS:
            self.loose.append("<script> in the page")
        self.loose += [f"<{tag} {name}>" for name in has if name.startswith("on")]
        if tag in ("script", "img", "link", "iframe", "source"):
            address = has.get("src", "") + has.get("href", "")
            if "//" in address:
                self.loose.append(f"<{tag}> from {address}")
