"""P3: not all data was in at every month end, and figures were compared all the same.

Every page says first what is acknowledged; a pupil who cannot be told is never a 0; a month or
a place that does not hold is named.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.figures.conftest import page

from narvaro.web.accounts.roles import Role
from narvaro.web.pupils.models import Pupil


@pytest.fixture
def head(schooled: Town, people: dict[str, Pupil]) -> Client:  # noqa: ARG001
    return schooled.browser(Role.HEAD_OF_SCHOOLS, "linnasa")


def pages(town: Town) -> list[str]:
    return [
        "/kommunen/",
        page(town, "figures_area", "norra"),
        page(town, "figures_school", "other"),
    ]


def test_every_level_says_first_whether_its_figures_can_be_used(
    head: Client, schooled: Town
) -> None:
    for url in pages(schooled):
        text = head.get(url).content.decode()
        assert text.index("Kan siffrorna användas?") < text.index("Så fördelar sig eleverna")
        assert "Kvitterad tid" in text


def test_the_school_whose_lesson_nobody_acknowledged_is_named(head: Client, schooled: Town) -> None:
    text = head.get(page(schooled, "figures_school", "other")).content.decode()

    assert "90,0\N{NO-BREAK SPACE}%" in text  # nine of ten lessons
    assert "räcker inte" in text  # December, at the school itself


def test_who_cannot_be_told_is_a_part_of_the_bar_and_no_zero(head: Client, schooled: Town) -> None:
    text = head.get(page(schooled, "figures_area", "norra")).content.decode()

    assert "Kan inte bedömas" in text
    assert not re.search(r"idle.*0,0", text)
