"""What a principal and a mentor see first: what can be trusted, who came, for whom nothing is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.shares import Share
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.permissions import CLASS_STAFF
from narvaro.web.accounts.roles import LEADERS
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import (
    WORDS,
    Facts,
    Move,
    Standing,
    Why,
    settles_on,
    tally_of,
)
from narvaro.web.figures.inside import Inside
from narvaro.web.figures.listing import ListRow, is_untouched
from narvaro.web.figures.page_of import Asked, place_for
from narvaro.web.figures.people import counted_facts
from narvaro.web.figures.places import school_of
from narvaro.web.figures.scope import PUPILS, page_url
from narvaro.web.figures.trust import Parts, answer_of
from narvaro.web.figures.windows import View
from narvaro.web.figures.words import limit_in_words, listed
from narvaro.web.ui.registry import Panel, QueueGroup, QueueRow
from narvaro.web.ui.written import month as month_text

NEWS_LASTS = timedelta(days=10)
"""How long after a month has settled its list is news."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The list's panel: on it, who came and who left, with why."""

    on_list: int
    share: Share | None
    assessed: int
    came: int
    certain: int
    likely: int
    left: int
    left_why: str
    month: str
    limit: str


@dataclass(frozen=True)
class Home:
    """A school or class as its own people see it first."""

    viewer: Viewer
    facts: Facts
    unit: Unit
    school: Unit

    @property
    def is_class(self) -> bool:
        """The unit is a class, the viewer its teacher or mentor."""
        return self.unit.kind == UnitKind.CLASS

    @cached_property
    def asked(self) -> Asked:
        """The question, in the rule's own window."""
        view = View(self.facts, self.facts.rule.window, ())
        action = "figures.class" if self.is_class else PUPILS
        return Asked(self.viewer, view, place_for(self.unit, self.viewer), self.school, action)

    @property
    def class_name(self) -> str:
        """The class's own name, or an empty text."""
        return self.unit.key.partition("/")[2] if self.is_class else ""

    @cached_property
    def inside(self) -> Inside:
        """The pupils that may be counted here."""
        return self.asked.inside

    @cached_property
    def untouched(self) -> list[ListRow]:
        """Those on the list for whom nothing is done, the longest wait first."""
        flagged = [
            one for one in self.inside.now() if one.is_flagged and self._mine(one.place.class_)
        ]
        return [one for one in self.asked.rows(flagged, ()) if is_untouched(one)]

    def trust(self) -> tuple[str, str]:
        """The answer and why."""
        found: dict[str, list[Standing]] = {}
        for one in self.inside.now():
            found.setdefault(one.place.class_ or "–", []).append(one)
        tallies = {name: tally_of(few, self.facts.rule) for name, few in sorted(found.items())}
        return answer_of(self.facts, Parts(tallies, are_classes=True))

    @cached_property
    def numbers(self) -> Numbers:
        """The list and its moves."""
        tally = tally_of(self.inside.now(), self.facts.rule)
        moves = self.inside.moves()
        came = [one for one in moves if one.is_in]
        left = [one for one in moves if not one.is_in]
        certain = sum(
            one.now is not None and one.now.judgement.certainty == "certain" for one in came
        )
        return Numbers(
            tally.flagged,
            tally.share,
            tally.assessed,
            len(came),
            certain,
            len(came) - certain,
            len(left),
            _why(left),
            month_text(self.facts.month.first_day).split("\u00a0")[0],
            limit_in_words(self.facts.rule),
        )

    def _mine(self, class_: str | None) -> bool:
        return not self.is_class or class_ == self.class_name


def home_of(viewer: Viewer) -> Home | None:
    """The home of a school's leaders and a class's staff; None for others and without figures.

    Made once for a request: the menu's count, the queue and the panels all ask.
    """
    if _REMEMBERED not in viewer.__dict__:
        viewer.__dict__[_REMEMBERED] = _home_of(viewer)
    found: Home | None = viewer.__dict__[_REMEMBERED]
    return found


_REMEMBERED = "figures_home"


def _home_of(viewer: Viewer) -> Home | None:
    if viewer.role not in LEADERS | CLASS_STAFF:
        return None
    unit, facts = viewer.unit, counted_facts(viewer)
    if facts is None or unit.kind not in (UnitKind.SCHOOL, UnitKind.CLASS):
        return None
    if not page_url(unit, viewer):
        return None
    if unit.kind == UnitKind.SCHOOL:
        return Home(viewer, facts, unit, unit)
    above = Unit.objects.filter(
        authority=unit.authority, kind=UnitKind.SCHOOL, key=school_of(unit.key)
    ).first()
    return None if above is None else Home(viewer, facts, unit, above)


def panels(viewer: Viewer) -> Iterator[Panel]:
    """Can I trust the figures, and the list."""
    home = home_of(viewer)
    if home is None or home.is_class:
        return
    answer, why = home.trust()
    url = page_url(home.unit, viewer)
    yield Panel(
        "figures:trust",
        _("Kan jag lita på siffrorna?"),
        "figures/home_trust.html",
        {"answer": answer, "why": why, "url": f"{url}#underlag"},
    )
    yield Panel(
        "figures:list",
        _("Listan"),
        "figures/home_list.html",
        {"numbers": home.numbers, "url": reverse("figures_list", args=[home.unit.public_id])},
    )


def queue(viewer: Viewer) -> Iterator[QueueRow]:
    """Pupils for whom nothing is done, and the month end that was run."""
    home = home_of(viewer)
    if home is None:
        return
    waiting = home.untouched
    if waiting:
        yield _waiting_row(home, waiting)
    if not home.is_class:
        yield from _month_row(home)


def _waiting_row(home: Home, waiting: list[ListRow]) -> QueueRow:
    number, longest = len(waiting), max(one.waiting or 0 for one in waiting)
    title = ngettext(
        "%(n)s elev har hög frånvaro och inget är gjort än",
        "%(n)s elever har hög frånvaro och inget är gjort än",
        number,
    ) % {"n": number}
    since = min(
        (day for day in (home.facts.flagged_since(one.key) for one in waiting) if day), default=None
    )
    is_old = since is not None and since < home.facts.month.plus(1).first_day
    if home.is_class:
        url = f"{page_url(home.unit, home.viewer)}#inget-gjort"
    else:
        address = reverse("figures_list", args=[home.unit.public_id])
        url = f"{address}?visa=inget-gjort"
    why = ngettext(
        "Äldst: %(n)s skoldag utan steg.", "Äldst: %(n)s skoldagar utan steg.", longest
    ) % {"n": longest}
    group = QueueGroup.LATE if is_old else QueueGroup.NEW
    return QueueRow("figures:untouched", group, title, why, _("Gå igenom"), url)


def _month_row(home: Home) -> Iterator[QueueRow]:
    numbers = home.numbers
    is_old = home.facts.today > settles_on(home.facts.month) + NEWS_LASTS
    if is_old or not (numbers.came or numbers.left):
        return
    words = {"month": numbers.month, "came": numbers.came, "left": numbers.left}
    yield QueueRow(
        "figures:month",
        QueueGroup.NEW,
        _("Avstämningen för %(month)s är klar") % words,
        _("%(came)s in på listan, %(left)s ut.") % words,
        _("Se vilka"),
        f"{page_url(home.unit, home.viewer)}#in-och-ut",
    )


def _why(left: list[Move]) -> str:
    """`4 närvarande igen, 2 rättade uppgifter`."""
    counts: dict[Why, int] = {}
    for one in left:
        counts[one.why] = counts.get(one.why, 0) + 1
    said = [f"{n} {str(WORDS[why]).lower()}" for why, n in counts.items()]
    return listed(said)
