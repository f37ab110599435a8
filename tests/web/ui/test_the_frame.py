"""The frame of every page: the screen is hidden at once, the menu opens without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.web.conftest import Town
from tests.web.ui.conftest import HOME, Shown

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role, places_of

Show = Callable[..., Shown]


def test_the_page_says_who_is_signed_in_and_as_what(town: Town) -> None:
    somebody = town.somebody(Role.PRINCIPAL, "almskolan", name="Anders Låtsaslund")

    said = town.signed_in(somebody).get(HOME).content.decode()

    assert "<strong>Anders Låtsaslund</strong><span>Rektor, almskolan</span>" in said
    assert "Linnåsa kommun" in said


@pytest.mark.parametrize("role", Role)
def test_the_menu_is_one_line_and_what_has_no_room_stands_under_more(
    town: Town, role: Role
) -> None:
    at = {"class": "almskolan/7B", "school": "almskolan", "area": "norra"}
    place = next((at[one] for one in at if one in places_of(role)), "linnasa")
    said = town.signed_in(town.somebody(role, place)).get(HOME).content.decode()

    wide = said.partition('class="menu menu-wide"')[2].partition("</nav>")[0]
    small = said.partition('class="menu-small')[2].partition("</nav>")[0]
    line, _more, rest = wide.partition("<details")
    assert line.count("<a ") <= 7
    assert (line + rest).count("<a ") == small.count("<a ")


def test_somebody_with_two_roles_can_choose_which_to_act_in(town: Town) -> None:
    principal = town.somebody(Role.PRINCIPAL, "almskolan")
    Assignment.objects.create(
        account=principal.account,
        role=Role.TEACHER,
        unit=town.units["almskolan/7B"],
        from_on=principal.from_on,
    )
    browser = town.signed_in(principal)

    choices = re.findall(r'action="(/konto/roll/[^"]+)"', browser.get(HOME).content.decode())
    said = browser.post(choices[0], follow=True).content.decode()

    assert "<span>Lärare, almskolan/7B</span>" in said


def is_hidden(page: Page) -> bool:
    seen = "document.querySelector('main').checkVisibility()"
    return not page.evaluate(seen)


def test_the_button_hides_the_screen_without_asking_the_server(show: Show) -> None:
    shown = show()
    page = shown.open(HOME)
    shown.page.context.set_offline(True)

    page.get_by_role("button", name="Dölj skärmen").first.click()

    assert is_hidden(page)
    assert page.evaluate("document.activeElement.id") == "show-again"
    page.get_by_role("button", name="Visa igen").click()
    assert not is_hidden(page)


def test_escape_twice_hides_the_screen_and_once_shows_it(show: Show) -> None:
    page = show().open(HOME)

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert is_hidden(page)
    page.keyboard.press("Escape")
    assert not is_hidden(page)


def test_escape_once_or_twice_with_a_pause_hides_nothing(show: Show) -> None:
    page = show().open(HOME)

    page.keyboard.press("Escape")
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")

    assert not is_hidden(page)


def test_a_hidden_screen_stays_hidden_when_the_page_is_loaded_anew(show: Show) -> None:
    page = show().open(HOME)
    page.get_by_role("button", name="Dölj skärmen").first.click()

    page.reload()

    assert is_hidden(page)


def test_after_ten_minutes_one_signs_in_again(show: Show) -> None:
    shown = show()
    shown.page.clock.install()
    page = shown.open(HOME)
    page.get_by_role("button", name="Dölj skärmen").first.click()

    page.clock.fast_forward("09:59")
    assert shown.posts == []
    page.clock.fast_forward("00:02")
    page.wait_for_timeout(100)
    assert shown.posts == ["/konto/logout/"]


def test_without_scripts_the_button_leads_to_an_empty_page(show: Show) -> None:
    page = show(java_script_enabled=False).open(HOME)

    page.get_by_role("button", name="Dölj skärmen").first.click()

    assert page.url.rstrip("?").endswith("/dold/")
    assert page.get_by_role("heading", name="Skärmen är dold").first.is_visible()


def test_on_a_phone_the_menu_opens_without_scripts(show: Show) -> None:
    phone = {"width": 390, "height": 800}
    page = show(java_script_enabled=False, viewport=phone).open(HOME)
    place = page.get_by_role("link", name="Att göra")

    assert not place.first.is_visible()
    page.get_by_text("Meny").click()
    assert place.locator("visible=true").count() == 1


def test_one_comes_to_the_content_by_the_first_tab(show: Show) -> None:
    page = show().open(HOME)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#innehall"


def test_nothing_is_complained_of(show: Show) -> None:
    shown = show()
    shown.open(HOME)

    assert shown.complaints == []
