"""The four parts at the head of a pupil's page: how much, of what, how sure, what next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.shares import Share, share_of
from narvaro.timetable import Month, Period, period_in_words
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.pupil_panels.counting import adjusted_in_words
from narvaro.web.figures.pupil_panels.doing import name_of, open_step
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.flagging import flag_rows
from narvaro.web.figures.pupil_panels.verdict import verdict_of
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui import written

HISTORY = "pupils.history"


@dataclass(frozen=True, slots=True)
class Strip:
    """Words for the four parts; `share` without its sign, for the large figure."""

    share: str
    over: str
    last_year: str
    parts: str
    verdict: str
    kind: str
    coverage: str
    bounds: str
    next_head: str
    next_lines: tuple[str, ...]
    flags: int
    adjusted: str


def strip_of(viewer: Viewer, pupil: Pupil) -> Strip | None:
    """The strip; None where no rule in force speaks of the pupil, or nothing is known."""
    facts = pupil_facts(viewer, pupil)
    if facts is None or not facts.held:
        return None
    held = facts.held[0]
    row = held.standing.absence
    verdict = verdict_of(held.standing, held.rule)
    head, lines = _next(facts, held)
    return Strip(
        share=written.share(row.share, held.rule.limit),
        over=period_in_words(Period(row.from_on, row.to_on), written.language()),
        last_year=_last_year(facts) if viewer.may(HISTORY) else "",
        parts=_parts(held),
        verdict=verdict.head,
        kind=verdict.kind,
        coverage=_("%(share)s av tiden är kvitterad") % {"share": written.share(row.coverage)},
        bounds=_("Lägst %(low)s, högst %(high)s")
        % {
            "low": written.share(row.low, held.rule.limit),
            "high": written.share(row.high, held.rule.limit),
        },
        next_head=head,
        next_lines=lines,
        flags=len({one.month for one in flag_rows(facts) if not one.is_withdrawn}),
        adjusted=adjusted_in_words(row),
    )


def _parts(held: Held) -> str:
    """`Giltig 13,2 · ogiltig 2,5 · ledighet 1,7`: per cent of the same acknowledged minutes."""
    row = held.standing.absence
    parts = [
        (_("giltig"), row.valid_minutes - row.leave_minutes),
        (_("ogiltig"), row.invalid_minutes),
        (_("utan angivet slag"), row.unclassified_minutes),
        (_("ledighet"), row.leave_minutes),
    ]
    said = [
        f"{name} {written.share(share_of(minutes, row.acknowledged_minutes))}"
        for name, minutes in parts
        if minutes or name != _("utan angivet slag")
    ]
    return " · ".join(said).capitalize()


def _last_year(facts: PupilFacts) -> str:
    """The same months a year before, where there are lessons."""
    before = _year_before(facts.window)
    share: Share | None = facts.over(before).share
    if share is None:
        return ""
    return _("%(share)s samma tid i fjol") % {"share": written.share(share)}


def _year_before(period: Period) -> Period:
    first = Month.holding(period.from_on).plus(-12).first_day
    last = Month.holding(period.to_on)
    is_whole = period.from_on.day == 1 and period.to_on == last.last_day
    if is_whole:
        return Period(first, last.plus(-12).last_day)
    return Period(_same_day(period.from_on), _same_day(period.to_on))


def _same_day(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _next(facts: PupilFacts, held: Held) -> tuple[str, tuple[str, ...]]:
    step = open_step(facts)
    if step is not None:
        due = (
            _("Senast %(day)s") % {"day": written.day(step.due_on)}
            if step.due_on
            else _("Inget datum är satt")
        )
        begun = _("Påbörjat %(day)s") % {"day": written.day(step.begun_on)}
        head = _("Nästa steg: %(step)s") % {"step": name_of(facts, step).lower()}
        return head, (due, begun)
    if held.standing.is_flagged:
        return _("Inget steg är påbörjat"), (_("Inget stöd eller steg är känt för eleven än."),)
    if not held.standing.is_assessed:
        return _("Inget steg är påbörjat"), (_("Frånvaron kan inte bedömas än."),)
    return _("Inget steg behövs nu"), (_("Ingen regel är uppfylld."),)
