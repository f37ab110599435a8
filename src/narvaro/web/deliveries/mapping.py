"""A mapping profile as a form: what each column is and what each word means, and back to text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from narvaro.web.deliveries.toml_text import toml_of

if TYPE_CHECKING:
    from narvaro.sources.files import Inspection

FIELD_WORDS: Mapping[str, Any] = {
    "pupil": _("elev"),
    "school": _("skola"),
    "class": _("klass"),
    "group": _("grupp"),
    "subject": _("ämne"),
    "teachers": _("lärare"),
    "lesson": _("lektionens id"),
    "date": _("datum"),
    "starts": _("börjar"),
    "ends": _("slutar"),
    "times": _("tider i en cell"),
    "minutes": _("lektionens längd"),
    "scheduled_minutes": _("elevens schemalagda tid"),
    "full_minutes": _("hela schemats tid"),
    "status": _("status"),
    "reason": _("orsak"),
    "present_minutes": _("närvarotid"),
    "valid_minutes": _("giltig frånvaro"),
    "invalid_minutes": _("ogiltig frånvaro"),
    "unclassified_minutes": _("frånvaro utan sort"),
    "other_minutes": _("annan skolaktivitet"),
    "absent_minutes": _("all frånvaro"),
    "late_minutes": _("sen ankomst"),
    "acknowledged": _("kvitterad"),
    "acknowledged_at": _("kvitterad när"),
    "recorded_at": _("känd när"),
    "cancelled": _("inställd"),
    "from": _("periodens första dag"),
    "to": _("periodens sista dag"),
    "month": _("månad"),
    "offered_minutes": _("erbjuden undervisningstid"),
    "acknowledged_minutes": _("rapporterad tid"),
    "not_acknowledged": _("ej rapporterad tid"),
}
BUCKET_WORDS: Mapping[str, Any] = {
    "present": _("närvaro"),
    "valid": _("giltig frånvaro"),
    "invalid": _("ogiltig frånvaro"),
    "unclassified": _("frånvaro utan sort"),
    "other": _("annan skolaktivitet"),
    "unknown": _("säger inget om tiden"),
}
CONSTANTS = ("school", "from", "to")
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the file as the form shows it; `settings` are its other keys."""

    number: int
    header: str
    field: str
    settings: Mapping[str, Any]
    why: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """One word of the file and the bucket it goes to."""

    number: int
    word: str
    bucket: str
    rows: int | None
    why: str


def guess_of(found: Inspection) -> dict[str, Any]:
    """An inspection as JSON; it holds headers and words that many pupils share, no cells."""
    return {
        "shape": found.shape,
        "columns": [
            {
                "position": one.position,
                "header": one.header,
                "field": one.field,
                "settings": dict(one.settings),
                "why": one.why,
            }
            for one in found.columns[:MOST_COLUMNS]
        ],
        "words": [
            {"word": one.word, "rows": one.rows, "rule": one.rule, "why": one.why}
            for one in found.words
        ],
        "facts": [{"name": one.name, "value": one.value, "why": one.why} for one in found.facts],
        "profile": found.profile_text,
    }


def read_text(text: str) -> dict[str, Any]:
    """A profile's text as a table; an unreadable one as an empty table."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def column_rows(table: Mapping[str, Any], guess: Mapping[str, Any]) -> list[ColumnRow]:
    """The file's columns, each with the field the profile reads it as."""
    mapped = dict(table.get("columns", {}))
    rows: list[ColumnRow] = []
    for one in guess.get("columns", []):
        name = next((n for n, how in mapped.items() if _is_of(how, one)), "")
        settings = mapped.pop(name, {}) if name else dict(one["settings"])
        rows.append(ColumnRow(len(rows), one["header"] or "", name, settings, one["why"]))
    for name, how in mapped.items():
        headers = how.get("header", "")
        header = headers if isinstance(headers, str) else ", ".join(headers)
        rows.append(ColumnRow(len(rows), header, name, how, ""))
    return rows


def _is_of(how: Mapping[str, Any], column: Mapping[str, Any]) -> bool:
    headers = how.get("header", [])
    named = [headers] if isinstance(headers, str) else headers
    return column["header"] in named or how.get("position") == column["position"]


def word_rows(table: Mapping[str, Any], guess: Mapping[str, Any]) -> list[WordRow]:
    """The words of the file and of the profile, with what each means."""
    known: dict[str, Any] = dict(table.get("reasons", {}).get("words", {}))
    rows: list[WordRow] = []
    for one in guess.get("words", []):
        rule = known.pop(one["word"], one["rule"]) or {}
        bucket = rule.get("bucket", "")
        rows.append(WordRow(len(rows), one["word"], bucket, one["rows"], one["why"]))
    for word, rule in known.items():
        rows.append(WordRow(len(rows), word, rule.get("bucket", ""), None, ""))
    return rows


def table_from(post: Mapping[str, str], table: Mapping[str, Any], guess: Mapping[str, Any]) -> Any:
    """The profile's table as the form says; what the form does not show is kept as it was."""
    made: dict[str, Any] = {
        "profile": table.get("profile", "file"),
        "schema": 1,
        "shape": post.get("shape") or table.get("shape", "lessons"),
        **{key: value for key, value in table.items() if key not in ("profile", "schema", "shape")},
    }
    made["columns"] = _columns(post, column_rows(table, guess))
    constants = {name: post.get(f"constant-{name}", "").strip() for name in CONSTANTS}
    made["constants"] = {
        **{key: value for key, value in table.get("constants", {}).items() if key not in CONSTANTS},
        **{name: value for name, value in constants.items() if value},
    }
    made["reasons"] = _reasons(post, table, word_rows(table, guess))
    row_means = post.get("row_means", "unknown")
    made["acknowledgement"] = {**table.get("acknowledgement", {}), "row_means": row_means}
    return {key: value for key, value in made.items() if value != {}}


def _columns(post: Mapping[str, str], rows: list[ColumnRow]) -> dict[str, Any]:
    columns = {}
    for row in rows:
        name = post.get(f"field-{row.number}", "")
        if name not in FIELD_WORDS:
            continue
        settings = {key: value for key, value in row.settings.items() if key not in ("header",)}
        for key in ("unit", "form", "identifier"):
            value = post.get(f"{key}-{row.number}", "").strip()
            settings = {**settings, key: value} if value else _without(settings, key)
        place = {"header": row.header} if row.header else {}
        columns[name] = {**place, **settings}
    return columns


def _without(settings: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name != key}


def _reasons(
    post: Mapping[str, str], table: Mapping[str, Any], rows: list[WordRow]
) -> dict[str, Any]:
    before = table.get("reasons", {})
    words = {}
    for row in rows:
        bucket = post.get(f"bucket-{row.number}", "")
        if bucket in BUCKET_WORDS and not row.word.startswith("("):
            words[row.word] = {**before.get("words", {}).get(row.word, {}), "bucket": bucket}
    other = {key: value for key, value in before.items() if key not in ("words", "empty")}
    empty = post.get("empty", "")
    said = {**other, **({"empty": empty} if empty in BUCKET_WORDS else {})}
    return {**said, "words": words} if words else said


def text_from(post: Mapping[str, str], source_text: str, guess: Mapping[str, Any]) -> str:
    """The profile's text that the form makes of what was posted."""
    table = read_text(source_text or guess.get("profile", ""))
    named = table_from(post, table, guess)
    name = re.sub(r"[^a-z0-9-]+", "-", str(named["profile"]).lower()).strip("-") or "file"
    return toml_of({**named, "profile": name})
