"""The one way a view is made: a named action, a viewer in scope, a log entry for what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from narvaro.web.accounts.clock import now_of, today_of
from narvaro.web.accounts.known_ids import known_ids
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.out_of_reach import OutOfReach, told
from narvaro.web.accounts.permissions import ACTIONS
from narvaro.web.accounts.second_factor import has_second_factor, used_second_factor
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, Actor, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.ui.waiting import count_again

ACTING_AS = "acting_as"
Page = Callable[..., HttpResponse]


class ViewedRequest(HttpRequest):
    """A request whose viewer is known, and what it has told the log."""

    viewer: Viewer
    has_logged_reading: bool


def page(action: str) -> Callable[[Page], Page]:
    """Make a view of a function `(request, viewer, …)` that does one action.

    Nobody signed in: to the sign-in. No row in the table for the role, or `Http404` from the
    function because a thing is out of scope: 404 and an entry of refused access. An action
    that reads pupils and answers without `log_reading` is a fault of ours and is refused.
    """
    of = ACTIONS[action]

    def door(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            viewer = viewer_of(request)
            if viewer is None:
                return _refuse(request, None, action)
            if settings.SECOND_FACTOR_REQUIRED:
                if not has_second_factor(viewer.account):
                    return redirect("mfa_index")
                if not used_second_factor(request):
                    logout(request)
                    return redirect_to_login(request.get_full_path())
            seen = cast(ViewedRequest, request)
            seen.viewer, seen.has_logged_reading = viewer, False
            if not viewer.may(action):
                return _refuse(request, viewer, action)
            try:
                answer = view(request, viewer, *given, **named)
            except OutOfReach as lost:
                _tell_refused(request, viewer, action)
                return told(request, lost)
            except Http404:
                return _refuse(request, viewer, action)
            if request.method == "POST":
                count_again(viewer)
            if of.reads_pupils and answer.status_code == 200 and not seen.has_logged_reading:
                raise RuntimeError(f"{action} read pupils without telling the log")
            return answer

        guarded = never_cache(guarded)
        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return door


def public_page(action: str) -> Callable[[Page], Page]:
    """Make a view of a function `(request, …)` that holds nobody's data."""
    if not ACTIONS[action].is_public:
        raise ValueError(f"{action} is not public")

    def door(view: Page) -> Page:
        view.action = action  # type: ignore[attr-defined]
        return view

    return door


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The signed-in account in the assignment it chose (or its first) on the request's day."""
    account = request.user
    if not isinstance(account, Account):
        return None
    today, now = today_of(request), now_of(request)
    mine = account.assignments.in_force(today).select_related("unit__authority").order_by("pk")
    chosen = mine.filter(public_id=request.session.get(ACTING_AS, "")).first() or mine.first()
    return None if chosen is None else Viewer(account, chosen, today, now)


def log_reading(
    request: HttpRequest,
    subjects: Iterable[str],
    *,
    kind: Kind = Kind.READ,
    action: str = "",
    reason: str = "",
) -> None:
    """Tell the log which pupils (opaque ids, `pupil:…`) or pages of pupils this request shows.

    Called before the answer is made; if the log cannot be written, nothing is shown.
    """
    seen = cast(ViewedRequest, request)
    name = action or cast(Any, request.resolver_match).func.action
    write_entry(
        seen.viewer.actor,
        name,
        kind=kind,
        at=seen.viewer.now,
        subjects=sorted(subjects),
        reason=reason,
    )
    seen.has_logged_reading = True


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and come back; in the demo by choosing somebody to be, nobody there has a password."""
    where = reverse("start") if settings.DEMO else None
    return redirect_to_login(request.get_full_path(), where)


def _refuse(request: HttpRequest, viewer: Viewer | None, action: str) -> HttpResponse:
    _tell_refused(request, viewer, action)
    raise Http404


def _tell_refused(request: HttpRequest, viewer: Viewer | None, action: str) -> None:
    """Of what was asked for, only ids of what is there: anything else may be somebody's name."""
    actor: Actor = NOBODY if viewer is None else viewer.actor
    at: datetime = now_of(request)
    named = {} if request.resolver_match is None else request.resolver_match.kwargs
    known = known_ids({str(value) for value in named.values()})
    subjects = [
        f"{name}:{value if value in known else '?'}" for name, value in sorted(named.items())
    ]
    write_entry(actor, action, kind=Kind.REFUSED, at=at, subjects=subjects)
