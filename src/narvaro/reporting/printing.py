"""Blocks of text on paper: A4, tagged, PDF/UA-1, always light."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from narvaro.reporting.assets import fonts_folder
from narvaro.reporting.markup import clean

Block = Mapping[str, Any]
"""`kind` and its parts: `heading` (level 1-3, text), `text` (text, quiet), `list` (items), `table`
(headings, numbers, rows, and `widths` where the columns' parts of a line are chosen), `quote` (text,
by), `chart` (svg, alt), `break` (a new page), `window` (sender, lines: what shows through the window of
an envelope; first on its page)."""


@dataclass(frozen=True)
class Paper:
    """What is printed. `head` stands on every page; `page` is the word before its number.
    A letter has larger print.

    `title` and `author` are told by the file itself: never a name of somebody it is about.
    """

    lang: str
    title: str
    author: str
    head: str
    page: str
    blocks: Iterable[Block]
    is_letter: bool = False
    is_numbered: bool = True


def as_pdf(paper: Paper, *, at: datetime) -> bytes:
    """The paper as PDF/UA-1; the same paper and moment give the same bytes. Needs `report`."""
    import typst

    document = {
        "lang": paper.lang,
        "title": paper.title,
        "author": paper.author,
        "head": paper.head,
        "page": paper.page,
        "is-letter": paper.is_letter,
        "is-numbered": paper.is_numbered,
        "blocks": list(paper.blocks),
    }
    source = str(files("narvaro.reporting").joinpath("paper.typ"))
    made: bytes = typst.compile(
        source,
        font_paths=[str(fonts_folder())],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_cleaned(document), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return made


def _cleaned(value: Any) -> Any:
    """Text as it may stand in a file: no control characters, at any depth."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list | tuple) else value
