"""The kinds of notes about a project: the model, its fields, and where it stands on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from narvaro.web.projects import models
from narvaro.web.projects.models import Record


@dataclass(frozen=True, slots=True)
class Noted:
    """One kind: its model, the fields of its form, and what adding one is called."""

    model: type[Record]
    fields: tuple[str, ...]
    title: str | Promise
    verb: str | Promise


KINDS: Mapping[str, Noted] = {
    "fas": Noted(models.Phase, ("name", "part", "from_on", "to_on"), _("Fas"), _("Lägg till fas")),
    "andring": Noted(
        models.Amendment,
        ("decided_on", "decision", "text"),
        _("Ändring"),
        _("Lägg till ändring"),
    ),
    "skola": Noted(
        models.Step,
        ("school", "other", "answer", "arm", "on", "note"),
        _("Skola eller kommun"),
        _("Anteckna skola eller kommun"),
    ),
    "mal": Noted(models.Goal, ("part", "text", "target", "unit"), _("Mål"), _("Lägg till mål")),
    "varde": Noted(
        models.Reading,
        ("goal", "value", "on", "source"),
        _("Värde av ett mål"),
        _("Anteckna värde"),
    ),
    "antagande": Noted(
        models.Assumption,
        ("text", "outcome", "outcome_on"),
        _("Antagande"),
        _("Lägg till antagande"),
    ),
    "avvikelse": Noted(
        models.Deviation,
        ("is_risk", "text", "consequence", "on", "resolved_on"),
        _("Risk eller avvikelse"),
        _("Anteckna risk eller avvikelse"),
    ),
    "besok": Noted(models.Visit, ("school", "on", "text"), _("Besök"), _("Anteckna besök")),
    "handelse": Noted(
        models.Event,
        ("school", "kind", "on", "text"),
        _("Händelse"),
        _("Anteckna händelse"),
    ),
    "uppgift": Noted(
        models.Fact,
        ("topic", "statement", "source", "dated_on"),
        _("Uppgift med källa"),
        _("Lägg till uppgift"),
    ),
}
