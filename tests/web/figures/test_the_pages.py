"""A page of figures, asked for by the school's own, by a colleague elsewhere, by a stranger."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from python_calamine import load_workbook
from tests.web.conftest import Town
from tests.web.figures.conftest import page

from narvaro.ledger import open_ledger
from narvaro.measurement import measure
from narvaro.timetable import At, Month
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.figures.page_of import Asked
from narvaro.web.pupils.models import Access, Protection, Pupil

pytestmark = pytest.mark.usefixtures("people")

NAMES = ("Oftasson", "Gränsberg", "Sällansson")
SHARE = "15,0\N{NO-BREAK SPACE}%"


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def principal(schooled: Town) -> Client:
    return schooled.browser(Role.PRINCIPAL, "elementary")


def test_trust_stands_before_the_first_figure(
    schooled: Town,
    principal: Client,
) -> None:
    text = shown(principal, page(schooled, "figures_school", "elementary"))

    assert text.index("Kan siffrorna användas?") < text.index("Så fördelar sig eleverna")
    assert "15 till under 25" in text
    assert "Så räknas det" in text


def test_a_principal_sees_who_is_untouched_and_who_left(
    schooled: Town,
    principal: Client,
) -> None:
    text = shown(principal, page(schooled, "figures_school", "elementary"))

    waiting = text[text.index('id="inget-gjort"') : text.index('id="in-och-ut"')]
    moves = text[text.index('id="in-och-ut"') : text.index('id="delar"')]
    assert "Gränsberg" in waiting
    assert SHARE in waiting
    assert "Oftasson" in moves  # 500 of 2000 minutes in November, 400 of 3000 now
    assert "Närvarar igen" in moves


def test_a_stranger_gets_404_and_leaves_a_trace(schooled: Town) -> None:
    stranger = schooled.browser(Role.PRINCIPAL, "other")

    for kind in ("figures_school", "figures_list", "figures_export", "figures_two_rules"):
        assert stranger.get(page(schooled, kind, "elementary")).status_code == 404
    assert Entry.objects.filter(kind=Kind.REFUSED).count() == 4


def test_those_above_the_schools_see_counts_and_no_pupil(
    schooled: Town,
) -> None:
    manager = schooled.browser(Role.AREA_MANAGER, "norra")
    urls = [
        page(schooled, "figures_school", "elementary"),
        page(schooled, "figures_area", "norra"),
        "/kommunen/",
    ]

    for url in urls:
        text = shown(manager, url)
        assert not any(name in text for name in NAMES)
    assert manager.get(page(schooled, "figures_list", "elementary")).status_code == 404
    assert "visas inte" in shown(manager, urls[1])


def test_a_mentor_sees_the_own_class_and_no_other(
    schooled: Town,
) -> None:
    mentor = schooled.browser(Role.MENTOR, "elementary/7A")

    assert "Gränsberg" in shown(mentor, page(schooled, "figures_class", "elementary/7A"))
    assert mentor.get(page(schooled, "figures_class", "other/7B")).status_code == 404
    assert mentor.get(page(schooled, "figures_school", "elementary")).status_code == 404


def test_every_pupil_shown_is_in_the_log(
    schooled: Town, people: dict[str, Pupil], principal: Client
) -> None:
    shown(principal, page(schooled, "figures_list", "elementary"))
    entry = Entry.objects.filter(kind=Kind.READ).latest("number")

    assert entry.subjects == [f"pupil:{people['at-the-limit'].public_id}"]


PUPIL_PAGES = [
    ("figures_school", "elementary"),
    ("figures_list", "elementary"),
    ("figures_two_rules", "elementary"),
    ("figures_class", "elementary/7A"),
]


@pytest.mark.parametrize("marking", [Protection.MARKED, Protection.UNKNOWN_MARKING])
def test_a_protected_pupil_is_in_no_list_and_no_sum_over_one(
    schooled: Town, people: dict[str, Pupil], principal: Client, marking: str
) -> None:
    url = page(schooled, "figures_list", "elementary")
    assert "1 elev visas" in shown(principal, url)
    Pupil.objects.filter(pk=people["at-the-limit"].pk).update(protection=marking)

    for kind, key in PUPIL_PAGES:
        assert "Gränsberg" not in shown(principal, page(schooled, kind, key))
    assert "0 elever visas" in shown(principal, url)
    school = shown(principal, page(schooled, "figures_school", "elementary"))
    assert re.search(r'class="figure">0</span>\s*<p>elever med', school)


def test_a_list_and_an_export_name_no_protected_pupil_even_to_who_may_open_the_page(
    schooled: Town, people: dict[str, Pupil]
) -> None:
    mine = schooled.somebody(Role.PRINCIPAL, "elementary")
    pupil = people["at-the-limit"]
    Pupil.objects.filter(pk=pupil.pk).update(protection=Protection.MARKED)
    assert isinstance(mine.account, Account)
    Access.objects.create(
        pupil=pupil, account=mine.account, decided_by=mine.account, from_on=date(2020, 1, 1)
    )
    browser = schooled.signed_in(mine)

    for kind, key in PUPIL_PAGES:
        assert "Gränsberg" not in shown(browser, page(schooled, kind, key))
    _name, rows = exported(browser, page(schooled, "figures_export", "elementary"))
    assert "Gränsberg" not in str(rows)
    assert browser.get(reverse("pupil", args=[pupil.public_id])).status_code == 302  # says why


def test_a_class_page_tells_the_log_of_everybody_it_names(
    schooled: Town, people: dict[str, Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Asked, "rows", lambda *_given: [])  # they have left the class's own list
    mentor = schooled.browser(Role.MENTOR, "elementary/7A")

    text = shown(mentor, page(schooled, "figures_class", "elementary/7A"))

    told = Entry.objects.filter(kind=Kind.READ).latest("number").subjects
    named = [one for one in people.values() if one.family_name in text]
    assert named
    assert told == sorted(f"pupil:{one.public_id}" for one in named)


def exported(client: Client, url: str) -> tuple[str, list[list[Any]]]:
    answer = client.get(url)
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    return answer["Content-Disposition"], book.get_sheet_by_index(0).to_python()


def test_the_page_the_measure_and_the_cell_are_the_same_integers(
    schooled: Town,
    principal: Client,
) -> None:
    _name, rows = exported(principal, page(schooled, "figures_export", "elementary"))
    head = next(n for n, row in enumerate(rows) if "Frånvarande minuter" in row)
    cells = dict(zip(rows[head], rows[head + 1], strict=True))
    (row,) = [
        one
        for one in measure(
            open_ledger(django_settings.LEDGER).snapshot(),
            window="rolling-months:3",
            at=At(Month.of(2017, 12).last_day, is_month=True),
        )
        if one.pupil == "at-the-limit"
    ]
    page_text = shown(principal, page(schooled, "figures_list", "elementary"))

    assert (cells["Frånvarande minuter"], cells["Kvitterade minuter"]) == (450, 3000)
    assert (row.absent_minutes, row.acknowledged_minutes) == (450, 3000)
    assert cells["Frånvaro, %"] == 15
    assert SHARE in page_text


def test_an_export_is_logged_and_its_name_tells_nothing(
    schooled: Town, people: dict[str, Pupil], principal: Client
) -> None:
    name, _rows = exported(principal, page(schooled, "figures_export", "elementary"))
    entry = Entry.objects.filter(kind=Kind.EXPORT).get()

    assert entry.subjects == [f"pupil:{people['at-the-limit'].public_id}"]
    assert name == 'attachment; filename="narvaro-lista-2017-12.xlsx"'


def test_a_name_that_looks_like_a_formula_is_a_text(
    schooled: Town,
    principal: Client,
) -> None:
    url = page(schooled, "figures_export", "elementary") + "?visa=alla"
    answer = principal.get(url)
    _name, rows = exported(principal, url)

    from zipfile import ZipFile

    sheet = ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    assert any("cmd" in str(cell) for row in rows for cell in row)
    assert "<f>" not in sheet


def test_a_filter_says_what_it_hides_and_how_to_have_it_back(
    schooled: Town,
    principal: Client,
) -> None:
    url = page(schooled, "figures_list", "elementary")
    text = shown(principal, f"{url}?visa=kan-inte-bedomas")

    assert "listan är dold" in text
    assert "Visa hela listan" in text
    assert "Visa hela listan" not in shown(principal, url)


@pytest.mark.parametrize(
    "query",
    ["period=x", "sortera='", "visa=%3Cscript%3E", "klass=../../", "arskurs=99", "andra=nej"],
)
def test_what_cannot_be_meant_is_the_usual(
    schooled: Town,
    principal: Client,
    query: str,
) -> None:
    for kind, key in PUPIL_PAGES:
        url = page(schooled, kind, key)
        assert len(shown(principal, f"{url}?{query}")) > 1000


def test_two_rules_stand_beside_each_other(
    schooled: Town,
    principal: Client,
) -> None:
    url = page(schooled, "figures_two_rules", "elementary")
    text = shown(principal, f"{url}?andra=3-manader-10")

    assert "Oftasson" in text  # 13.3 %: by the other rule only
    assert "Gränsberg" not in text  # by both


def test_without_a_ledger_nothing_is_zero(
    schooled: Town, principal: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.LEDGER = tmp_path / "none-yet"

    for kind, key in (*PUPIL_PAGES, ("figures_export", "elementary")):
        assert "Det är inte noll" in shown(principal, page(schooled, kind, key))


def test_a_school_that_the_ledger_does_not_know_is_told_as_unknown(schooled: Town) -> None:
    client = schooled.browser(Role.PRINCIPAL, "almskolan")
    text = shown(client, page(schooled, "figures_school", "almskolan"))

    assert "inga elever är kända här" in text
    assert not re.search(r"(?<!\d)0,0\N{NO-BREAK SPACE}%", text)


def test_the_strip_says_until_when_and_how_much(
    schooled: Town,
    principal: Client,
) -> None:
    text = shown(principal, page(schooled, "figures_school", "elementary"))

    assert "December är slutlig" in text
    assert "tis\N{NO-BREAK SPACE}19\N{NO-BREAK SPACE}dec" in text


def test_the_first_screen_says_what_a_principal_needs(
    principal: Client,
) -> None:
    text = shown(principal, "/att-gora/")

    assert "Kan jag lita på siffrorna?" in text
    assert "1 elev har hög frånvaro och inget är gjort än" in text
    assert "nya i december" in text
    assert not any(name in text for name in NAMES)
