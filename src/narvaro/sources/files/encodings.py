"""Which encoding a file of text has, and how that is known."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from narvaro.sources.files.words import is_known

_CHUNK: Final = 1 << 20
_START: Final = 1 << 16
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SWEDISH: Final = frozenset("åäöÅÄÖéÉèüÜáñøæØÆ–—’”“…·§½\u00a0´°×àëïçØß€")
_OLD: Final = ("cp1252", "cp850", "mac_roman")


@dataclass(slots=True)
class ByteFacts:
    """What one pass over the bytes shows."""

    bom: str | None = None
    is_utf8: bool = True
    start: bytes = b""
    has_zero: bool = False
    high: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """An encoding and why; `name` is None where it cannot be told."""

    name: str | None
    why: str


def byte_facts(path: Path) -> ByteFacts:
    """One pass over the file in bounded memory."""
    facts, decoder = ByteFacts(), codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            facts.bom = facts.bom or _bom(chunk) if file.tell() <= _CHUNK else facts.bom
            facts.start = facts.start or chunk[:_START]
            facts.has_zero = facts.has_zero or b"\0" in chunk
            if not chunk.isascii():
                facts.high.update(byte for byte in chunk if byte > 127)
            facts.is_utf8 = facts.is_utf8 and _decodes(decoder, chunk)
    facts.is_utf8 = facts.is_utf8 and _decodes(decoder, b"", final=True)
    return facts


def guess_encoding(facts: ByteFacts) -> EncodingGuess:
    """The encoding the bytes show; only one that is sure, else none with the reason."""
    if facts.bom:
        return EncodingGuess(facts.bom, "the file begins with its byte order mark")
    if facts.has_zero:
        return EncodingGuess(None, "there are zero bytes, which no text in 8 bits holds")
    if not facts.high:
        return EncodingGuess("utf-8", "every byte is ASCII, which all encodings share")
    if facts.is_utf8:
        return EncodingGuess("utf-8", "every letter beyond ASCII is valid UTF-8")
    fitting = [name for name in _OLD if _reads_swedish(facts.high, name)]
    if len(fitting) == 1:
        return EncodingGuess(
            fitting[0], f"it is not UTF-8, and only {fitting[0]} gives Swedish letters"
        )
    worded = [name for name in fitting if _has_known_words(facts.start, name)]
    if len(worded) == 1:
        return EncodingGuess(
            worded[0], f"it is not UTF-8, and only {worded[0]} gives words that are known"
        )
    return EncodingGuess(
        None, "it is not UTF-8, and " + ("several old encodings fit" if fitting else "none fits")
    )


def contradiction(encoding: str, facts: ByteFacts) -> str | None:
    """Why the file cannot be in the encoding that a profile says; None when it can."""
    name = codecs.lookup(encoding).name
    if name.startswith("utf-8") and not facts.is_utf8:
        return "the profile says UTF-8, but the file holds bytes that are not"
    is_unicode = name.startswith("utf")
    if not is_unicode and facts.high and facts.is_utf8:
        return f"the profile says {encoding}, but every letter beyond ASCII is valid UTF-8"
    return None


def _bom(chunk: bytes) -> str | None:
    return next((name for mark, name in _BOMS if chunk.startswith(mark)), None)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _has_known_words(start: bytes, encoding: str) -> bool:
    """Whether a word with letters beyond ASCII, as headers have, comes out in the encoding."""
    cells = re.split(r"[;,\t|\r\n]+", start.decode(encoding, "replace"))
    return any(not cell.isascii() and is_known(cell.strip(' "')) for cell in set(cells))


def _reads_swedish(high: Counter[int], encoding: str) -> bool:
    try:
        return all(bytes([byte]).decode(encoding) in _SWEDISH for byte in high)
    except UnicodeDecodeError:
        return False
