"""The ten main pages: who opens each, and how one comes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.journeys.conftest import Walker


@dataclass(frozen=True, slots=True)
class MainPage:
    """A page by the name of its picture; `way` leads to it from the work queue."""

    name: str
    role: str
    way: Callable[[Page], object]


def _menu(place: str) -> Callable[[Page], object]:
    return lambda page: page.locator(".menu-wide").get_by_role("link", name=place).click()


def _stay(_page: Page) -> None:
    """The queue itself."""


def _pupil(page: Page) -> None:
    _menu("Skolan")(page)
    page.locator("main a[href^='/elever/']").first.click()


def _class(page: Page) -> None:
    _menu("Skolan")(page)
    page.locator("main a[href^='/klasser/']", has_text="8K").first.click()


def _project(page: Page) -> None:
    _menu("Projekt")(page)
    page.locator("main tbody").get_by_role("link").first.click()


MAIN_PAGES = (
    MainPage("att-gora", "Rektor", _stay),
    MainPage("lektioner", "Lärare", _menu("Lektioner")),
    MainPage("skolan", "Rektor", _menu("Skolan")),
    MainPage("klassen", "Rektor", _class),
    MainPage("eleven", "Rektor", _pupil),
    MainPage("kommunen", "Skolchef", _menu("Kommunen")),
    MainPage("registrering", "Projektledare", _menu("Registrering")),
    MainPage("prova-regel", "Analytiker", _menu("Regler")),
    MainPage("kallor", "Systemansvarig", _menu("Källor")),
    MainPage("projekt", "Projektledare", _project),
)


def open_page(one: MainPage, walker: Walker) -> Page:
    """The page, as the person whose it is sees it."""
    page = walker.be(one.role)
    one.way(page)
    page.wait_for_load_state("networkidle")
    return page
