"""Frozen values for the two parts of the minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Addendum, AgendaItem, Analysis, Meeting, Minutes
from narvaro.web.meetings.pages import (
    ComingRow,
    ItemRow,
    NameOf,
    coming_rows,
    rows_of,
    time_of,
    title_of,
)
from narvaro.web.meetings.running import protected_of


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """An item in the part with pupils; of the protected part only that it is there."""

    row: ItemRow
    analysis: Analysis | None
    protected: dict[str, object] | None
    addenda: Sequence[Addendum]


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The part with pupils, as the viewer may read it."""

    meeting: Meeting
    title: str
    time: str
    written: Minutes | None
    coming: Sequence[ComingRow]
    rows: Sequence[MinutesRow]
    carried: Sequence[ItemRow]
    struck: Sequence[ItemRow]
    subjects: Sequence[str]


@dataclass(frozen=True, slots=True)
class GeneralPage:
    """The general part: who was there, general items, the text. No pupil, and no count of them."""

    meeting: Meeting
    title: str
    time: str
    written: Minutes | None
    present: Sequence[str]
    absent: Sequence[str]
    rows: Sequence[ItemRow]
    addenda: Sequence[Addendum]


def minutes_page(viewer: Viewer, meeting: Meeting, is_closed: NameOf) -> MinutesPage:
    """The items with pupils that the viewer may see."""
    mine = AgendaItem.objects.visible_to(viewer, "meetings.minutes").filter(
        meeting=meeting, pupil__isnull=False
    )
    seen = mine.select_related("pupil", "decision__next_owner", "decision__decided_by", "analysis")
    rows = rows_of(list(seen.on_the_agenda()), is_closed)
    struck = rows_of(list(seen.exclude(struck_at=None)), is_closed)
    added = _addenda(meeting)
    return MinutesPage(
        meeting,
        title_of(meeting),
        time_of(meeting),
        _written(meeting),
        coming_rows(viewer, meeting),
        [
            MinutesRow(
                one, getattr(one.item, "analysis", None), protected_of(one), added[one.item.pk]
            )
            for one in rows
        ],
        [one for one in rows if meeting.held_at is not None and not one.is_decided],
        struck,
        sorted({f"pupil:{one.item.pupil.public_id}" for one in rows + struck if one.item.pupil}),
    )


def general_page(viewer: Viewer, meeting: Meeting) -> GeneralPage:
    """What holds no pupil."""
    general = meeting.items.on_the_agenda().filter(pupil=None)
    there = coming_rows(viewer, meeting)
    return GeneralPage(
        meeting,
        title_of(meeting),
        time_of(meeting),
        _written(meeting),
        [one.profession for one in there if one.was_present],
        [one.profession for one in there if one.was_present is False],
        rows_of(list(general.select_related("decision__next_owner")), lambda _one: False),
        _addenda(meeting)[None],
    )


def _written(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).select_related("approved_by").first()


def _addenda(meeting: Meeting) -> dict[int | None, list[Addendum]]:
    """By the item they are of; None is the general part."""
    found: dict[int | None, list[Addendum]] = defaultdict(list)
    for one in Addendum.objects.filter(minutes__meeting=meeting).select_related("by"):
        found[one.item_id].append(one)
    return found
