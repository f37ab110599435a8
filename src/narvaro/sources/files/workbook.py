"""Workbooks (XLSX, XLS, ODS): their sheets, their rows, and cells that only look filled."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from narvaro.errors import Fault, InputRefused

LARGEST_UNPACKED: Final = 2_000_000_000  # bytes; a zip bomb is stopped before it is opened
_MOST_TIMES_LARGER: Final = 500
_FORMULA: Final = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ERROR: Final = re.compile(rb"<c\b([^>]*\bt=\"e\"[^>]*)>")
_REFERENCE: Final = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets in order. Raises InputRefused for a file that is no whole workbook."""
    import python_calamine as calamine

    _check_size(path)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            names = tuple(book.sheet_names)
    except calamine.PasswordError:
        raise _refused(path, "the workbook is locked by a password", "Save it without.") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError):
        raise _refused(path, "the workbook is damaged", "Export it again.") from None
    if not names:
        raise _refused(path, "the workbook has no sheet", "Export it again.")
    return names


def sheet_rows(path: Path, sheet: str) -> Iterator[Sequence[object]]:
    """Rows from the sheet's first, empty ones too. Raises InputRefused."""
    import python_calamine as calamine

    faults = list(_formula_faults(path, sheet))
    if faults:
        raise InputRefused("The file", faults)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            yield from book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (calamine.CalamineError, calamine.XmlError, OSError):
        raise _refused(path, "the sheet is damaged", "Export it again.") from None


def _check_size(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        size = sum(item.file_size for item in packed.infolist())
    if size > min(LARGEST_UNPACKED, max(50_000_000, _MOST_TIMES_LARGER * path.stat().st_size)):
        raise _refused(path, "the workbook unpacks to far more than it holds", "Export it again.")


def _formula_faults(path: Path, sheet: str) -> Iterator[Fault]:
    """Formulas whose value was never computed, and errors: readers see them as empty cells."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        member = _member(packed, sheet)
        if member:
            data = packed.read(member)
            for pattern, problem in (
                (_FORMULA, "the cell is a formula whose value was never computed"),
                (_ERROR, "the cell's formula ended in an error"),
            ):
                yield from (
                    Fault(path.name, *_place(found[1]), problem, "Save the values, not formulas.")
                    for found in pattern.finditer(data)
                )


def _place(attributes: bytes) -> tuple[int, str]:
    found = _REFERENCE.search(attributes)
    return (int(found[2]), found[1].decode()) if found else (0, "")


def _member(packed: zipfile.ZipFile, sheet: str) -> str | None:
    """Where an XLSX keeps the sheet; None for other workbooks."""
    names = set(packed.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return None
    book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
    links = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        if _unescaped(_attribute(tag, "name")) == sheet:
            wanted = _attribute(tag, r"\w+:id")
            for link in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links):
                if _attribute(link, "Id") == wanted:
                    target = _attribute(link, "Target").lstrip("/")
                    member = target if target.startswith("xl/") else f"xl/{target}"
                    return member if member in names else None
    return None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\b{name}=\"([^\"]*)\"", tag)
    return found[1] if found else ""


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _refused(path: Path, problem: str, remedy: str) -> InputRefused:
    return InputRefused("The file", [Fault(path.name, 0, "", problem, remedy)])
