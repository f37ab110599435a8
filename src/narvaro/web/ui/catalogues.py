"""The words in other languages: read from every app's .po files, made into .mo files at the start.

Django reads .mo files only, and GNU gettext, which makes them, is not on every machine. The format
is small (the manual of GNU gettext, "MO files"), so it is written here: no .mo file is kept
in the project or in a wheel, and none can be older than its words.
"""

from __future__ import annotations

import ast
import os
import struct
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HEADER = (
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
MAGIC = 0x950412DE
CONTEXT, PLURAL = "\x04", "\x00"


@dataclass
class Entry:
    """Words and what they are in another language; with a plural two of each."""

    context: str = ""
    words: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)
    is_unsure: bool = False

    @property
    def key(self) -> str:
        """The key in a .mo file."""
        before = f"{self.context}{CONTEXT}" if self.context else ""
        return before + self.words + (f"{PLURAL}{self.plural}" if self.plural else "")

    @property
    def value(self) -> str:
        """The value in a .mo file; empty as long as a part of it is missing."""
        said = [self.said.get(number, "") for number in range(2 if self.plural else 1)]
        return PLURAL.join(said) if all(said) and not self.is_unsure else ""


def read(path: Path) -> list[Entry]:
    """The entries of a .po file, without its header. `ValueError` names a line it cannot read."""
    entries: list[Entry] = []
    now, part = Entry(), ""
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], start=1):
        text = line.strip()
        if not text or (text.startswith("#") and now.said):
            entries.append(now)
            now, part = Entry(), ""
        if text.startswith("#,") and "fuzzy" in text:
            now.is_unsure = True
        if not text or text.startswith("#"):
            continue
        if not text.startswith('"'):
            part, _, text = text.partition(" ")
        if part in ("msgid", "msgctxt") and now.said:
            entries.append(now)
            now = Entry()
        _take(now, part, _unquoted(text, f"{path}:{number}"))
    return [one for one in entries if one.words]


def _unquoted(text: str, where: str) -> str:
    try:
        return str(ast.literal_eval(text.strip()))
    except (SyntaxError, ValueError):
        raise ValueError(f"{where}: no line of a .po file") from None


def _take(entry: Entry, part: str, text: str) -> None:
    if part == "msgctxt":
        entry.context += text
    elif part == "msgid":
        entry.words += text
    elif part == "msgid_plural":
        entry.plural += text
    elif part.startswith("msgstr"):
        number = int(part[7:-1]) if part.startswith("msgstr[") else 0
        entry.said[number] = entry.said.get(number, "") + text


def compiled(entries: Iterable[Entry]) -> bytes:
    """The .mo file of entries; of two with the same key the first counts."""
    words: dict[str, str] = {"": HEADER}
    for one in entries:
        if one.value:
            words.setdefault(one.key, one.value)
    return _packed({key.encode(): words[key].encode() for key in sorted(words)})


def _packed(words: Mapping[bytes, bytes]) -> bytes:
    """Seven numbers, two tables of (length, offset), the keys, the values; each ends with a zero."""
    count = len(words)
    at_keys, at_values = 28, 28 + 8 * count
    offset = 28 + 16 * count
    tables, body = [b"", b""], b""
    for part, texts in enumerate((list(words), list(words.values()))):
        for text in texts:
            tables[part] += struct.pack("<II", len(text), offset + len(body))
            body += text + b"\0"
    head = struct.pack("<7I", MAGIC, 0, count, at_keys, at_values, 0, offset)
    return head + tables[0] + tables[1] + body


def po_files(root: Path, language: str) -> Iterator[Path]:
    """Every app's words in a language, in the order of the apps' names."""
    yield from sorted(root.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))


def compile_all(root: Path, into: Path, languages: Iterable[str]) -> None:
    """Make `into`/LANGUAGE/LC_MESSAGES/django.mo of all apps under `root`, where it differs."""
    for language in languages:
        made = compiled(entry for path in po_files(root, language) for entry in read(path))
        path = into / language / "LC_MESSAGES" / "django.mo"
        if not path.is_file() or path.read_bytes() != made:
            _write(path, made)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: other processes may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)
