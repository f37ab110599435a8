"""Pieces that pages are put together from: panels, tables, tags, charts with their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from narvaro.reporting.charts import coverage_bar
from narvaro.reporting.charts.canvas import WIDTHS
from narvaro.reporting.content import Certainty, Coverage, Limit, Share
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import percent_sign, show_count, show_share


def panel(title: str, *content: Child, span: int = 12, sentence: Child = None) -> Markup:
    """A white panel `span` of 12 columns wide, with its heading and one sentence."""
    return el(
        "section",
        el("h2", title),
        el("p", sentence, class_="sentence") if sentence else None,
        *content,
        class_=f"panel span-{span}",
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; numbers stand to the right, sentences get room."""

    heading: str
    is_number: bool = False
    is_sentence: bool = False

    @property
    def class_(self) -> str | None:
        return "n" if self.is_number else "sentences" if self.is_sentence else None


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Child]],
    *,
    caption: str,
    shows_caption: bool = False,
    foot: Sequence[Child] | None = None,
) -> Markup:
    """A real table in a region of its own that can be scrolled by keyboard."""
    body = el("tbody", [_row(columns, row) for row in rows])
    last = el("tfoot", _row(columns, foot)) if foot else None
    whole = el(
        "table",
        el("caption", caption, class_=None if shows_caption else "unseen"),
        el("thead", el("tr", [_head(column) for column in columns])),
        body,
        last,
    )
    return el("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)


def _head(column: Column) -> Markup:
    return el("th", column.heading, scope="col", class_=column.class_)


def _row(columns: Sequence[Column], cells: Sequence[Child]) -> Markup:
    first = el("th", cells[0], scope="row")
    rest = [
        el("td", cell, class_=column.class_)
        for column, cell in zip(columns[1:], cells[1:], strict=True)
    ]
    return el("tr", first, rest)


def in_sizes(draw: Callable[[int], Markup], *, widest: int = WIDTHS[1]) -> Markup:
    """The chart drawn for each width of page; a style sheet chooses which one is seen.

    Drawn anew instead of scaled, so that text keeps its size. Charts of `widest` have a place of
    their own beside other panels on wide pages.
    """
    drawn = [
        el("div", draw(min(width, widest)), class_=f"for-{width}")
        for width in WIDTHS
        if width <= max(widest, WIDTHS[1])
    ]
    return el("div", drawn, class_="sizes" if widest > WIDTHS[1] else "sizes from-720")


def as_table(voice: Voice, whole: Markup) -> Markup:
    """A chart's numbers, folded away until asked for."""
    return el("details", el("summary", voice.say("table.show")), whole)


def shown_share(share: Share, voice: Voice, limit: Limit | None = None) -> str:
    """A share on its own side of the limit; a dash when there is no data."""
    return show_share(
        share.numerator,
        share.denominator,
        limit=limit.percent if limit else None,
        lang=voice.lang,
    )


def shown_coverage(share: Share, coverage: Coverage, voice: Voice) -> str:
    return show_share(
        share.numerator, share.denominator, limit=coverage.goal_percent, lang=voice.lang
    )


def shown_goal(coverage: Coverage, voice: Voice) -> str:
    return f"{coverage.goal_percent}{percent_sign(voice.lang)}"


def coverage_row(name: str, share: Share, coverage: Coverage, voice: Voice) -> Markup:
    """The name and value in words, and under them the bar."""
    value = shown_coverage(share, coverage, voice)
    title = voice.say("coverage.bar", name=name, share=value, goal=shown_goal(coverage, voice))
    return el(
        "div",
        el("p", el("span", name), el("strong", value), class_="bar-words"),
        coverage_bar(share, goal_percent=coverage.goal_percent, title=title),
        class_="bar-row",
    )


def certainty_tag(certainty: Certainty | None, voice: Voice) -> Markup:
    word = certainty or "cannot_tell"
    return el("span", voice.say(f"certainty.{word}"), class_=f"tag {word.replace('_', '-')}")


def flag_dots(count: int, voice: Voice) -> Markup:
    """Three dots, filled one by one; the number is there for those who do not see them."""
    dots = [el("span", class_="dot on" if n < count else "dot") for n in range(3)]
    key = "flags.dots" if count <= 3 else "flags.dots_more"
    words = voice.say(key, n=show_count(count, voice.lang))
    more = el("span", f"+{count - 3}", class_="more") if count > 3 else None
    return el(
        "span",
        el("span", dots, more, aria_hidden="true", class_="dots"),
        el("span", words, class_="unseen"),
    )


def pupils(count: int | None, voice: Voice) -> str:
    """`9 elever`, `1 elev`; a dash in words when the number is not printed."""
    if count is None:
        return voice.say("moves.hidden")
    return voice.counted("pupils", count, show_count(count, voice.lang))
