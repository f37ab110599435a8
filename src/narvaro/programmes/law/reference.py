"""The reference page of the duties in law, written from the shipped file and its schema.

`python -m narvaro.programmes.law.reference > docs/reference/law.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from narvaro.programmes.describing import describe_table
from narvaro.programmes.law.model import Duty, Law, LawDate
from narvaro.programmes.law.schema import LAW_TABLES, LAW_TOP, WHO
from narvaro.programmes.law.shelf import read_law
from narvaro.programmes.vocabulary import EVENTS

INTRODUCTION = """\
# Duties in law

What the law asks of those who work with attendance, dated and with sources. It is one file,
version {version}, that a municipality's lawyer confirms; *not verified* marks what was not read at
its source. The texts are in our own words and are not the law. Why it is kept like this stands in
[how the law is kept](../law/how-the-law-is-kept.md).

This page is written from the file and its schema; do not edit it.

## Duties
"""


def write_reference(law: Law | None = None) -> str:
    """The whole page as Markdown."""
    return "\n".join(_parts(law or read_law())).rstrip() + "\n"


def _parts(law: Law) -> Iterator[str]:
    yield INTRODUCTION.format(version=law.version)
    titles = {source.id: source.title for source in law.sources}
    for duty in law.duties:
        yield f"### `{duty.id}`: {duty.name.en}\n"
        yield f"*{duty.name.sv}.* {duty.text.en}\n"
        yield "\n".join(_facts(duty)) + "\n"
        yield _said_by(duty, [titles[name] for name in duty.source])
    yield "## Days on which something changes for everybody\n"
    for day in law.dates:
        yield f"### `{day.id}`: {day.name.en}\n"
        yield f"*{day.name.sv}.* {day.text.en}\n"
        yield _said_by(day, [titles[name] for name in day.source])
    yield "## Under way\n"
    yield "Nothing rests on these; whoever keeps the file looks at them again.\n"
    yield "\n".join(f"- `{each.id}`: {each.text.en}" for each in law.under_way) + "\n"
    yield "## Keys of the file\n"
    for table in (LAW_TOP, *LAW_TABLES):
        yield from describe_table(table)


def _facts(duty: Duty) -> Iterator[str]:
    yield f"- Where: {duty.paragraph}"
    yield f"- Whose: {WHO.choices[duty.who].split('; ')[-1]}"
    if duty.begins:
        yield f"- Its clock begins: {duty.begins.en}"
    if duty.deadline:
        number = f"{duty.deadline.number} " if duty.deadline.number else ""
        yield f"- Within: {number}{duty.deadline.kind}"
    if duty.event:
        yield f"- Recorded as `{duty.event}`: {EVENTS[duty.event]}"
    if duty.personal:
        yield "- Personal: no approval stands before it"
    first, last = duty.from_on or "long ago", duty.to_on or "further on"
    yield f"- Holds from {first} to {last}"


def _said_by(part: Duty | LawDate, titles: list[str]) -> str:
    mark = "Verified" if part.verified else "**Not verified**"
    return f"{mark}. Source: {'; '.join(titles)}.\n"


if __name__ == "__main__":
    sys.stdout.write(write_reference())
