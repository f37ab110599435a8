"""Text is text, whatever it looks like."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from narvaro.reporting.markup import Markup, clean, el, many


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_any_text_comes_back_as_itself_and_makes_no_element(text: str) -> None:
    reader = _Reader()
    reader.feed(el("p", text, title=text))
    reader.close()

    # Line ends and blanks at the edges of an attribute are the parser's own business.
    assert [tag for tag, _ in reader.tags] == ["p"]
    assert dict(reader.tags[0][1]) == {"title": clean(text)}
    assert reader.text == clean(text)


def test_control_characters_and_turned_reading_directions_are_taken_out() -> None:
    assert clean("a\x00b\u202ec\u2066d") == "a\ufffdb\ufffdc\ufffdd"
    assert clean("åäö – 7B\n") == "åäö – 7B\n"


def test_attributes_are_named_as_in_html_and_left_out_when_there_are_none() -> None:
    made = el("th", "x", class_="n", aria_label='"q"', scope=None, hidden=False, open=True)

    assert made == '<th class="n" aria-label="&quot;q&quot;" open>x</th>'


def test_drawn_numbers_are_short() -> None:
    assert el("rect", x=1.0, y=2.345, width=0.0) == '<rect x="1" y="2.35" width="0"></rect>'


def test_markup_is_not_escaped_again_and_lists_are_flattened() -> None:
    assert many([Markup("<b>"), "<", None, [3, ["a"]]]) == "<b>&lt;3a"
