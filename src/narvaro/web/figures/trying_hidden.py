"""Which lines of the page of tried rules are not shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from narvaro.small_numbers import TOTAL, CannotBeProtected, Tables, cross_table, protect
from narvaro.web.figures.facts import Facts, limits_of, swept
from narvaro.web.figures.joint import SMALL, Tree, names, shown_of
from narvaro.web.figures.joint.names import LISTED
from narvaro.web.figures.stages import stage_of
from narvaro.web.figures.tried import OPERATORS, Settings

EVERY = ""
"""All schools, or all stages."""

Lines = frozenset[tuple[str, str]]
"""(school or EVERY, stage or EVERY) of what is not shown."""

_TABLE = "tried"


def hidden_lines(facts: Facts, settings: Settings, tree: Tree) -> Lines:
    """Which numbers of flags are not shown, of schools by stage, whatever stage is asked for.

    For the rule in force it is what every other page hides. Another rule's schools and stages are
    decided together, each rule by itself.
    """
    rule = facts.rule
    sign = OPERATORS[settings.operator][0]
    is_rule = (settings.window, settings.limit, sign) == (rule.window, rule.limit, rule.operator)
    if is_rule and rule.upper_limit is None:
        return _of_the_pages(facts, tree)
    name = f"{facts.judging(window=settings.window).name}|{facts.month}|{settings.limit}{sign}"
    return facts.opened.shelf.get(
        f"hidden tried|{name}",
        lambda: sorted(_decided(facts, settings)),
        lambda plain: frozenset((school, stage) for school, stage in plain),
    )


def _of_the_pages(facts: Facts, tree: Tree) -> Lines:
    found = set()
    for key in shown_of(facts, facts.rule.window, tree).hidden:
        kind, _space, school = key.row.partition(" ")
        group, _slash, sex = key.column.removeprefix("stage ").rpartition("/")
        is_whole = not key.column or (key.column.startswith("stage ") and not sex)
        if key.table == LISTED and is_whole and (kind == "school" or key.row == names.ALL):
            found.add((school, group))
    return frozenset(found)


def _decided(facts: Facts, settings: Settings) -> Lines:
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    place = limits_of(facts).index(settings.limit)
    first = 0 if OPERATORS[settings.operator][0] == ">=" else len(limits_of(facts))
    for cell in swept(facts, settings.window, limits_of(facts)):
        counts[cell.school or "–", stage_of(cell.grade)] += cell.flags[first + place]
    schools, stages = ({where[n] for where in counts} for n in (0, 1))
    made = cross_table(_TABLE, rows=sorted(schools), columns=sorted(stages), counts=counts)
    cells = tuple(replace(one, weight=one.weight + (one.key.row == TOTAL)) for one in made.cells)
    try:
        hidden = protect(Tables(cells, made.equations), limit=SMALL).hidden
    except CannotBeProtected:
        hidden = dict.fromkeys((one.key for one in cells), "small")
    plain = {TOTAL: EVERY}
    return frozenset((plain.get(k.row, k.row), plain.get(k.column, k.column)) for k in hidden)
