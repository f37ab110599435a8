"""The guess as a profile ready to save; what cannot be told stands in it as open questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from narvaro.sources.files.guessing.period import TitlePeriod
from narvaro.sources.files.guessing.sample import Sample

if TYPE_CHECKING:
    from narvaro.sources.files.guessing.draft import Guess
    from narvaro.sources.files.guessing.outcome import Inspection


def suggested_profile(found: Inspection, sample: Sample, period: TitlePeriod | None) -> str:
    """TOML text: every guess with its reason beside it, every open question as a comment."""
    parts = [
        _top(found),
        _file(found, sample, period),
        _columns(found, sample),
        _open_questions(found),
        _reasons(found),
        _settings(found),
    ]
    return "\n".join(part for part in parts if part)


def _top(found: Inspection) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", found.path.stem.casefold()).strip("-")[:40] or "file"
    shape = toml(found.shape) if found.shape else '"lessons"  # cannot tell: check'
    return (
        f"profile = {toml(name)}\nschema = 1\nshape = {shape}\n"
        'zone = "Europe/Stockholm"\nschools = "make"\n'
    )


def _file(found: Inspection, sample: Sample, period: TitlePeriod | None) -> str:
    lines = ["[file]"]
    if sample.grid.kind == "workbook":
        lines.append(f"sheet = {toml(sample.grid.sheet)}")
    else:
        sure = "ASCII" not in sample.grid.encoding_why
        lines.append(f"encoding = {toml(sample.grid.encoding if sure else 'detect')}")
        lines.append(f"delimiter = {toml(sample.grid.delimiter)}")
    lines.append('header_row = "find"' if sample.header_line else "header_row = 0")
    if sample.totals:
        lines.append(f"total_words = {toml(list(sample.totals))}")
    if period and found.shape == "period_summaries":
        fields = {guess.field for guess in found.columns}
        if not ({"from", "to"} <= fields or "month" in fields):
            lines += ["period_in_title = true", f"period_form = {toml(period.form)}"]
    return "\n".join(lines) + "\n"


def _columns(found: Inspection, sample: Sample) -> str:
    headers = [guess.header for guess in found.columns]
    lines = ["[columns]"]
    for guess in found.columns:
        if guess.outcome == "read" and guess.field:
            place = _place(guess, headers, has_header=bool(sample.header_line))
            settings = {key: value for key, value in guess.settings.items() if value is not None}
            pairs = ", ".join(
                f"{key} = {toml(value)}" for key, value in {**place, **settings}.items()
            )
            lines.append(f"{guess.field} = {{ {pairs} }}")
    return "\n".join(lines) + "\n"


def _place(guess: Guess, headers: list[str], *, has_header: bool) -> Mapping[str, object]:
    from narvaro.sources.files.profile import word_key

    keys = [word_key(header) for header in headers]
    alone = keys.count(word_key(guess.header)) == 1
    if has_header and guess.header and alone:
        return {"header": guess.header}
    return {"position": guess.position}


def _open_questions(found: Inspection) -> str:
    lines = [
        f"# cannot tell, {_commented(guess.header) or guess.position}: {guess.why}"
        for guess in found.columns
        if guess.outcome == "cannot tell"
    ]
    lines += [f"# cannot tell, {f.name}: {f.why}" for f in found.facts if f.value is None]
    return "\n".join(lines) + "\n" if lines else ""


def _commented(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _reasons(found: Inspection) -> str:
    fields = {guess.field for guess in found.columns}
    if not fields & {"status", "reason"}:
        return ""
    lines = ["[reasons]", '# empty = "present"  # cannot tell what a row without a word means']
    lines = [*lines, "", "[reasons.words]"] if found.rows_without_word else ["[reasons.words]"]
    for word in found.words:
        if word.rule is None:
            lines.append(f'# {toml(word.word)} = {{ bucket = "" }}  # cannot tell: {word.why}')
            continue
        pairs = ", ".join(f"{key} = {toml(value)}" for key, value in word.rule.items())
        lines.append(f"{toml(word.word)} = {{ {pairs} }}")
    return "\n".join(lines) + "\n"


def _settings(found: Inspection) -> str:
    fields = {guess.field for guess in found.columns}
    lines = [
        "[acknowledgement]",
        "# what a row says of its lesson being reported is a fact about the source, not the file",
    ]
    if found.shape == "period_summaries":
        lines = ["[acknowledgement]", f"summary = {toml(_summary(fields))}"]
    if found.settings:
        lines += ["", "[rows]"]
        lines += [f"{key} = {toml(value)}" for key, value in found.settings.items()]
    return "\n".join(lines) + "\n"


def _summary(fields: set[str | None]) -> str:
    if "acknowledged_minutes" in fields:
        return "column"
    if "not_acknowledged" in fields:
        return "sum" if "present_minutes" in fields else "column"
    return "unknown"


def toml(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda at: f"\\u{ord(at[0]):04x}", escaped) + '"'
