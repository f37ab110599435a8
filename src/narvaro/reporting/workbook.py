"""The monthly report as XLSX: a sheet per table, numbers as numbers, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.markup import clean
from narvaro.reporting.pages.links import Audience
from narvaro.reporting.sheets import Sheet, Value, sheets_of
from narvaro.reporting.texts import Voice
from narvaro.timetable import ZONE, Language


def month_report_xlsx(
    report: SchoolMonthReport,
    *,
    audience: Audience,
    lang: Language = "sv",
    small_limit: int = 5,
) -> bytes:
    """A report for `leaves_school` must come from `leaving_school`. Needs the `report` extra."""
    voice = Voice(lang)
    sheets = sheets_of(report, voice, audience, small_limit)
    return workbook(sheets, title=voice.say("report.title"), created=report.data_until)


def workbook(sheets: Iterable[Sheet], *, title: str, created: datetime) -> bytes:
    """Sheets as a workbook. What begins like a formula is written as the text it is."""
    from xlsxwriter import Workbook

    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        local = created.astimezone(ZONE).replace(tzinfo=None)
        book.set_properties({"title": title, "created": local})
        formats = _Formats.of(book)
        for sheet in sheets:
            _write(book, sheet, formats)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Any
    note: Any
    heading: Any
    kinds: dict[type, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Any) -> _Formats:
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        kinds = {
            int: book.add_format({"num_format": "#,##0"}),
            float: book.add_format({"num_format": "0.0#######"}),
            date: book.add_format({"num_format": "yyyy-mm", "align": "left"}),
            str: book.add_format({"text_wrap": True, "valign": "top"}),
        }
        title = book.add_format({"bold": True, "font_size": 14})
        note = book.add_format({"font_color": "#555F64"})
        return cls(title, note, heading, kinds)


def _write(book: Any, sheet: Sheet, formats: _Formats) -> None:
    page = book.add_worksheet(sheet.name)
    page.write_string(0, 0, sheet.name, formats.title)
    for number, note in enumerate(sheet.notes, start=1):
        page.write_string(number, 0, clean(note), formats.note)
    top = len(sheet.notes) + 2
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading, formats.heading)
        longest = max([len(heading), *(len(str(row[column] or "")) for row in sheet.rows)])
        page.set_column(column, column, min(60, max(11, longest + 2)))
    for number, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            _write_cell(page, (number, column), value, formats)
    page.freeze_panes(top + 1, 1)


def _write_cell(page: Any, place: tuple[int, int], value: Value, formats: _Formats) -> None:
    """A text is always a text, whatever sign it begins with."""
    if value is None:
        return
    shape = formats.kinds[type(value)]
    if isinstance(value, str):
        page.write_string(*place, clean(value), shape)
    elif isinstance(value, date):
        page.write_datetime(*place, value, shape)
    else:
        page.write_number(*place, value, shape)
