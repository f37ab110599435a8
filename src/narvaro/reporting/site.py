"""The small read-only site: fixed routes, pages from frozen values, this machine only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from importlib.util import find_spec
from typing import Protocol
from urllib.parse import unquote

from narvaro.reporting.assets import font, icon, style_sheet
from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.pages import (
    missing_page,
    month_report_page,
    overview_page,
    pupil_page,
    school_page,
)
from narvaro.reporting.pages.links import Audience, Form
from narvaro.reporting.paper import month_report_pdf
from narvaro.reporting.site_content import Overview, PupilPage
from narvaro.reporting.workbook import month_report_xlsx
from narvaro.timetable import Language

HTML = "text/html; charset=utf-8"
_FORMS: dict[Form, str] = {
    "html": HTML,
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NEEDS: dict[Form, str] = {"pdf": "typst", "xlsx": "xlsxwriter"}
_AUDIENCES: dict[str, Audience] = {"inom": "inside", "ut": "leaves_school"}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class ReportSource(Protocol):
    """Where the site gets its values. None means there is no such thing."""

    def overview(self) -> Overview: ...

    def school(self, key: str) -> SchoolMonthReport | None: ...

    def leaving(self, key: str) -> SchoolMonthReport | None:
        """The same report as it may leave the school; None where it may not."""
        ...

    def pupil(self, key: str) -> PupilPage | None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    content_type: str
    body: bytes
    file_name: str | None = None


class Site:
    """Answers a path. Knows nothing of sockets, so that tests and other servers can ask it."""

    def __init__(self, source: ReportSource, *, small_limit: int = 5) -> None:
        self._source = source
        self._small_limit = small_limit
        self._forms = tuple(form for form in _FORMS if _can_render(form))
        self._assets: dict[str, tuple[str, Callable[[], bytes]]] = {
            "/assets/narvaro.css": (
                "text/css; charset=utf-8",
                lambda: style_sheet().encode("utf-8"),
            ),
            "/assets/font.woff2": ("font/woff2", font),
            "/assets/sign.svg": ("image/svg+xml", lambda: icon().encode("utf-8")),
        }

    def answer(self, path: str) -> Answer:
        """The page at `path`, without its query. Anything unknown is one and the same 404."""
        if path in self._assets:
            content_type, body = self._assets[path]
            return Answer(HTTPStatus.OK, content_type, body())
        lang: Language = "sv"
        if path == "/en" or path.startswith("/en/"):
            lang, path = "en", path.removeprefix("/en") or "/"
        return self._page(path, lang) or _missing(lang)

    def _page(self, path: str, lang: Language) -> Answer | None:
        if path == "/":
            return _html(overview_page(self._source.overview(), lang))
        match path.split("/")[1:]:
            case ["skola", key]:
                report = self._source.school(unquote(key))
                return _html(school_page(report, lang, forms=self._forms)) if report else None
            case ["skola", key, name]:
                return self._report(unquote(key), name, lang)
            case ["elev", key]:
                pupil = self._source.pupil(unquote(key))
                return _html(pupil_page(pupil, lang)) if pupil else None
        return None

    def _report(self, key: str, name: str, lang: Language) -> Answer | None:
        """manad-inom.pdf, manad-ut.xlsx and so on."""
        stem, _, ending = name.partition(".")
        audience = _AUDIENCES.get(stem.removeprefix("manad-"))
        form = next((form for form in self._forms if form == ending), None)
        if not stem.startswith("manad-") or audience is None or form is None:
            return None
        inside = audience == "inside"
        report = self._source.school(key) if inside else self._source.leaving(key)
        if report is None:
            return None
        body = self._rendered(report, form, audience, lang)
        return Answer(HTTPStatus.OK, _FORMS[form], body, f"manadsrapport-{report.month}.{form}")

    def _rendered(
        self, report: SchoolMonthReport, form: Form, audience: Audience, lang: Language
    ) -> bytes:
        limit = self._small_limit
        if form == "pdf":
            return month_report_pdf(report, audience=audience, lang=lang, small_limit=limit)
        if form == "xlsx":
            return month_report_xlsx(report, audience=audience, lang=lang, small_limit=limit)
        page = month_report_page(report, audience=audience, lang=lang, small_limit=limit)
        return page.encode("utf-8")


def _can_render(form: Form) -> bool:
    """PDF and XLSX need the `report` extra."""
    needed = _NEEDS.get(form)
    return needed is None or find_spec(needed) is not None


def _html(page: str) -> Answer:
    return Answer(HTTPStatus.OK, HTML, page.encode("utf-8"))


def _missing(lang: Language) -> Answer:
    return Answer(HTTPStatus.NOT_FOUND, HTML, missing_page(lang).encode("utf-8"))
