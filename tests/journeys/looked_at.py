"""What is asked of every page that a journey comes to: axe, width, keyboard, no complaints."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG A and AA, each with the places it is at."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]


def overflow(page: Page) -> list[str]:
    """At 320 pixels: what makes the page scroll sideways. The size is set back afterwards."""
    before = page.viewport_size or {"width": 1280, "height": 800}
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('main *, header *, footer *')]
            .filter(e => e.getBoundingClientRect().right > 321 && !e.closest('[role=region]'))
            .slice(0, 5).map(e => e.tagName + '.' + e.className)"""
    )
    page.set_viewport_size(before)
    return [] if width <= 320 else [f"{width} px wide", *wide]


def unreachable(page: Page) -> list[str]:
    """Links, buttons and fields in view that Tab does not come to."""
    wanted = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary')];
            const seen = all.filter(e => e.checkVisibility() && !e.disabled && e.tabIndex >= 0
                && !(e.type === 'radio' && !e.checked && document.querySelector(
                    `[type=radio][name="${e.name}"]`) !== e));
            seen.forEach(e => e.dataset.reached = 'no');
            document.addEventListener('focusin', said => said.target.dataset.reached = 'yes');
            document.activeElement?.blur();
            return seen.length;
        }"""
    )
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('[data-reached=no]')]
                .filter(e => e.type !== 'radio' || !document.querySelector(
                    `[data-reached=yes][name="${e.name}"]`))
                .map(e => e.outerHTML.slice(0, 80))"""
        )
    )


def look_at(page: Page) -> None:
    """Hold a page to all of it."""
    wrong = {
        "axe": violations(page),
        "320 px": overflow(page),
        "keyboard": unreachable(page),
    }
    assert not any(wrong.values()), f"{page.url.split('/', 3)[-1]}: {wrong}"
