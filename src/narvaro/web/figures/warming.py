"""Working out what pages ask for before anybody asks: by night, after a delivery, at a start."""

from __future__ import annotations

from datetime import datetime

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Authority
from narvaro.web.figures import facts as kept
from narvaro.web.figures.facts import Facts, facts_at
from narvaro.web.figures.joint import names, shown_at, shown_of, tree_of
from narvaro.web.figures.people import uncounted
from narvaro.web.figures.registration.evidence import evidence_at
from narvaro.web.figures.registration.warming import prewarm as prewarm_registration


def prewarm(now: datetime) -> int:
    """Everything that is dear, as known at a moment; months done. What is kept costs nothing."""
    months = 0
    for authority in Authority.objects.order_by("pk"):
        left_out = uncounted(authority)
        months = max(months, kept.prewarm(now, left_out))
        found = facts_at(now)
        if found is not None:
            _decide(found.without(left_out), authority, now)
    evidence = evidence_at(now)
    if evidence is not None:
        prewarm_registration(evidence)
    return months


def _decide(facts: Facts, authority: Authority, now: datetime) -> None:
    """What no page shows, for the windows of the pages and the months of the trend."""
    tree = tree_of(authority, local_day(now))
    for window in dict.fromkeys((facts.rule.window, *kept.WINDOWS)):
        shown_at(facts, window, tree, names.ALL)
    for month in facts.trend_months:
        if month in facts.months:
            shown_of(facts.at(month), facts.rule.window, tree)
