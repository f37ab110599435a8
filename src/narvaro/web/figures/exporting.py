"""A school's list as a workbook: the same integers as the page, and never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from narvaro.reporting.sheets import Sheet, Value
from narvaro.reporting.workbook import workbook
from narvaro.shares import shown_percent
from narvaro.web.figures.counted import Counted
from narvaro.web.figures.facts import Facts
from narvaro.web.figures.listing import ListRow
from narvaro.web.ui.written import language, whole

CERTAINTY = {"certain": "Säker", "likely": "Trolig", "cannot_tell": "Kan inte bedömas"}


def list_workbook(
    facts: Facts, rows: Sequence[ListRow], how: Counted, notes: Sequence[str]
) -> bytes:
    """The rows as they stand on the page, and on a second sheet how they were counted."""
    sheets = [_list(facts, rows, notes), _counted(how)]
    return workbook(sheets, title=_("Elever över gränsen"), created=facts.known_at)


def file_name(facts: Facts) -> str:
    """Without the school's name or anybody's: it may stand in a folder that others see."""
    return f"narvaro-lista-{facts.month}.xlsx"


def _list(facts: Facts, rows: Iterable[ListRow], notes: Sequence[str]) -> Sheet:
    headings = [
        *(_("Elev"), _("Klass"), _("Frånvarande minuter"), _("Kvitterade minuter")),
        *(_("Schemalagda minuter"), _("Frånvaro, %"), _("Ändring, procentenheter")),
        *(_("Säkerhet"), _("Flaggor i år"), _("Senaste steg"), _("Hos")),
        *(_("Skoldagar utan steg"), _("Varför")),
    ]
    said = [_("Innehåller personuppgifter. Utdraget är loggat."), *notes]
    return Sheet(_("Lista"), said, headings, [_row(facts, one) for one in rows])


def _row(facts: Facts, one: ListRow) -> tuple[Value, ...]:
    row, rule = one.standing.absence, facts.rule
    share = one.standing.share
    return (
        one.pupil.name,
        one.class_,
        row.absent_minutes,
        row.acknowledged_minutes,
        row.scheduled_minutes,
        None if share is None else float(shown_percent(share, rule.limit)),
        None if one.points is None else round(float(one.points), 1),
        _(CERTAINTY[one.certainty]),
        one.flags,
        one.last_step or _("Inget än"),
        one.owner,
        one.waiting,
        one.standing.reason(rule, facts.month, language()),
    )


def _counted(how: Counted) -> Sheet:
    rows: list[tuple[Value, ...]] = [
        (_("Regel"), how.rule),
        (_("Program"), f"{how.programme}, {how.version}"),
        (_("Fönster"), how.window),
        (_("Skoldagar"), how.school_days),
        (_("Elever på listan"), how.on_list),
        (_("Elever som kan bedömas"), how.assessed),
        *((one.words, f"{whole(one.minutes)} min") for one in how.sums),
        (_("Rättelser"), how.corrections),
        (_("Känt till"), how.known),
        (_("Kan räknas om ur"), how.receipt),
        *((_("Antagande"), text) for text in how.assumptions),
    ]
    return Sheet(_("Så räknas det"), [], [_("Vad"), _("Värde")], rows)
