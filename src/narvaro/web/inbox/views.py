"""New flags, and what somebody decides about each."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.inbox import actions
from narvaro.web.inbox.forms import NoCase, chosen_in, offered_in, version_in
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.pages import ORDERS, flags_page
from narvaro.web.inbox.rows import FlagRow, case_url, rows_of
from narvaro.web.pupils.opening import reason_given


@page("inbox.flags")
def flags(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every flag that waits where the viewer decides, by class."""
    shown = flags_page(viewer, request.GET.get("ordning", ""))
    log_reading(request, shown.subjects)
    context = {
        "page": shown,
        "orders": ORDERS.items(),
        "may_handle": viewer.may("inbox.handling"),
        "may_try_rules": viewer.may("figures.what_if"),
        "may_write_home": viewer.may("documents.letters_to_homes"),
        "undo": _undo(viewer, request.GET.get("svarade", "")),
    }
    return render(request, "inbox/flags.html", context)


@page("inbox.flag")
def flag(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """One flag: how it was counted, what was answered before, and the decision."""
    found = _found(viewer, "inbox.flag", public_id)
    reason = reason_given(request, viewer, found.pupil)
    if reason is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    row = rows_of(Flag.objects.filter(pk=found.pk), viewer)[0]
    log_reading(request, [row.subject], reason=reason)
    crumbs = [(_("Flaggor"), reverse("flags")), (row.name, "")]
    return render(request, "inbox/flag.html", {"row": row, "crumbs": crumbs})


@page("inbox.accept")
@require_POST
def accept(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Answer a flag with a case: the pupil's open one, or one opened now."""
    found = _found(viewer, "inbox.accept", public_id)
    if reason_given(request, viewer, found.pupil) is None:
        return redirect("pupils_open", public_id=found.pupil.public_id)
    try:
        case = actions.accept(found, version=version_in(request.POST), by=viewer, at=viewer.now)
    except ChangedMeanwhile:
        messages.warning(request, _said_of(found))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Flaggan är besvarad: den står i elevens ärende."))
        if request.POST.get("then") == "case":  # from the page of the flag alone
            return redirect(case_url(case))
    return redirect("flags")


@page("inbox.decline")
@require_POST
def decline(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show what will be answered with no case, and answer it when a reason is given."""
    offered = offered_in(request.POST)
    visible = Flag.objects.visible_to(viewer, "inbox.decline").filter(public_id__in=offered)
    rows = rows_of(visible, viewer)
    if len(rows) != len(offered):
        raise Http404
    closed = [one for one in rows if reason_given(request, viewer, one.flag.pupil) is None]
    if closed:
        return redirect("pupils_open", public_id=closed[0].flag.pupil.public_id)
    chosen = chosen_in(request.POST)
    form = NoCase(request.POST) if "confirm" in request.POST else NoCase()
    picked = [one for one in rows if one.flag.public_id in chosen]
    if form.is_bound and form.is_valid():
        try:
            together = actions.decline(
                [one.flag for one in picked],
                reason=form.cleaned_data["reason"],
                versions=[offered[one.flag.public_id] for one in picked],
                by=viewer,
                at=viewer.now,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        except ChangedMeanwhile:
            return _preview(request, rows, chosen, form, status=409)
        else:
            return redirect(f"{reverse('flags')}?svarade={together}")
    return _preview(request, rows, chosen, form)


@page("inbox.take_back")
@require_POST
def take_back(request: HttpRequest, viewer: Viewer, together: str) -> HttpResponse:
    """Take back what one answered oneself today: the flags ask again."""
    visible = Flag.objects.visible_to(viewer, "inbox.take_back")
    if not visible.filter(answered_with=together).exists():
        raise Http404
    count = actions.take_back(together, by=viewer, at=viewer.now)
    if count:
        said = ngettext(
            "Svaret är taget tillbaka. %(n)s flagga väntar igen.",
            "Svaren är tagna tillbaka. %(n)s flaggor väntar igen.",
            count,
        )
        messages.success(request, said % {"n": count})
    else:
        messages.info(request, _("Ett svar tas tillbaka samma dag, av den som gav det."))
    return redirect("flags")


def _preview(
    request: HttpRequest,
    rows: Sequence[FlagRow],
    chosen: set[str],
    form: NoCase,
    status: int = 200,
) -> HttpResponse:
    log_reading(request, {one.subject for one in rows})
    waiting = [one for one in rows if one.flag.is_unanswered]
    context = {
        "form": form,
        "picked": [one for one in waiting if one.flag.public_id in chosen],
        "others": [one for one in waiting if one.flag.public_id not in chosen],
        "taken": [(one, _said_of(one.flag)) for one in rows if not one.flag.is_unanswered],
        "crumbs": [(_("Flaggor"), reverse("flags")), (_("Inget ärende"), "")],
    }
    return render(request, "inbox/no_case.html", context, status=status)


def _found(viewer: Viewer, action: str, public_id: str) -> Flag:
    visible = Flag.objects.visible_to(viewer, action).filter(is_for_evaluation_only=False)
    found = visible.filter(public_id=public_id).select_related("pupil").first()
    if found is None:
        raise Http404
    return found


def _said_of(flag: Flag) -> str:
    """What became of a flag that somebody else was first at."""
    now = Flag.objects.select_related("answered_by").get(pk=flag.pk)
    if now.answered_by is not None:
        words = {"name": now.answered_by.name, "answer": now.get_answer_display()}
        return _("%(name)s hann svara: %(answer)s. Inget är överskrivet.") % words
    if now.withdrawn_at is not None:
        return _("Flaggan drogs tillbaka av rättade uppgifter. Inget är ändrat.")
    return _("Flaggan har ändrats sedan du öppnade sidan. Läs den igen.")


def _undo(viewer: Viewer, together: str) -> tuple[str, int] | None:
    """What was answered just now and can be taken back: by what, and how many."""
    if not together:
        return None
    mine = Flag.objects.visible_to(viewer, "inbox.take_back").filter(
        answered_with=together, answered_by=viewer.account, answered_on=viewer.today
    )
    count = mine.count()
    return (together, count) if count else None
