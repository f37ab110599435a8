"""Mail to and from oneself, one mail as its receiver sees it, and what did not leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages import actions
from narvaro.web.messages.calendar_links import address_of
from narvaro.web.messages.models import Declined, DeclinedReminders, Mail
from narvaro.web.messages.pages import mail_page

MOST = 50


@page("messages.own")
def own(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Mail to and from the viewer, and whether the weekly one is wanted."""
    every = Mail.objects.visible_to(viewer, "messages.own").exclude(to=None)
    mine = every.select_related("to")[:MOST]
    context = {
        "mails": [mail_page(one) for one in mine],
        "calendar": address_of(viewer),
        "writes_letters": viewer.may("messages.letters"),
        "wants_reminders": not DeclinedReminders.objects.filter(account=viewer.account).exists(),
        "wants_weekly": not Declined.objects.filter(account=viewer.account).exists(),
    }
    return render(request, "messages/own.html", context)


@page("messages.mail")
def mail(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A mail as its receiver will see it, with what can be done about it."""
    visible = Mail.objects.visible_to(viewer, "messages.mail").select_related("to", "undone_by")
    found = get_object_or_404(visible.exclude(to=None), public_id=public_id)
    shown = mail_page(found)
    context = {"page": shown, "may_send_again": viewer.may("messages.send_again")}
    return render(request, "messages/mail.html", context)


@page("messages.undo")
@require_POST
def undo(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Take a mail back."""
    visible = Mail.objects.visible_to(viewer, "messages.undo")
    one = get_object_or_404(visible, public_id=public_id)
    try:
        actions.undo(mail=one, by=viewer, at=viewer.now)
        messages.success(request, _("Mejlet är ångrat. Det skickas inte."))
    except actions.TooLate as late:
        messages.warning(request, str(late))
    return redirect("mail", one.public_id)


@page("messages.queue")
def queue(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What did not leave, what is in doubt, and how much waits."""
    every = Mail.objects.visible_to(viewer, "messages.queue").select_related("to")
    now = installation_now()
    context = {
        "failed": [mail_page(one) for one in every.exclude(failed_at=None)[:MOST]],
        "in_doubt": [mail_page(one) for one in every.in_doubt(now)[:MOST]],
        "waiting": every.not_handed().filter(sent_at=None).count(),
        "sent": every.exclude(sent_at=None).count(),
    }
    return render(request, "messages/queue.html", context)


@page("messages.send_again")
@require_POST
def send_again(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Send a lost mail once more."""
    visible = Mail.objects.visible_to(viewer, "messages.send_again")
    one = get_object_or_404(visible, public_id=public_id)
    try:
        actions.send_again(mail=one, by=viewer, at=viewer.now)
        messages.success(request, _("Mejlet skickas igen."))
    except actions.TooLate as late:
        messages.warning(request, str(late))
    return redirect("mail_queue")


@page("messages.choose")
@require_POST
def choose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have the weekly mail or the reminder of the day, or not."""
    wants = request.POST.get("wants") == "yes"
    if request.POST.get("what") == "reminders":
        actions.choose_reminders(wants=wants, by=viewer, at=viewer.now)
        told = _("Du får påminnelser.") if wants else _("Du får inga påminnelser.")
        messages.success(request, told)
        return redirect("own_mail")
    actions.choose_weekly(wants=wants, by=viewer, at=viewer.now)
    said = _("Du får veckomejlet.") if wants else _("Du får inte veckomejlet.")
    messages.success(request, said)
    return redirect("own_mail")
