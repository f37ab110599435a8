""" "Så räknas det": from scheduled to absent minutes as a sum, and what the rule says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.measurement import AbsenceRow
from narvaro.programmes import rule_in_words
from narvaro.shares import Share
from narvaro.timetable import Period, period_in_words
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts
from narvaro.web.figures.pupil_panels.verdict import Verdict, verdict_of
from narvaro.web.ui import written
from narvaro.web.ui.charts import LimitAxis
from narvaro.web.ui.charts.words import limit_text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum. `kind` is empty, part (of the next total) or total."""

    says: str
    minutes: int
    kind: str = ""
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How one rule was counted for the pupil."""

    rule: str
    programme: str
    version: int
    period: str
    lines: Sequence[Line]
    axis: LimitAxis
    verdict: Verdict
    assumptions: Sequence[str]


def counted(pupil: PupilFacts, held: Held) -> Counted:
    """The main rule's explanation; the same integers as everywhere else."""
    row, rule = held.standing.absence, held.rule
    verdict = verdict_of(held.standing, rule)
    period = Period(row.from_on, row.to_on)
    words = written.language()
    return Counted(
        rule=rule_in_words(rule, words),
        programme=held.programme.name.en if words == "en" else held.programme.name.sv,
        version=held.programme.version,
        period=period_in_words(period, words),
        lines=list(_lines(pupil, row)),
        axis=axis_of(held, verdict),
        verdict=Verdict(verdict.head, [*verdict.sentences, *_since(pupil)], verdict.kind),
        assumptions=[
            one.text.en if words == "en" else one.text.sv for one in held.programme.assumptions
        ],
    )


def axis_of(held: Held, verdict: Verdict) -> LimitAxis:
    """Limit, range and point."""
    row = held.standing.absence
    said = _("%(verdict)s: %(share)s, lägst %(low)s och högst %(high)s; gränsen är %(limit)s.") % {
        "verdict": verdict.head,
        "share": written.share(row.share, held.rule.limit),
        "low": written.share(row.low, held.rule.limit),
        "high": written.share(row.high, held.rule.limit),
        "limit": limit_text(held.rule.limit),
    }
    return LimitAxis(said, row.share, row.low, row.high, held.rule.limit)


def _lines(pupil: PupilFacts, row: AbsenceRow) -> Iterable[Line]:
    missing = row.scheduled_minutes - row.acknowledged_minutes
    untold = row.lessons - row.acknowledged_lessons
    yield Line(_scheduled(pupil, row), row.scheduled_minutes)
    if missing:
        yield Line(
            ngettext(
                "Inte kvitterat ännu, %(n)d lektion", "Inte kvitterat ännu, %(n)d lektioner", untold
            )
            % {"n": untold},
            -missing,
        )
    coverage = written.share(row.coverage)
    yield Line(
        _("Kvitterad tid, %(share)s") % {"share": coverage}, row.acknowledged_minutes, "total"
    )
    yield Line(_("Giltig frånvaro"), row.valid_minutes - row.leave_minutes, "part-of")
    yield Line(_("Ogiltig frånvaro"), row.invalid_minutes, "part-of")
    if row.unclassified_minutes:
        yield Line(_("Frånvaro utan angivet slag"), row.unclassified_minutes, "part-of")
    yield Line(_("Beviljad ledighet"), row.leave_minutes, "part-of")
    said = _("Frånvaro, %(absent)s av %(acknowledged)s") % {
        "absent": written.whole(row.absent_minutes),
        "acknowledged": written.whole(row.acknowledged_minutes),
    }
    yield Line(said, row.absent_minutes, "total", row.share)


def _scheduled(pupil: PupilFacts, row: AbsenceRow) -> str:
    period = Period(row.from_on, row.to_on)
    days = sum(period.holds(day.on) for day in pupil.days)
    said = _("Schemalagd undervisning %(period)s, %(days)s och %(lessons)s") % {
        "period": period_in_words(period, written.language()),
        "days": ngettext("%(n)d skoldag", "%(n)d skoldagar", days) % {"n": days},
        "lessons": ngettext("%(n)d lektion", "%(n)d lektioner", row.lessons) % {"n": row.lessons},
    }
    if not row.from_summaries:
        return said
    of_sums = written.minutes(row.from_summaries)
    return said + ", " + _("varav %(minutes)s som summor för perioder") % {"minutes": of_sums}


def _since(pupil: PupilFacts) -> Iterable[str]:
    """What became known after the month's end."""
    corrected = pupil.lessons.corrected
    if corrected:
        yield ngettext(
            "En lektion har fått ny eller rättad uppgift efter månadens slut; den är med här.",
            "%(n)d lektioner har fått nya eller rättade uppgifter efter månadens slut; "
            "de är med här.",
            corrected,
        ) % {"n": corrected}


def adjusted_in_words(row: AbsenceRow) -> str:
    """For a pupil with an adjusted timetable: what is attended of the full one too; else empty."""
    if row.full_timetable_minutes <= row.scheduled_minutes or not row.scheduled_minutes:
        return ""
    return _(
        "Går på anpassat schema: frånvaron är %(share)s av det, "
        "närvaron %(low)s till %(high)s av hela schemat."
    ) % {
        "share": written.share(row.share),
        "low": written.share(row.attended_of_full_low),
        "high": written.share(row.attended_of_full_high),
    }
