"""Pupils by missed time: four bands and those of whom it cannot be told, in fixed order."""

from __future__ import annotations

from collections.abc import Sequence

from narvaro.reporting.charts.canvas import box, label, picture
from narvaro.reporting.content import Count
from narvaro.reporting.markup import Markup, el

_NARROWEST = 26
CLASSES = ("band1", "band2", "band3", "band4", "hatch framed")
Part = tuple[str, str, int]


def band_bar(
    counts: Sequence[Count], total: Count, *, title: str, width: int, height: int = 50
) -> Markup:
    """Parts in proportion, none narrower than its number. Hidden parts are one dashed rest,

    and nothing about the drawing depends on the counts that are hidden.
    """
    parts = [
        (class_, str(count), count) for class_, count in zip(CLASSES, counts, strict=True) if count
    ]
    drawn, x = [], 1.0
    rest = _rest(counts, total)
    room = width - 2 - (_rest_width(rest, total, width) if rest is not None else 0)
    for part, part_width in zip(parts, _widths([n for _, _, n in parts], room), strict=True):
        drawn.append(_part(part, x, part_width, height))
        x += part_width
    if rest is not None:
        drawn.append(box(x + 1, 1, width - 2 - x, height - 2, "hidden-part"))
    return picture(title, *drawn, width=width, height=height)


def _rest(counts: Sequence[Count], total: Count) -> int | None:
    """The pupils in hidden parts together, 0 when that is not known; None when none is hidden."""
    if None not in counts:
        return None
    return 0 if total is None else total - sum(count for count in counts if count is not None)


def _rest_width(rest: int, total: Count, width: int) -> float:
    return max(_NARROWEST * 2, width * rest / total) if total else width / 5


def _widths(counts: Sequence[int], room: float) -> list[float]:
    """Proportional widths of at least _NARROWEST that fill the room."""
    narrow = {n for n, count in enumerate(counts) if count * room < _NARROWEST * sum(counts)}
    while True:
        left = room - _NARROWEST * len(narrow)
        wide = sum(count for n, count in enumerate(counts) if n not in narrow)
        more = {
            n
            for n, count in enumerate(counts)
            if n not in narrow and count * left < _NARROWEST * wide
        }
        if not more:
            break
        narrow |= more
    return [
        float(_NARROWEST) if n in narrow else left * count / wide for n, count in enumerate(counts)
    ]


def _part(part: Part, x: float, width: float, height: int) -> Markup:
    class_, text, _ = part
    middle, base = x + width / 2, height / 2 + 5
    on_hatch = class_.startswith("hatch")
    plate = box(middle - 4 * len(text) - 4, height / 2 - 10, 8 * len(text) + 8, 20, "plate")
    return el(
        "g",
        box(x, 1, width - 1, height - 2, class_),
        plate if on_hatch else None,
        label(middle, base, text, class_=f"strong on-{class_.split()[0]}", anchor="middle"),
    )
