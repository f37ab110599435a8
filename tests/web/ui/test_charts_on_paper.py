"""Charts on paper: the wide drawing in any panel, and the tables that are a page's point open."""

from __future__ import annotations

from django.template import engines
from playwright.sync_api import Browser, Page
from tests.web.ui.charts.examples import ROLLING
from tests.web.ui.conftest import ADDRESS, Shown

HEAD = """<!doctype html><html lang="sv"><head><title>Papper</title>
<link rel="stylesheet" href="/static/ui/css/tokens.css"><link rel="stylesheet" href="/static/ui/charts.css">
<link rel="stylesheet" href="/static/ui/css/print.css"><script src="/static/ui/page.js" defer></script>
</head><body><main>"""
TAGS = "{% load charts %}{% chart chart %}{% chart chart on_paper=True %}"


def _shown(chromium: Browser) -> Page:
    charts = engines["django"].from_string(TAGS).render({"chart": ROLLING})
    body = f"{HEAD}{charts}</main></body></html>".encode()
    context = chromium.new_context(viewport={"width": 400, "height": 800})
    kind = {"Content-Type": "text/html; charset=utf-8"}
    shown = Shown(context.new_page(), {"/": (200, kind, body)})
    context.route("**/*", shown.answer)
    shown.page.goto(ADDRESS + "/")
    return shown.page


def test_paper_gets_the_wide_drawing_whatever_the_width(chromium: Browser) -> None:
    page = _shown(chromium)
    assert page.locator(".chart-narrow:visible").count() == 2
    assert page.locator(".chart-wide:visible").count() == 0

    page.emulate_media(media="print")

    assert page.locator(".chart-wide:visible").count() == 2
    assert page.locator(".chart-narrow:visible, .chart-smallest:visible").count() == 0


def test_only_the_table_that_is_the_pages_point_is_open_on_paper(chromium: Browser) -> None:
    page = _shown(chromium)
    page.emulate_media(media="print")
    assert page.locator("details table:visible").count() == 1

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    is_open = page.locator("details").evaluate_all("all => all.map(one => one.open)")
    assert is_open == [False, True]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
