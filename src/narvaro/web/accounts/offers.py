"""What accounts offer to the pages that gather: vacant posts, and the pages of people."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.posts import FILLERS, Vacancy, vacancies
from narvaro.web.accounts.proposal_views import proposed_to
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.registry import MenuItem, QueueGroup, QueueRow, offer_menu, offer_queue


def fill() -> None:
    """Called once, at the start."""
    offer_menu(90, _menu)
    offer_queue(_vacant_posts)
    offer_queue(_proposed_roles)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("accounts.people"):
        yield MenuItem("people", _("Personer och enheter"), reverse("people"))


def _vacant_posts(viewer: Viewer) -> Iterable[QueueRow]:
    """Posts that this viewer is the one to fill."""
    if viewer.role not in FILLERS:
        return
    for one in vacancies(viewer.authority, on=viewer.today):
        if any(filler.account_id == viewer.account.pk for filler in one.fillers):
            yield _row(one, viewer)


def _proposed_roles(viewer: Viewer) -> Iterable[QueueRow]:
    if not viewer.may("accounts.proposed_roles"):
        return
    waiting = proposed_to(viewer, "accounts.proposed_roles").filter(decision="").count()
    if waiting:
        yield QueueRow(
            key="proposed roles",
            group=QueueGroup.NEW,
            title=ngettext(
                "%(n)s föreslaget uppdrag väntar", "%(n)s föreslagna uppdrag väntar", waiting
            )
            % {"n": waiting},
            why=_("En källa har berättat om dem; de gäller inte förrän de är godkända."),
            verb=_("Se förslagen"),
            url=reverse("proposed_roles"),
        )


def _row(one: Vacancy, viewer: Viewer) -> QueueRow:
    is_over = one.from_on <= viewer.today
    said = _("%(role)s på %(unit)s saknas") if is_over else _("%(role)s på %(unit)s slutar snart")
    return QueueRow(
        key=f"vacancy:{one.unit.public_id}:{one.role}",
        group=QueueGroup.LATE if is_over and one.stand_in is None else QueueGroup.THIS_WEEK,
        title=said % {"role": one.role_name.capitalize(), "unit": one.unit.name},
        why=_why(one),
        verb=_("Se posten"),
        url=reverse("unit", args=[one.unit.public_id]),
        due_on=one.from_on,
    )


def _why(one: Vacancy) -> str:
    last = _("Senast: %(name)s.") % {"name": one.last_name} if one.last_name else ""
    if one.stand_in is None or one.stand_in.account is None:
        return f"{last} {_('Ingen vikarie.')}".strip()
    standing = _("Vikarie: %(name)s.") % {"name": one.stand_in.account.name}
    return f"{last} {standing}".strip()
