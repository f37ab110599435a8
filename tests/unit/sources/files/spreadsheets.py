"""Writes small CSV, XLSX and ODS files for the tests; ODS by hand, for it is a zip of XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | date | time | None
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def write_csv(
    path: Path, rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", delimiter: str = ";"
) -> Path:
    """Rows as text; cells with the delimiter or a quotation mark are quoted."""
    lines = [delimiter.join(_quoted(cell, delimiter) for cell in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def _quoted(cell: str, delimiter: str) -> str:
    if any(mark in cell for mark in (delimiter, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_xlsx(
    path: Path, rows: Iterable[Sequence[Cell]], *, merged_title: bool = False, sheet: str = "Blad1"
) -> Path:
    """Rows with their types; `merged_title` merges the first row over six columns."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    clock = book.add_format({"num_format": "hh:mm"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, time):
                page.write_datetime(at, column, cell, clock)
            elif isinstance(cell, str):
                page.write_string(at, column, cell)
            elif cell is not None:
                page.write(at, column, cell)
        if merged_title and at == 0:
            page.merge_range(0, 0, 0, 5, row[0])
    book.close()
    return path


def write_ods(path: Path, rows: Iterable[Sequence[Cell]], *, sheet: str = "Blad1") -> Path:
    """Rows with their types as a minimal OpenDocument spreadsheet."""
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} '
        f'office:version="1.2"><office:body><office:spreadsheet><table:table '
        f"table:name={quoteattr(sheet)}>{body}</table:table></office:spreadsheet>"
        f"</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", _MIME)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, time):
        kind = (
            f'office:value-type="time" office:time-value="PT{cell.hour:02d}H{cell.minute:02d}M00S"'
        )
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"
