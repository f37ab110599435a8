"""What the pages say, what they never say, and that they are whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.support import reports

from narvaro.reporting import month_report_page, overview_page, pupil_page, school_page
from narvaro.reporting.assets import style_sheet
from narvaro.reporting.content import Bands, Coverage, Minutes, Moves, Share, TrendPoint
from narvaro.reporting.pages import missing_page
from narvaro.reporting.pages.explanation import margin_minutes
from narvaro.timetable import Language

HOSTILE = '"><script>alert(1)</script>=1+1\u202e\x00/../é'
PAGES: dict[str, Callable[[Language], str]] = {
    "overview": lambda lang: overview_page(reports.overview(), lang),
    "school": lambda lang: school_page(reports.school_report(), lang),
    "pupil": lambda lang: pupil_page(reports.pupil(), lang),
    "cannot tell": lambda lang: pupil_page(reports.cannot_tell_pupil(), lang),
    "missing": missing_page,
    "report": lambda lang: month_report_page(reports.school_report(), audience="inside", lang=lang),
}
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class _Checker(HTMLParser):
    """Elements closed in order, unique ids, tables with heads, pictures with names."""

    VOID = ("meta", "link", "br", "hr", "img")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.text += data


def checked(page: str) -> _Checker:
    checker = _Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_without_scripts_and_without_styles_in_its_elements(
    name: str, lang: Language
) -> None:
    page = checked(PAGES[name](lang))

    assert len(page.ids) == len(set(page.ids))
    assert not [tag for tag, _ in page.tags if tag == "script"]
    for tag, attributes in page.tags:
        assert "style" not in attributes
        assert not [attribute for attribute in attributes if attribute.startswith("on")]
        if tag == "svg":
            assert attributes.get("role") == "img" or attributes.get("aria-hidden") == "true"
    assert dict(page.tags)["html"] == {"lang": lang}
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert "None" not in page.text


@pytest.mark.parametrize("name", PAGES)
def test_the_title_names_no_pupil_no_class_and_no_key(name: str) -> None:
    title = re.search("<title>(.*?)</title>", PAGES[name]("sv"))

    assert title
    assert title[1].endswith(" – Närvaro")
    assert "7B" not in title[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hostile_key_is_text_everywhere(lang: Language) -> None:
    report = reports.school_report()
    row, move = report.flagged[0], report.moves.came[0]
    hostile = replace(
        report,
        school=HOSTILE,
        school_key=HOSTILE,
        authority=HOSTILE,
        flagged=(replace(row, pupil=HOSTILE, group=HOSTILE),),
        moves=Moves(1, 0, (replace(move, pupil=HOSTILE, group=HOSTILE),)),
    )
    pupil = replace(
        reports.pupil(), pupil=HOSTILE, group=HOSTILE, school=HOSTILE, school_key=HOSTILE
    )
    for page in (
        school_page(hostile, lang),
        pupil_page(pupil, lang),
        month_report_page(hostile, audience="inside", lang=lang),
    ):
        whole = checked(page)
        assert not [tag for tag, _ in whole.tags if tag == "script"]
        assert "<script>alert(1)</script>=1+1" in whole.text
        assert "\x00" not in page
        for _, attributes in whole.tags:
            address = attributes.get("href") or ""
            assert address.startswith(("/", "#")) or address in ("", "data:,")
            assert "<" not in address
            assert "/../" not in address


def test_red_is_nowhere_and_the_dark_page_has_no_red_either() -> None:
    for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", style_sheet()):
        r, g, b = int(red, 16), int(green, 16), int(blue, 16)
        assert not (r > 120 and g < r * 0.55 and b < r * 0.55), (red, green, blue)
    assert not re.search(r"\b(red|crimson|tomato|rgb\()", style_sheet())


def test_coverage_stands_before_the_first_figure_and_the_order_is_the_reports() -> None:
    page = school_page(reports.school_report())
    order = [
        "Kan siffrorna användas?",
        "Så fördelar sig eleverna",
        "Andel elever med",
        "In och ut ur listan",
        "Hela listan",
        "Så räknas det</h2>",
    ]
    places = [page.index(words) for words in order]

    assert places == sorted(places)


def test_every_chart_has_its_table() -> None:
    page = school_page(reports.school_report())

    assert page.count("Visa som tabell") == 2
    assert 'aria-label="Andel elever med 15\u00a0% frånvaro eller mer"' in page


def test_what_cannot_be_judged_is_named_and_has_no_large_number() -> None:
    page = checked(pupil_page(reports.cannot_tell_pupil()))

    assert "Kan inte bedömas" in page.text
    assert not [a for _, a in page.tags if a.get("class") == "large"]


def test_no_data_is_never_zero_per_cent() -> None:
    nothing = Share(0, 0)
    report = replace(
        reports.school_report(),
        pupils=0,
        coverage=Coverage(nothing, nothing),
        bands=Bands(0, 0, 0, 0, 0),
        bands_before=None,
        trend=(TrendPoint(reports.NOVEMBER, 0, 0, nothing),),
        stages=(),
        moves=Moves(0, 0),
        flagged=(),
        how=reports.how(Minutes(0, 0, 0, 0, 0, 0)),
    )
    page = checked(school_page(report))

    assert "0,0" not in page.text
    assert "Det är inte noll" in page.text
    assert "Inga lektioner har hållits än" in page.text


def test_a_pupil_without_lessons_is_told_so() -> None:
    whole = reports.pupil()
    nothing = replace(
        whole.explanation,
        outcome="cannot_tell",
        certainty=None,
        how=reports.how(Minutes(0, 0, 0, 0, 0, 0)),
    )
    page = checked(pupil_page(replace(whole, explanation=nothing, rolling=(), lessons=())))

    assert "Det finns inga lektioner att räkna. Det är inte noll." in page.text


def test_the_margin_is_in_whole_minutes_on_both_sides_of_the_limit() -> None:
    over = reports.explanation()
    under = replace(over, how=reports.how(Minutes(17_700, 17_310, 2_000, 400, 0, 0)))

    assert margin_minutes(over) == 3030 - 2597
    assert margin_minutes(under) == 2597 - 2400


def test_keys_are_quoted_in_addresses() -> None:
    report = replace(reports.school_report(), school_key="a/b?c#d")

    assert "/skola/a%2Fb%3Fc%23d/manad-inom.pdf" in school_page(report)


def test_a_first_month_has_nothing_to_compare_with() -> None:
    page = checked(school_page(replace(reports.school_report(), bands_before=None)))

    assert "Listan är ny" in page.text
    assert "fler än" not in page.text


def test_more_than_three_flags_are_said_in_words() -> None:
    assert "4 flaggor i år" in school_page(reports.school_report())


def test_the_report_file_needs_nothing_beside_it() -> None:
    page = month_report_page(reports.school_report(), audience="inside")

    assert "url(/assets" not in page
    assert 'href="/' not in page
    assert "data:font/woff2;base64," in page
