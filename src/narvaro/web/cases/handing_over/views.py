"""The pages where everything of somebody who leaves is handed over, and the undoing of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.handing_over.forms import GiveForm
from narvaro.web.cases.handing_over.leavers import holders, own_leaving
from narvaro.web.cases.handing_over.pages import held_in, in_words, parts_of, seen, shares_of
from narvaro.web.cases.held import ACTION, Thing, held_by, schools_of

UNDO = "handed_over"


@page("cases.leaving")
def leaving(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everybody who answers for something at the viewer's schools: counts, and who leaves."""
    rows = [(one, in_words(one.held)) for one in holders(viewer)]
    context = {
        "rows": rows,
        "several": len({one.school.pk for one, _words in rows}) > 1,
        "crumbs": [(_("Ärenden"), reverse("cases")), (_("Lämna över"), "")],
    }
    return render(request, "cases/handing_over/leaving.html", context)


@page(ACTION)
def hand_over_all(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Everything somebody answers for: chosen, looked at, handed over."""
    who = _who(viewer, public_id)
    things = held_by(who, viewer)
    log_reading(request, sorted({f"pupil:{one.pupil.public_id}" for one in things}))
    form = GiveForm(request.POST or None, things=things, leaving=who, viewer=viewer)
    if request.method != "POST" or not things:
        return _answer(request, viewer, who, form)
    if request.POST.get("seen", "") != seen(things):
        return _answer(request, viewer, who, form, has_changed=True)
    if not form.is_valid():
        return _answer(request, viewer, who, form, status=422)
    if request.POST.get("then") != "save":
        return _answer(request, viewer, who, form, shares=shares_of(form))
    try:
        why = form.cleaned_data["why"]
        given = actions.hand_over_all(who, form.to, why=why, by=viewer, at=viewer.now)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _answer(request, viewer, who, form, status=422)
    except ChangedMeanwhile:
        fresh = held_by(who, viewer)
        form = GiveForm(request.POST, things=fresh, leaving=who, viewer=viewer)
        return _answer(request, viewer, who, form, has_changed=True)
    said = in_words(held_in(things))
    request.session[UNDO] = {
        "of": who.public_id,
        "by": viewer.assignment.public_id,
        "on": viewer.today.isoformat(),
        "said": said,
        "given": [[one.kind, one.public_id, one.to] for one in given],
    }
    if not _can_have_back(who, viewer):  # else the bar that undoes it says so
        messages.success(request, _("Överlämnat: %(what)s.") % {"what": said})
    return redirect("hand_over_all", public_id=who.public_id)


@page(ACTION)
@require_POST
def give_back(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Undo, the same day, what this browser handed over."""
    who = _who(viewer, public_id)
    kept = _to_undo(request, viewer, who)
    if kept is None:
        messages.info(request, _("Det finns inget att ångra här."))
        return redirect("hand_over_all", public_id=who.public_id)
    given = [actions.Given(kind, name, to) for kind, name, to in kept["given"]]
    try:
        left = actions.give_back(who, given, by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _undone(left))
    del request.session[UNDO]
    return redirect("hand_over_all", public_id=who.public_id)


def _undone(left: int) -> str:
    if not left:
        return _("Överlämningen är ångrad.")
    said = ngettext(
        "Överlämningen är ångrad, utom %(n)s sak som har ändrats sedan dess.",
        "Överlämningen är ångrad, utom %(n)s saker som har ändrats sedan dess.",
        left,
    )
    return said % {"n": left}


def _who(viewer: Viewer, public_id: str) -> Account:
    """Oneself, or somebody who has served or answers for something at the viewer's schools."""
    if public_id == viewer.account.public_id:
        return viewer.account
    reach = viewer.reach(ACTION)
    if reach.is_self:
        raise Http404
    near = Q(assignments__unit__in=reach.unit_ids)
    found = Account.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    has_served = Account.objects.filter(near, pk=found.pk).exists()
    if not (has_served or held_by(found, viewer)):
        raise Http404
    return found


def _to_undo(request: HttpRequest, viewer: Viewer, who: Account) -> dict[str, Any] | None:
    """What was handed over today in this role, of one who could have it back."""
    kept: dict[str, Any] = request.session.get(UNDO, {})
    mine = (who.public_id, viewer.assignment.public_id, viewer.today.isoformat())
    if (kept.get("of"), kept.get("by"), kept.get("on")) != mine:
        return None
    return kept


def _answer(
    request: HttpRequest,
    viewer: Viewer,
    who: Account,
    form: GiveForm,
    *,
    status: int = 200,
    has_changed: bool = False,
    shares: Any = None,
) -> HttpResponse:
    things: list[Thing] = list(form.things)
    undo, can_undo = _to_undo(request, viewer, who), _can_have_back(who, viewer)
    context = {
        "who": who,
        "is_me": who == viewer.account,
        "form": form,
        "parts": parts_of(form, viewer),
        "what": in_words(held_in(things)),
        "seen": seen(things),
        "has_changed": has_changed,
        "shares": shares,
        "undo": undo if can_undo else None,
        "can_undo": can_undo,
        "leaves": own_leaving(viewer, schools_of(things)) if who == viewer.account else (),
        "crumbs": _crumbs(viewer, who),
    }
    template = "cases/handing_over/hand_over.html"
    return render(request, template, context, status=409 if has_changed else status)


def _can_have_back(who: Account, viewer: Viewer) -> bool:
    """Somebody who serves at none of the schools any more cannot be given anything."""
    posts = who.assignments.in_force(viewer.today)
    near = Unit.objects.filter(pk__in=posts.values("unit"))
    return who.is_active and near.exists()


def _crumbs(viewer: Viewer, who: Account) -> list[tuple[str, str]]:
    may_list = viewer.may("cases.leaving")
    index = [(_("Lämna över"), reverse("hand_overs"))] if may_list else []
    return [(_("Ärenden"), reverse("cases")), *index, (who.name, "")]
