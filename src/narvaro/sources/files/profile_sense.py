"""Whether the keys of a profile fit together: what only shows when they are read together."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from narvaro.sources.files import moments
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.profile_faults import Faults

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_SOURCE: Final = re.compile(r"of:[A-Za-z0-9_.-]{1,60}")


def check_sense(profile: Profile, faults: Faults) -> None:
    """What only shows when the keys are read together."""
    _check_names(profile, faults)
    _check_uniqueness(profile, faults)
    has = {*profile.columns, *profile.constants}
    if "pupil" not in has:
        faults.add("columns.pupil", "no column holds the pupil", "Map one; a name will not do.")
    if "school" not in has:
        faults.add("columns.school", "no school", "Map a column, or give constants.school.")
    check = _lesson_sense if profile.shape == "lessons" else _period_sense
    for path, problem, remedy in check(profile, has):
        faults.add(path, problem, remedy)
    for word, rule in profile.words.items():
        if rule.announced and rule.bucket not in ("valid", "unclassified", "invalid"):
            faults.add(f"reasons.words.{word}", "announced means an absence", "Check the bucket.")


def _check_names(profile: Profile, faults: Faults) -> None:
    if not _NAME.fullmatch(profile.name):
        faults.add("profile", "small letters, digits and hyphens only")
    if profile.lessons != "here" and not _SOURCE.fullmatch(profile.lessons):
        faults.add("lessons", "it must be `here` or `of:NAME`")
    try:
        ZoneInfo(profile.zone)
    except (ValueError, OSError, KeyError):
        faults.add("zone", "there is no such time zone", "Write Europe/Stockholm.")
    if profile.layout.encoding != "detect":
        try:
            codecs.lookup(profile.layout.encoding)
        except (LookupError, ValueError):
            faults.add("file.encoding", "there is no such encoding", "Write utf-8 or cp1252.")
    if profile.layout.delimiter != "detect" and len(profile.layout.delimiter) != 1:
        faults.add("file.delimiter", "it must be one character, or `detect`")
    check_form("file.period_form", profile.layout.period_form, kind="date", faults=faults)


def _check_uniqueness(profile: Profile, faults: Faults) -> None:
    seen: dict[str | int, str] = {}
    for name, column in profile.columns.items():
        places: list[str | int] = [*column.headers]
        for place in [*places, column.position] if column.position else places:
            if place in seen:
                faults.add(f"columns.{name}", f"columns.{seen[place]} has the same place")
            seen[place] = name
        if name in profile.constants:
            faults.add(f"constants.{name}", "a column is mapped too", "Remove one of the two.")
        if profile.layout.header_row == 0 and column.headers:
            faults.add(f"columns.{name}", "the file has no header", "Give position.")


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


def check_form(path: str, form: str, *, kind: str, faults: Faults) -> None:
    """Whether a form of dates or times fits the kind of its field."""
    try:
        compiled = moments.compiled(form)
    except (ValueError, re.error) as error:
        faults.add(path, str(error) if isinstance(error, ValueError) else "it is no form")
        return
    needs = {"date": compiled.has_date, "time": compiled.has_time, "times": compiled.has_time}
    both = compiled.has_date and compiled.has_time
    if not needs.get(kind, both if kind == "moment" else False):
        faults.add(path, f"the form does not fit a field of kind {kind}")
