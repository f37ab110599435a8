"""One's own account: roles, language, second factor."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.forms import LanguageForm
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.second_factor import has_second_factor
from narvaro.web.accounts.viewer import Viewer


@page("account")
def account(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Roles, language, second factor."""
    mine = viewer.account.assignments.in_force(viewer.today).select_related("unit")
    context = {
        "roles": list(mine.order_by("pk")),
        "form": LanguageForm(initial={"language": viewer.account.language}),
        "has_second_factor": has_second_factor(viewer.account),
    }
    return render(request, "accounts/account.html", context)


@page("account.language")
def language(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose the language of pages and mails."""
    form = LanguageForm(request.POST)
    answer = redirect("account")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        Account.objects.filter(pk=viewer.account.pk).update(language=chosen)
        messages.success(request, _("Sparat."))
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
