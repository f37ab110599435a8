"""With scripts off, the main actions still work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Walker

pytestmark = pytest.mark.parametrize("walker", [{"java_script_enabled": False}], indirect=True)


def test_a_principal_notes_why_lessons_are_not_acknowledged(walker: Walker) -> None:
    page = walker.be("Rektor")
    walker.go("/registrering/")
    page.get_by_role("link", name="Alla okvitterade lektioner").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Källsystemet låg nere").check()
    page.get_by_role("button", name="Notera skälet").click()

    expect(page.get_by_role("status")).to_contain_text("Skälet är noterat för 1 lektion")


def test_a_principal_comes_to_a_pupils_page_with_its_tables(walker: Walker) -> None:
    page = walker.be("Rektor")
    page.get_by_role("link", name=re.compile(r"Se vilka\s*:")).click()
    page.locator("#in-och-ut tbody a[href^='/elever/']").first.click()

    page.get_by_text("Visa som tabell").first.click()

    expect(page.locator("details[open] table").first).to_be_visible()


def test_a_system_owner_sends_a_file(walker: Walker, tmp_path: Path) -> None:
    (tmp_path / "lessons.csv").write_text("lesson,school\n", "utf-8")
    page = walker.be("Systemansvarig")
    walker.go("/kallor/ny/")
    page.get_by_label("Namn").fill("Utan skript")
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_role("link", name="Skicka filer").click()
    page.get_by_label("Filer").set_input_files(tmp_path / "lessons.csv")
    page.get_by_role("button", name="Skicka och granska").click()

    expect(page.get_by_role("link", name="Uppdatera")).to_be_visible()


def test_an_analyst_tries_another_rule(walker: Walker) -> None:
    page = walker.be("Analytiker")
    walker.go("/prova-regel/")
    page.get_by_label("Arbete per flagga").select_option(label="180 minuter")
    page.get_by_role("button", name="Räkna").click()
    page.get_by_role("link", name=re.compile("Kalendermånad, minst 25")).click()

    expect(page.get_by_label("Arbete per flagga")).to_have_value("180")


def test_an_administrator_adds_somebody_and_a_project_leader_a_visit(walker: Walker) -> None:
    page = walker.be("Administratör")
    walker.go("/personer/")
    page.get_by_label("Namn").fill("Fiktivsson")
    page.get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Mona Fiktivsson").click()
    expect(page.get_by_role("link", name="Vikarie")).to_be_visible()

    walker.be("Projektledare")
    walker.go("/projekt/")
    page.locator("main tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="Anteckna risk eller avvikelse").click()
    page.get_by_label("Datum").fill("2026-12-01")
    expect(page.get_by_role("button", name="Spara")).to_be_visible()


def test_the_screen_can_be_left_and_come_back_to(walker: Walker) -> None:
    page = walker.be("Rektor")
    page.get_by_role("button", name="Dölj skärmen").click()
    expect(page.get_by_role("heading", name="Skärmen är dold")).to_be_visible()

    page.get_by_role("link", name="Visa igen").click()
    expect(page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()
