"""What deliveries offers to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.deliveries import fetching, month_ends, sweeping, taking
from narvaro.web.deliveries.facts import schools
from narvaro.web.deliveries.models import Load
from narvaro.web.jobs.handlers import offer_job, offer_schedule
from narvaro.web.ui.registry import MenuItem, QueueGroup, QueueRow, offer_menu, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_job("deliveries.look", gettext_lazy("Granska en leverans"), taking.look)
    offer_job("deliveries.take_in", gettext_lazy("Läsa in en leverans"), taking.take_in)
    offer_job("deliveries.take_back", gettext_lazy("Ångra en leverans"), taking.take_back)
    offer_job("deliveries.fetch", gettext_lazy("Hämta från en källa"), fetching.fetch)
    offer_job("deliveries.nightly", gettext_lazy("Nattens hämtning"), fetching.nightly)
    offer_job("deliveries.check", gettext_lazy("Kontrollera en källa"), fetching.check)
    offer_job("deliveries.month_end", gettext_lazy("Månadsavstämning"), month_ends.run)
    offer_job("deliveries.sweep", gettext_lazy("Städa uppladdade filer"), sweeping.sweep)
    offer_schedule("nightly fetch", "deliveries.nightly", "daily 02:30")
    offer_schedule("month end", "deliveries.month_end", "monthly 4 12:10")
    offer_schedule("sweep uploads", "deliveries.sweep", "daily 04:20")
    offer_queue(_waiting)
    offer_queue(_without_profile)
    offer_queue(_silent)
    offer_menu(60, _sources)
    offer_menu(70, _runs)


def _sources(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("deliveries.source"):
        waiting = Load.objects.visible_to(viewer, "deliveries.source").waiting().count()
        yield MenuItem("sources", _("Källor"), reverse("deliveries.list"), waiting)


def _runs(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("jobs.list"):
        yield MenuItem("runs", _("Körningar"), reverse("deliveries.runs"))


def _waiting(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("deliveries.take_in"):
        return
    loads = Load.objects.visible_to(viewer, "deliveries.take_in").waiting()
    for load in loads.select_related("source")[:20]:
        yield QueueRow(
            key=f"load {load.public_id}",
            group=QueueGroup.NEW,
            title=_("Leverans från %(source)s väntar på beslut") % {"source": load.source.name},
            why=_("Den är olik källans förra.")
            if load.held
            else _("Granskad, inget är inläst än."),
            verb=_("Granska leveransen"),
            url=reverse("deliveries.load", args=[load.public_id]),
        )


def _without_profile(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("deliveries.mapping"):
        return
    loads = Load.objects.visible_to(viewer, "deliveries.mapping").without_profile()
    for load in loads.select_related("source")[:20]:
        yield QueueRow(
            key=f"profile {load.public_id}",
            group=QueueGroup.NEW,
            title=_("Leverans från %(source)s väntar på läsprofilen")
            % {"source": load.source.name},
            why=_("Filen är från ett system vi inte känner. Kolumnerna är gissade."),
            verb=_("Se igenom läsprofilen"),
            url=reverse("deliveries.mapping", args=[load.source.public_id]),
        )


def _silent(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("deliveries.connection"):
        return
    own = viewer.reach("deliveries.list").school_keys
    silent = [one for one in schools(viewer.today, viewer.now) if one.is_silent and one.key in own]
    if silent:
        names = ", ".join(one.name for one in silent[:5]) + (" …" if len(silent) > 5 else "")
        yield QueueRow(
            key="silent schools",
            group=QueueGroup.THIS_WEEK,
            title=ngettext("%(n)s skola är tyst", "%(n)s skolor är tysta", len(silent))
            % {"n": len(silent)},
            why=_("Ingen kvitterad lektion på tre skoldagar eller mer: %(names)s")
            % {"names": names},
            verb=_("Se källorna"),
            url=reverse("deliveries.list"),
        )
