"""The pages in a real browser: nothing blocked, nothing sideways, everything by keyboard."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.support import reports

from narvaro.reporting import Site, leaving_school, site_server
from narvaro.reporting.content import SchoolMonthReport
from narvaro.reporting.site_content import Overview, PupilPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATHS = ("/", "/skola/sk-almskolan", "/elev/7B-14", "/en/elev/7B-14", "/none")
pytestmark = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="no Chromium on this machine"
)


class Source:
    def overview(self) -> Overview:
        return reports.overview()

    def school(self, key: str) -> SchoolMonthReport | None:
        return reports.school_report() if key == "sk-almskolan" else None

    def leaving(self, key: str) -> SchoolMonthReport | None:
        report = self.school(key)
        return leaving_school(report).report if report else None

    def pupil(self, key: str) -> PupilPage | None:
        return reports.pupil() if key == "7B-14" else None


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = site_server(Site(Source()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


def opened(chromium: Browser, address: str, *, width: int = 1280, scheme: str = "light") -> Page:
    dark = "dark" if scheme == "dark" else "light"
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=dark)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_blocked_and_nothing_is_missing(
    chromium: Browser, address: str, path: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}{path}")
    fonts = page.evaluate("document.fonts.ready.then(f => [...f].map(one => one.status))")
    context.close()

    expected = 1 if path == "/none" else 0  # the browser itself remarks on the 404
    assert len(said) == expected, said
    assert "loaded" in fonts


@pytest.mark.parametrize("width", [320, 1000])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_sideways(chromium: Browser, address: str, path: str, width: int) -> None:
    page = opened(chromium, f"{address}{path}", width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    shown = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()

    assert shown <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_text_in_charts_is_never_drawn_below_twelve_pixels(
    chromium: Browser, address: str, width: int
) -> None:
    page = opened(chromium, f"{address}/skola/sk-almskolan", width=width)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('svg.chart')]
            .filter(svg => svg.getBoundingClientRect().width > 0)
            .map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
    )
    page.context.close()

    assert len(sizes) == 2
    assert min(sizes) >= 0.96


def test_the_first_stop_by_keyboard_is_the_content_and_the_ring_is_seen(
    chromium: Browser, address: str
) -> None:
    page = opened(chromium, f"{address}/skola/sk-almskolan")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "[document.activeElement.className, getComputedStyle(document.activeElement).outlineWidth]"
    )
    page.keyboard.press("Enter")
    after = page.evaluate("location.hash")
    page.context.close()

    assert focused == ["skip", "3px"]
    assert after == "#content"


def test_tables_that_scroll_can_be_reached_by_keyboard(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/skola/sk-almskolan", width=320)
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(one =>
            one.scrollWidth > one.clientWidth + 1
            && getComputedStyle(one).overflowX === 'auto' && one.tabIndex < 0).length"""
    )
    page.context.close()

    assert unreachable == 0


def test_the_dark_page_is_dark_and_what_stands_out_is_light(
    chromium: Browser, address: str
) -> None:
    page = opened(chromium, f"{address}/skola/sk-almskolan", scheme="dark")
    ground, most = page.evaluate(
        """() => [getComputedStyle(document.body).backgroundColor,
                  getComputedStyle(document.querySelector('rect.band4')).fill]"""
    )
    page.context.close()

    assert ground == "rgb(27, 32, 35)"
    assert most == "rgb(207, 232, 236)"
