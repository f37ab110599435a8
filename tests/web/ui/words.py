"""The words of every app: what Python and templates say, and what the .po files have of it.

`PYTHONPATH=src python -m tests.web.ui.words` prints what is missing, by app, ready to be filled in.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from narvaro.web.ui.catalogues import Entry, po_files, read

WEB = Path(__file__).parents[3] / "src" / "narvaro" / "web"
ASKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
ASKS |= {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
ASKED = re.compile(rf"\b(n?p?gettext|_)\((\s*{TEXT}\s*(?:,\s*{TEXT}\s*)*)", re.S)


def apps() -> list[Path]:
    return sorted(path.parent for path in WEB.glob("*/apps.py"))


def said(app: Path) -> dict[str, str]:
    """What an app says: the key of a .mo file, and the file that says it."""
    found: dict[str, str] = {}
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if {"migrations", "locale"} & set(path.parts):
            continue
        text = path.read_text("utf-8")
        keys = in_python(text) if path.suffix == ".py" else in_template(text)
        for key in keys:
            found.setdefault(key, str(path.relative_to(WEB)))
    return found


def in_python(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        texts = [one for one in given if isinstance(one, str)]
        if name in ASKS and texts and isinstance(node.args[0], ast.Constant):
            yield key_of(name, texts)


def in_template(text: str) -> Iterator[str]:
    from django.utils.translation.template import templatize

    for name, given in ASKED.findall(templatize(text)):
        yield key_of(name, [str(one) for one in ast.literal_eval(f"({given},)")])


def key_of(name: str, texts: list[str]) -> str:
    entry = Entry()
    if "pgettext" in name:
        entry.context = texts.pop(0)
    entry.words = texts[0]
    if name.startswith("n") and len(texts) > 1:
        entry.plural = texts[1]
    return entry.key


def told(language: str = "en") -> dict[str, dict[str, str]]:
    """What the .po files have: for each key the words by app."""
    found: dict[str, dict[str, str]] = {}
    for path in po_files(WEB, language):
        for entry in read(path):
            found.setdefault(entry.key, {})[path.parents[3].name] = entry.value
    return found


def missing() -> dict[str, dict[str, str]]:
    """By app: what is said there and in English nowhere, and where it is said."""
    known = {key for key, by_app in told().items() if any(by_app.values())}
    found = {app.name: {k: v for k, v in said(app).items() if k not in known} for app in apps()}
    return {app: keys for app, keys in found.items() if keys}


def stale() -> list[str]:
    """What the .po files have that no app says."""
    used = {key for app in apps() for key in said(app)}
    return sorted(key for key in told() if key not in used)


if __name__ == "__main__":
    for app, keys in missing().items():
        sys.stdout.write(f"\n# {app}\n")
        for key, where in keys.items():
            words, _, plural = key.partition("\0")
            more = f"msgid_plural {plural!r}\nmsgstr[0] ''\nmsgstr[1] ''" if plural else "msgstr ''"
            sys.stdout.write(f"# {where}\nmsgid {words!r}\n{more}\n\n")
    for key in stale():
        sys.stdout.write(f"# stale: {key!r}\n")
