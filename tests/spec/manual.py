"""The reference manual of measures: every spec case as its words, its tables and its answers.

`python -m tests.spec.manual` writes docs/reference/measures.md; a test refuses a page that is out
of date.
"""

from __future__ import annotations

from pathlib import Path

from tests.spec.cases import Ask, Case, Flags, FollowUps, Measure, Quality, Told
from tests.spec.edge_cases import DOCUMENTED_CHOICES
from tests.spec.every_case import PARTS
from tests.spec.tables import as_markdown, table

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "measures.md"

HEAD = """# What every figure means

<!-- Written by `python -m tests.spec.manual` from the cases that the tests run; do not edit. -->

Each case below is a test: the registrations are imported, the command is run, and the answer is
the table that follows. The same cases hold for every engine.

- All minutes are whole, and shares are pairs of whole minutes: `2442/16284`. `none` means that
  nothing is known; it is never 0 %.
- `share` is absent of acknowledged minutes, `low` absent of scheduled ones (as if everything nobody
  acknowledged had been presence), `high` the same as if it had been absence, `coverage`
  acknowledged of scheduled minutes.
- The tables are those of the exchange format, in which empty means unknown. The table
  `attendance` is short for lessons with marks: a row is one lesson of one pupil, or as many as
  `days` (school days in a row from `on`) and `lessons` (a day) say. `absent` is absence of which
  nobody said whether it was valid. A lesson is acknowledged unless the row says otherwise.
- Times are local times in Sweden. What is not given is like this: one school, grade 1, enrolled
  since long ago, everything delivered and asked about when the school year is over.
"""


def page() -> str:
    parts = [HEAD]
    for title, cases in PARTS.items():
        parts.append(f"## {title}\n")
        parts += [_section(one) for one in cases]
    parts.append("## Choices that no table can show\n")
    parts += [f"**{title}.** {text}\n" for title, text in DOCUMENTED_CHOICES]
    return "\n".join(parts)


def _section(one: Case) -> str:
    several = len(one.told) > 1
    told = [_told(delivery, several=several) for delivery in one.told]
    return "\n".join([f"### {one.title}\n", f"{one.meaning}\n", *told, *map(_answered, one.asks)])


def _told(delivery: Told, *, several: bool) -> str:
    when = f"Arrives {delivery.arrived_at}:\n" if several else ""
    tables = [f"`{name}`\n\n{as_markdown(table(text))}\n" for name, text in delivery.tables.items()]
    return "\n".join([when, *tables]) if when else "\n".join(tables)


def _answered(ask: Ask) -> str:
    return f"{_asked(ask)}\n\n{as_markdown(table(ask.expected))}\n"


def _asked(ask: Ask) -> str:
    match ask:
        case Measure():
            at = f" --at {ask.at}" if ask.at else ""
            by = f" --by {ask.by}" if ask.by != "pupil" else ""
            group = f" --group {ask.group}" if ask.group else ""
            spells = " --spells" if ask.spells else ""
            command = f"narvaro measure --window {ask.window}{at}{by}{group}{spells}"
            return f"`{command} --as-known-at {ask.as_known_at}`"
        case Flags():
            command = f"narvaro flag --at {ask.at} --as-known-at {ask.as_known_at}"
            return f"`{command}`, {_programme(ask)}"
        case Quality():
            show = f" --show {ask.show}" if ask.show != "registration" else f" --by {ask.by}"
            return f"`narvaro quality{show} --at {ask.at} --as-known-at {ask.as_known_at}`"
        case FollowUps():
            return f"Every {ask.every_days} days, counted from {ask.start}"


def _programme(ask: Flags) -> str:
    rules = "; ".join(_rule(one) for one in ask.programme["rules"])
    scope = ""
    if "grades" in ask.programme:
        scope = f", grades {', '.join(ask.programme['grades'])}"
    if "ages" in ask.programme:
        scope = f", ages {ask.programme['ages'][0]} to {ask.programme['ages'][1]}"
    return f"where the rule is {rules}{scope}"


def _rule(one: dict[str, str]) -> str:
    least = "more than" if one["operator"] == ">" else "at least"
    more = ""
    if "floor" in one:
        more = f" at a coverage of at least {one['floor']} %"
    if "minimum_minutes" in one:
        more = f" of at least {one['minimum_minutes']} scheduled minutes"
    return f"{least} {one['limit']} % of `{one['window']}`{more}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
