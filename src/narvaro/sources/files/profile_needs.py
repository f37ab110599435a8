"""What a profile, or the part of it that a file has columns for, lacks to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from narvaro.sources.files import moments
from narvaro.sources.files.profile import Profile

_ABSENCE: Final = frozenset(
    f"{name}_minutes" for name in ("valid", "invalid", "unclassified", "absent", "late")
)
_TELLING: Final = _ABSENCE | {"status", "reason", "other_minutes", "present_minutes"}


def lacking(profile: Profile, has: set[str]) -> Iterator[tuple[str, str, str]]:
    """Key, problem and remedy of everything that is missing when only the fields in `has` exist."""
    if "pupil" not in has:
        yield "columns.pupil", "no column holds the pupil", "Map one; a name will not do."
    if "school" not in has:
        yield "columns.school", "no school", "Map a column, or give constants.school."
    yield from (_lesson_sense if profile.shape == "lessons" else _period_sense)(profile, has)


def _lesson_sense(profile: Profile, has: set[str]) -> Iterator[tuple[str, str, str]]:
    starts = profile.columns.get("starts")
    dated = bool(starts and moments.compiled(starts.form).has_date)
    if not (has & {"starts", "times"}):
        yield "columns.starts", "no column tells when a lesson starts", "Map starts or times."
    elif "date" not in has and not dated:
        yield "columns.date", "no column tells the lesson's date", "Map date."
    if not has & {"ends", "times", "minutes"} and not profile.joined_source:
        yield "columns.ends", "no column tells how long a lesson is", "Map ends, times or minutes."
    if not has & {"lesson", "group", "class", "subject"}:
        yield (
            "columns.lesson",
            "nothing tells lessons apart",
            "Map lesson, group, class or subject.",
        )
    if not has & _TELLING:
        yield "columns.status", "nothing tells who was absent", "Map status, reason or minutes."
    for name in _shares(profile):
        yield f"columns.{name}", "a share of a lesson cannot be read", "Map a column of time."
    if has & {"status", "reason"} and not (profile.words or profile.empty_word):
        yield "reasons.words", "the words of the file have no table", "Give each word a bucket."
    if "absent_minutes" in has and not has & {"status", "reason"}:
        yield "columns.absent_minutes", "nothing tells which absence it is", "Map status or reason."


def _shares(profile: Profile) -> list[str]:
    return [name for name, one in profile.columns.items() if one.unit in ("percent", "share")]


def _period_sense(profile: Profile, has: set[str]) -> Iterator[tuple[str, str, str]]:
    given = {"from", "to"} <= has or "month" in has or profile.layout.period_in_title
    if not given:
        yield (
            "columns.from",
            "nothing tells the period",
            "Map from and to, or month, or give constants.from and constants.to, "
            "or file.period_in_title.",
        )
    if not has & _ABSENCE:
        yield "columns.absent_minutes", "nothing tells the absence", "Map a column of absence."
    percent = _shares(profile)
    if percent and "offered_minutes" not in has:
        yield (
            f"columns.{percent[0]}",
            "a share without the time offered says nothing of minutes",
            "Map offered_minutes, or give constants.offered_minutes.",
        )
    if "offered_minutes" in percent:
        yield "columns.offered_minutes", "the time offered cannot be a share", "Set its unit."
    if profile.summary == "column" and not has & {"acknowledged_minutes", "not_acknowledged"}:
        yield "acknowledgement.summary", "no column tells the reported time", "Map one."
    if profile.summary == "sum" and "present_minutes" not in has:
        yield "acknowledgement.summary", "the sum needs present_minutes", "Map it."
