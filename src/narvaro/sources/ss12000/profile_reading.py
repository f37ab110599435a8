"""Reads a profile: a TOML file, checked with all faults at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from narvaro.errors import Fault, InputRefused
from narvaro.sources.ss12000.profile import REASON_WORDS, REASONS, RESOURCES, Access, Profile
from narvaro.sources.ss12000.settings import SETTINGS, Setting

_TABLES: Final = ("base_urls", "headers", "reasons")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def read_profile(path: Path) -> Profile:
    """Read a profile; raises InputRefused with every fault at once."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "cannot be read"
        raise InputRefused(f"The profile {path.name}", [Fault(path.name, 0, "", problem)]) from None
    return profile_from(found, name=path.name)


def profile_from(found: Mapping[str, object], *, name: str = "profile") -> Profile:
    """Make a profile of parsed TOML; raises InputRefused with every fault at once."""
    faults = [Fault(name, 0, at, problem, remedy) for at, problem, remedy in _faults(found)]
    if faults:
        raise InputRefused(f"The profile {name}", faults)
    source = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in _section(found, "source").items()
    }
    reasons = {
        key.strip().casefold(): str(value) for key, value in _section(found, "reasons").items()
    }
    return Profile(
        **source,  # type: ignore[arg-type]  # every value was checked against SETTINGS
        access=Access(**_section(found, "access")),  # type: ignore[arg-type]
        base_urls={key: str(value) for key, value in _section(found, "base_urls").items()},
        headers={key: str(value) for key, value in _section(found, "headers").items()},
        reasons=REASONS | reasons,
    )


_Problem = tuple[str, str, str]


def _section(found: Mapping[str, object], name: str) -> Mapping[str, object]:
    section = found.get(name, {})
    return section if isinstance(section, Mapping) else {}


def _faults(found: Mapping[str, object]) -> list[_Problem]:
    known = {"source", "access", *_TABLES}
    problems = [(key, "is no section of a profile", "") for key in found if key not in known]
    problems += [
        (key, "is not a table", "") for key in known & set(found) if not _is_table(found[key])
    ]
    for section in ("source", "access"):
        problems += _section_faults(section, _section(found, section))
    problems += _table_faults(found)
    return problems + _joint_faults(found)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _section_faults(section: str, values: Mapping[str, object]) -> list[_Problem]:
    settings = {setting.name: setting for setting in SETTINGS if setting.section == section}
    problems: list[_Problem] = []
    for key, value in values.items():
        at = f"{section}.{key}"
        if key not in settings:
            problems.append((at, "is not a setting", f"Settings: {', '.join(settings)}."))
        elif problem := _problem(settings[key], value):
            problems.append((at, problem, settings[key].text))
    return problems


def _problem(setting: Setting, value: object) -> str:
    if setting.kind == "number":
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not is_number or not setting.least <= int(str(value)) <= setting.most:
            return f"is not a whole number from {setting.least} to {setting.most}"
    elif setting.kind == "yes_no":
        return "" if isinstance(value, bool) else "is not true or false"
    elif setting.kind == "texts":
        return _texts_problem(setting, value)
    elif not isinstance(value, str):
        return "is not a text"
    elif setting.words and value not in setting.words:
        return f"is none of {', '.join(setting.words)}"
    elif setting.kind == "url":
        return _url_problem(value)
    elif setting.kind.startswith("zone") and (value or setting.kind == "zone"):
        return _zone_problem(value)
    return ""


def _texts_problem(setting: Setting, value: object) -> str:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return "is not a list of texts"
    if setting.words and not set(value) <= set(setting.words):
        return f"holds others than {', '.join(setting.words)}"
    return ""


def _url_problem(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        return "is not an address"
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        return "is not an address that begins with https:// and has no question mark"
    return ""


def _zone_problem(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "is not a time zone"
    return ""


def _table_faults(found: Mapping[str, object]) -> list[_Problem]:
    problems: list[_Problem] = []
    for resource, url in _section(found, "base_urls").items():
        if resource not in RESOURCES:
            problems.append((f"base_urls.{resource}", "is not a resource that is read", ""))
        elif problem := _url_problem(url) if isinstance(url, str) else "is not a text":
            problems.append((f"base_urls.{resource}", problem, ""))
    problems += [
        (f"headers.{key}", "is not a text", "")
        for key, value in _section(found, "headers").items()
        if not isinstance(value, str)
    ]
    problems += [
        ("reasons", "maps a reason to none of the words", f"Words: {', '.join(REASON_WORDS)}.")
        for value in _section(found, "reasons").values()
        if value not in REASON_WORDS
    ]
    return problems


def _joint_faults(found: Mapping[str, object]) -> list[_Problem]:
    source, access = _section(found, "source"), _section(found, "access")
    urls = [source.get("base_url"), access.get("token_url"), *_section(found, "base_urls").values()]
    problems: list[_Problem] = []
    if any(_is_plain(url) for url in urls) and source.get("allow_http") is not True:
        problems.append(
            (
                "source.base_url",
                "begins with http://: tokens and pupils would be read on the way",
                "Use https://, or set allow_http = true on a closed network.",
            )
        )
    needed = {
        "bearer": (("token_env", "token_file"),),
        "client_credentials": (("token_url",), ("client_id",), ("secret_env", "secret_file")),
        "certificate": (("certificate_file",),),
    }.get(str(access.get("kind", "bearer")), ())
    return problems + [
        (f"access.{names[0]}", "is missing", f"Give {' or '.join(names)}.")
        for names in (needed if access else ())
        if not any(access.get(name) for name in names)
    ]


def _is_plain(url: object) -> bool:
    if not isinstance(url, str) or not url.startswith("http://"):
        return False
    try:
        return urlsplit(url).hostname not in _LOOPBACK
    except ValueError:
        return False
