"""Both languages say everything, and everything that is said is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from tests.support import report_variants

import narvaro.reporting.texts
from narvaro.reporting import (
    leaving_school,
    month_report_page,
    month_report_pdf,
    month_report_xlsx,
    overview_page,
    pupil_page,
    school_page,
)
from narvaro.reporting.markup import el
from narvaro.reporting.pages import missing_page
from narvaro.reporting.texts import Voice, texts

PLACES = re.compile(r"\{(\w+)\}")
UNKIND = ("riskelev", "oroande", "hemmasittare", "larm", "varning", "problem", "!")


def test_both_languages_have_the_same_texts_with_the_same_places() -> None:
    swedish, english = texts("sv"), texts("en")

    assert swedish.keys() == english.keys()
    for key, text in swedish.items():
        assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(english[key])), key


def test_no_text_is_empty_or_left_in_the_other_language() -> None:
    swedish, english = texts("sv"), texts("en")
    same = {key for key in swedish if swedish[key] == english[key]}

    assert all(text.strip() for text in (*swedish.values(), *english.values()))
    assert {key for key in same if re.search(r"\w{6,}", PLACES.sub("", swedish[key]))} <= {
        "name",
        "how.sentence",
        "how.version",
    }


class _Noting(dict[str, str]):
    """Texts that note which of them were asked for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_text_is_used_by_some_page_of_the_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    noting = _Noting(texts("sv"))
    monkeypatch.setattr(narvaro.reporting.texts, "texts", lambda _: noting)

    for page in everything():
        assert page
    assert ", ".join(sorted(set(noting) - noting.asked)) == ""


def everything() -> Iterator[object]:
    """Every page and file, over samples that between them meet every state."""
    yield missing_page()
    for overview in report_variants.overviews():
        yield overview_page(overview)
    for report in report_variants.school_reports():
        yield school_page(report)
        yield month_report_pdf(report, audience="inside")
        yield month_report_xlsx(report, audience="inside")
        held = leaving_school(report).report
        yield month_report_page(held, audience="leaves_school")
        yield month_report_pdf(held, audience="leaves_school")
        yield month_report_xlsx(held, audience="leaves_school")
    for pupil in report_variants.pupils():
        yield pupil_page(pupil)


def test_words_stay_neutral_and_nothing_is_shouted() -> None:
    for text in (*texts("sv").values(), *texts("en").values()):
        assert not [word for word in UNKIND if word in text.lower()]


def test_a_rich_text_escapes_what_is_not_markup() -> None:
    said = Voice("sv").rich("strip.until", who="<b>", at=el("strong", "nu"))

    assert said == "&lt;b&gt;: lektioner till <strong>nu</strong>"


def test_one_and_many_are_told_apart() -> None:
    assert Voice("sv").counted("pupils", 1, "1") == "1 elev"
    assert Voice("en").counted("pupils", 0, "0") == "0 pupils"
