"""Whether the keys of a profile fit together: what only shows when they are read together."""

from __future__ import annotations

import codecs
import re
from typing import Final
from zoneinfo import ZoneInfo

from narvaro.sources.files import moments
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.profile_faults import Faults
from narvaro.sources.files.profile_needs import lacking

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_SOURCE: Final = re.compile(r"of:[A-Za-z0-9_.-]{1,60}")


def check_sense(profile: Profile, faults: Faults) -> None:
    """What only shows when the keys are read together."""
    _check_names(profile, faults)
    _check_uniqueness(profile, faults)
    for path, problem, remedy in lacking(profile, {*profile.columns, *profile.constants}):
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
