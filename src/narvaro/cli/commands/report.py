"""`narvaro report`: a school's month as HTML, PDF or XLSX, or all of it as pages to read here."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narvaro.cli.command import Command
from narvaro.cli.options import (
    add_at,
    add_known_at,
    add_ledger,
    add_programme,
    ledger_folder,
    moment_of,
)
from narvaro.cli.output import Column, Out
from narvaro.errors import NotFound

if TYPE_CHECKING:
    from narvaro.pipeline.reports import MonthReports


def _add_arguments(parser: ArgumentParser) -> None:
    add_programme(parser)
    add_at(parser)
    parser.add_argument("--school", metavar="KEY", help="one school only (default: all)")
    parser.add_argument(
        "--form", choices=("html", "pdf", "xlsx"), action="append", help="may be given many times"
    )
    parser.add_argument(
        "--leaves-school",
        action="store_true",
        help="for readers outside the school: small counts hidden, no list of pupils",
    )
    parser.add_argument("--lang", choices=("sv", "en"), default="sv", help="its language (sv)")
    parser.add_argument("--into", metavar="DIR", type=Path, help="where files go (default: here)")
    parser.add_argument(
        "--small-limit", type=int, default=5, metavar="N", help="counts under this are small (5)"
    )
    parser.add_argument("--serve", action="store_true", help="serve pages on this machine only")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="where (0: any free)")
    add_known_at(parser)
    add_ledger(parser)


def _run(options: Namespace, out: Out) -> int:
    reports = _reports(options, out)
    if options.serve:
        return _serve(reports, options, out)
    rows = _overview_rows(reports)
    files = _write(reports, options) if options.form else []
    out.answer(rows, month=str(reports.facts.month), files=[str(path) for path in files])
    out.table(rows, COLUMNS, empty="No school has pupils in scope then.")
    for path in files:
        out.line(f"Wrote {path}")
    return 0


def _reports(options: Namespace, out: Out) -> MonthReports:
    from narvaro.pipeline.reports import month_reports
    from narvaro.programmes import load

    with out.progress("Reading the month"):
        return month_reports(
            ledger_folder(options),
            load(options.programme),
            month=options.at.month if options.at else None,
            known_at=moment_of(options),
            small_limit=options.small_limit,
        )


def _overview_rows(reports: MonthReports) -> list[dict[str, Any]]:
    return [
        {
            "school": row.key,
            "name": row.name,
            "is_usable": row.verdict.is_usable,
            "reason": {"sv": row.verdict.reason.sv, "en": row.verdict.reason.en},
            "acknowledged_time": {
                "numerator": row.coverage.time.numerator,
                "denominator": row.coverage.time.denominator,
            },
            "bands": list(row.bands.in_order) if row.bands else None,
            "flagged": row.flagged,
        }
        for row in reports.overview().schools
    ]


def _write(reports: MonthReports, options: Namespace) -> list[Path]:
    from narvaro.reporting import month_report_page, month_report_pdf, month_report_xlsx

    makers: dict[str, Any] = {
        "html": month_report_page,
        "pdf": month_report_pdf,
        "xlsx": month_report_xlsx,
    }
    schools = [options.school] if options.school else list(reports.facts.schools)
    folder = options.into or Path()
    folder.mkdir(parents=True, exist_ok=True)
    audience = "leaves_school" if options.leaves_school else "inside"
    written = []
    for school in schools:
        report = reports.leaving(school) if options.leaves_school else reports.school(school)
        if report is None:
            raise NotFound(
                "There is no such school with pupils in scope.",
                remedy="`narvaro report` without --school lists them.",
            )
        for form in options.form:
            made = makers[form](report, audience=audience, lang=options.lang)
            path = folder / f"{school}-{report.month}-{audience}.{form}"
            path.write_bytes(made if isinstance(made, bytes) else made.encode("utf-8"))
            written.append(path)
    return written


def _serve(reports: MonthReports, options: Namespace, out: Out) -> int:
    from narvaro.reporting import Site, site_server

    server = site_server(Site(reports, small_limit=options.small_limit), port=options.port)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    out.answer([], address=address, month=str(reports.facts.month))
    out.line(f"The report of {reports.facts.month} is at {address} (Ctrl+C stops it).")
    with server:
        server.serve_forever()
    return 0


COLUMNS = (
    Column("name", "School"),
    Column("is_usable", "Usable"),
    Column("flagged", "Flagged", is_number=True),
)
COMMAND = Command(
    "report",
    "a school's month as a page, a PDF or a workbook",
    "Makes the report of a month: how far the figures can be trusted first, then how the pupils "
    "lie, the trend, who came onto the list and left it, and how it was counted. For readers "
    "outside the school small counts are hidden, with what would give them away, and no pupil is "
    "listed. --serve shows everything as pages on this machine only.",
    (
        ("narvaro report --programme boras-2018 --at 2018-03", "the schools, and what can be used"),
        (
            "narvaro report --programme boras-2018 --at 2018-03 --form pdf --leaves-school "
            "--into reports",
            "a PDF of each school that may leave it",
        ),
        ("narvaro report --programme boras-2018 --serve", "pages to read here"),
    ),
    _add_arguments,
    _run,
)
