"""The rule in force beside another one, over the same pupils and the same month end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.http import QueryDict

from narvaro.flags.outcome import Judgement, judge
from narvaro.programmes import Rule, rule_in_words
from narvaro.timetable import Window
from narvaro.web.figures.facts import WINDOWS, Facts, Standing
from narvaro.web.figures.listing import ListRow
from narvaro.web.figures.page_of import Asked
from narvaro.web.figures.windows import slug_of
from narvaro.web.ui.written import language

LIMITS = (10, 15, 20, 25, 30)


@dataclass(frozen=True, slots=True)
class OtherRule:
    """A rule to compare with: the word of the address, its words, whether it is the chosen one."""

    slug: str
    words: str
    rule: Rule
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TwoRules:
    """How many each rule flags, and who only one of them does. `named` are all the rows."""

    first: str
    second: str
    others: Sequence[OtherRule]
    both: int
    only_first: Sequence[ListRow]
    only_second: Sequence[ListRow]
    only_first_count: int
    only_second_count: int
    neither: int
    cannot_tell: int

    @property
    def named(self) -> Sequence[ListRow]:
        """Everybody the page names."""
        return [*self.only_first, *self.only_second]


def compared_rules(asked: Asked, given: QueryDict) -> TwoRules:
    """The rule in force beside the one of the address (`andra`)."""
    facts = asked.facts
    others = other_rules(facts, given.get("andra", ""))
    second = next(one for one in others if one.is_chosen)
    inside = asked.inside
    mine = {one.pupil: one for one in inside.now()}
    theirs = {
        one.pupil: rejudged(one, second.rule)
        for one in replace(inside, view=replace(asked.view, window=second.rule.window)).now()
    }
    pairs = [(one, theirs[key]) for key, one in mine.items() if key in theirs]
    told = [pair for pair in pairs if pair[0].is_assessed and pair[1].outcome != "cannot_tell"]
    first_only = [one for one, other in pairs if one.is_flagged and other.outcome != "flagged"]
    second_only = [one for one, other in pairs if not one.is_flagged and other.outcome == "flagged"]
    before = inside.before()
    return TwoRules(
        first=rule_in_words(facts.rule, language()),
        second=second.words,
        others=others,
        both=sum(one.is_flagged and other.outcome == "flagged" for one, other in pairs),
        only_first=asked.rows(first_only, before),
        only_second=asked.rows(second_only, before),
        only_first_count=len(first_only),
        only_second_count=len(second_only),
        neither=sum(not one.is_flagged and other.outcome == "not_flagged" for one, other in told),
        cannot_tell=len(pairs) - len(told),
    )


def rejudged(standing: Standing, rule: Rule) -> Judgement:
    """A pupil's minutes held against another limit of the same window, by the core's own rule."""
    had_lessons = standing.judgement.why != "no_lessons_this_month"
    return judge(standing.absence, rule, lessons_this_month=had_lessons)


def other_rules(facts: Facts, chosen: str) -> list[OtherRule]:
    """The programmes' other rules, and limits over the windows of the pages."""
    found = {slug: rule for slug, rule in _offered(facts) if not _same(rule, facts.rule)}
    usual = next(iter(found))
    picked = chosen if chosen in found else usual
    return [
        OtherRule(slug, rule_in_words(rule, language()), rule, slug == picked)
        for slug, rule in found.items()
    ]


def _offered(facts: Facts) -> list[tuple[str, Rule]]:
    written = [
        (f"{programme.id}-{rule.id}", rule)
        for programme in facts.programmes
        for rule in programme.rules
    ]
    windows = tuple(dict.fromkeys((*WINDOWS, facts.rule.window)))
    tried = [
        (f"{slug_of(window)}-{limit}", _with(facts.rule, window, limit))
        for window in (WINDOWS[1], *windows)
        for limit in (25, *LIMITS)
    ]
    return [*written, *tried]


def _with(rule: Rule, window: Window, limit: int) -> Rule:
    return replace(rule, window=window, limit=Fraction(limit), upper_limit=None)


def _same(one: Rule, other: Rule) -> bool:
    def said(rule: Rule) -> tuple[object, ...]:
        return rule.window, rule.operator, rule.limit, rule.upper_limit

    return said(one) == said(other)
