"""A pupil's line from a flag on, beside that of others flagged in the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.programmes import rule_in_words
from narvaro.shares import Share
from narvaro.timetable import Month, Period
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Facts, flagged_together, months_around
from narvaro.web.figures.facts.judging import Judging
from narvaro.web.figures.joint import Tree, names, shown_of, tree_of
from narvaro.web.figures.people import uncounted
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts
from narvaro.web.figures.pupil_panels.flagging import flagged_months
from narvaro.web.figures.pupil_panels.others import Others, Seen, others_of, share_at
from narvaro.web.figures.pupil_panels.sums import Minutes
from narvaro.web.figures.taking_part import taking_part
from narvaro.web.ui import written
from narvaro.web.ui.charts import DoneMark, TrendChart, TrendPoint

LOOKED_AT = "pupils.pupil"


@dataclass(frozen=True, slots=True)
class OthersCard:
    """What the panel says of one rule. Without `chart` the others are too few to be told of.

    `count` is how many they are, where a page of counts tells it too.
    """

    rule: str
    month: str
    is_control: bool
    count: int | None
    is_last: bool
    chart: TrendChart | None


def key_of(number: int) -> str:
    """The panel of the first rule, of the second …"""
    return "others" if not number else f"others-{number + 1}"


@dataclass(frozen=True)
class _Beside:
    """Whose page it is, who looks, and who is counted there."""

    viewer: Viewer
    pupil: PupilFacts
    left_out: frozenset[str]
    tree: Tree

    @property
    def facts(self) -> Facts:
        """Of all but the protected, as pages of counts are."""
        return self.pupil.facts.without(self.left_out)


def cards(viewer: Viewer, pupil: PupilFacts) -> Iterable[tuple[str, OthersCard]]:
    """One for each rule that has flagged the pupil this school year, from the first flag on."""
    tree = tree_of(viewer.authority, viewer.today)
    beside = _Beside(viewer, pupil, uncounted(viewer.authority), tree)
    for number, held in enumerate(pupil.held):
        first = next((month for month, _row in flagged_months(pupil, held)), None)
        if first is not None:
            yield key_of(number), _card(beside, held, first)


def _card(beside: _Beside, held: Held, month: Month) -> OthersCard:
    facts, pupil = beside.facts, beside.pupil
    judging = Judging(facts.opened, held.programme, held.rule, facts.known_at, beside.left_out)
    every = flagged_together(facts, judging, month)
    school = judging.where(month).get(pupil.key, "")
    seen = _seen(beside.viewer, school)
    others = others_of(
        [one for one in every if one.school in beside.tree.schools],
        pupil.key,
        school,
        taking_part(facts, month.last_day, held.programme),
        seen,
    )
    return OthersCard(
        rule_in_words(held.rule, written.language()),
        written.month(month.first_day),
        others is not None and others.is_control,
        None if others is None else _count(beside, held, month, others),
        month == facts.month,
        None if others is None else _chart(pupil, held, month, (others, seen)),
    )


def _seen(viewer: Viewer, school: str) -> Seen:
    """The pupil's own school is seen, by who sees a class of it only in part."""
    reach = viewer.reach(LOOKED_AT)
    return Seen(reach.school_keys | {school}, wholly=reach.whole_schools)


def _count(beside: _Beside, held: Held, month: Month, others: Others) -> int | None:
    """How many the others are, where the pages of the month show the counts that it follows from."""
    facts = beside.facts
    if (held.programme, held.rule) != (facts.programme, facts.rule):
        return None
    shown = shown_of(facts.at(month), held.rule.window, beside.tree)
    schools = {one.school for one in others.pupils}
    places = [names.school(one) for one in schools] if others.is_control else [names.ALL]
    if any(shown.hides(names.LISTED, place) for place in places):
        return None
    return len(others.pupils)


def _chart(
    pupil: PupilFacts, held: Held, flagged: Month, beside: tuple[Others, Seen]
) -> TrendChart:
    others, seen = beside
    months = months_around(pupil.facts, flagged)
    own = [_own(pupil, held, one) for one in months]
    other = [share_at(others, one, seen) for one in months]
    mark = DoneMark(flagged.last_day, 1, _("Flaggan vid månadens slut"), is_of_month=True)
    return TrendChart(
        _result(months, (own, other), flagged),
        [
            TrendPoint(
                one.first_day,
                sums.share,
                sums.coverage if one in pupil.facts.months else None,
                "" if one in pupil.facts.months else _("sommarlov"),
            )
            for one, sums in zip(months, own, strict=True)
        ],
        name=_("Eleven"),
        goal=int(held.programme.registration.target),
        other=other,
        other_name=_("De andra"),
        share_means=_("Elevens frånvaro"),
        events=[mark],
    )


def _own(pupil: PupilFacts, held: Held, month: Month) -> Minutes:
    """The same minutes as the line over time has at the month's end."""
    if month not in pupil.facts.months:
        return Minutes()
    last = month.last_day
    window = held.rule.window.period(last, pupil.calendar)
    return pupil.over(Period(min(window.from_on, last), last))


def _result(
    months: Sequence[Month],
    lines: tuple[Sequence[Minutes], Sequence[Share | None]],
    flagged: Month,
) -> str:
    own, other = lines
    then, last = months.index(flagged), len(months) - 1
    if last == then:
        return _("De andras frånvaro var %(share)s vid flaggan.") % {
            "share": written.share(other[then])
        }
    return _(
        "Från flaggan till %(month)s: de andra från %(other)s till %(other_now)s, eleven från "
        "%(own)s till %(own_now)s."
    ) % {
        "month": written.month(months[last].first_day),
        "other": written.share(other[then]),
        "other_now": written.share(other[last]),
        "own": written.share(own[then].share),
        "own_now": written.share(own[last].share),
    }
