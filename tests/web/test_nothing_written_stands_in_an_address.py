"""What somebody writes is sent, never put in an address: histories and proxies keep addresses."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import override_settings
from tests.house.tree import PACKAGE
from tests.web.matrix_town import MatrixTown
from tests.web.matrix_walk import ADDRESSES, asked
from tests.web.page_source import PageSource
from tests.web.test_every_page_is_safe import calls_of

pytestmark = pytest.mark.django_db

# Fields of forms that ask (method get): by template and field, why no name is there
ALLOWED: Mapping[tuple[str, str], str] = {
    ("what_if", "timmar"): "a number of hours; anything else is read as none",
}


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_no_form_of_a_page_puts_what_is_written_in_the_address(
    matrix_town: MatrixTown, name: str
) -> None:
    written = set()
    with override_settings(DEMO=name == "gallery"):
        for client, call in calls_of(matrix_town, name):
            answer = asked(client, call)
            if answer.get("Content-Type", "").startswith("text/html"):
                forms = PageSource(answer.content.decode()).forms
                written |= {one for form in forms if form.method != "post" for one in form.written}

    assert written - {field for _template, field in ALLOWED} == set()


def test_a_form_that_asks_with_writing_is_seen() -> None:
    forms = PageSource(
        '<form><input name="a"><input name="b" type="hidden"><textarea name="c"></textarea>'
        '<select name="d"></select><input name="e" type="search"></form><form method="post"></form>'
    ).forms

    assert [(one.method, one.written) for one in forms] == [("get", ["a", "c", "e"]), ("post", [])]


def test_no_template_has_a_form_that_asks_with_writing() -> None:
    """Also those parts of pages that the town of the matrix has nothing to show in."""
    templates = sorted((PACKAGE / "web").rglob("templates/**/*.html"))
    found = {
        (path.stem, one)
        for path in templates
        for form in PageSource(path.read_text("utf-8")).forms
        if form.method != "post"
        for one in form.written
    }

    assert len(templates) > 80
    assert found == set(ALLOWED)
