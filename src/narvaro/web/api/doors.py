"""The one way an address for programs is made: read-only, by a key, counted, in scope, logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from narvaro.web.accounts.clock import now_of, today_of
from narvaro.web.accounts.doors import ViewedRequest
from narvaro.web.accounts.known_ids import known_ids
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.permissions import ACTIONS
from narvaro.web.accounts.second_factor import has_second_factor
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api.actions import count_use
from narvaro.web.api.models import Key
from narvaro.web.api.problems import Problem, not_found, not_signed_in, only_read, too_many
from narvaro.web.api.secrets_of_keys import digest_of
from narvaro.web.audit.chain import NOBODY, Actor, write_entry
from narvaro.web.audit.models import Kind

READING = ("GET", "HEAD")
UNKNOWN_KEYS_A_MINUTE = 30
"""From one address; beyond it the log is not filled with more."""

Answer = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class KeyViewer(Viewer):
    """Somebody by a key: only the one assignment counts, not others in the same role."""

    @cached_property
    def _mine(self) -> tuple[Unit, ...]:
        return (self.unit,)


def endpoint(action: str) -> Callable[[Answer], Callable[..., HttpResponse]]:
    """Make an address of a function `(request, viewer, …)` that says one action's answer as JSON.

    Anything but reading: 405. No key that opens: 401. No row in the table, or not in scope:
    404 and an entry of refused access, as on the pages. An answer that reads pupils without
    `log_reading` is a fault of ours and is refused.
    """
    of = ACTIONS[action]

    def door(answer: Answer) -> Callable[..., HttpResponse]:
        @wraps(answer)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            try:
                if request.method not in READING:
                    raise only_read()
                seen = cast(ViewedRequest, request)
                viewer = viewer_by_key(request, action)
                seen.viewer, seen.has_logged_reading = viewer, False
                said = _in_scope(answer, request, viewer, action, named)
            except Problem as problem:
                return problem.answer(request)
            if of.reads_pupils and not seen.has_logged_reading:
                raise RuntimeError(f"{action} read pupils without telling the log")
            return JsonResponse(said)

        guarded = csrf_exempt(never_cache(guarded))
        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return door


def _in_scope(
    answer: Answer, request: HttpRequest, viewer: Viewer, action: str, named: dict[str, Any]
) -> dict[str, Any]:
    try:
        if not viewer.may(action):
            raise not_found()
        return answer(request, viewer, **named)
    except Problem as problem:
        if problem.status == 404 and not problem.faults:
            _note_refused(viewer.actor, action, at=viewer.now, named=named)
        raise


def viewer_by_key(request: HttpRequest, action: str) -> KeyViewer:
    """Who asks, by the key in `Authorization`. Raises Problem; sessions open nothing here."""
    secret = _secret(request)
    now, today = now_of(request), today_of(request)
    keys = Key.objects.select_related("account", "assignment__unit__authority")
    key = keys.filter(digest=digest_of(secret)).first()
    if key is None:
        _unknown(request, action, now)
        raise not_signed_in("The key is not one of ours.")
    why = key.why_dead(today) or _why_not_strong(key)
    if count_use(key, now, is_alive=not why) > settings.API_PER_MINUTE:
        raise too_many(settings.API_PER_MINUTE, 60 - now.second)
    viewer = KeyViewer(key.account, key.assignment, today, now)
    if why:
        _note_refused(viewer.actor, action, at=now, named={})
        raise not_signed_in(f"The key opens nothing: {why}.")
    return viewer


def _secret(request: HttpRequest) -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        raise not_signed_in("No key was sent.")
    return secret.strip()


def _why_not_strong(key: Key) -> str:
    if settings.SECOND_FACTOR_REQUIRED and not has_second_factor(key.account):
        return "the account has no second factor any more"
    return ""


def _unknown(request: HttpRequest, action: str, now: datetime) -> None:
    """Note it, as long as the address does not send one after the other."""
    address = _address_of(request)
    counter = f"api.unknown.{now:%Y%m%d%H%M}.{digest_of(address)}"
    sent = int(cache.get(counter, 0)) + 1
    cache.set(counter, sent, 120)
    if sent > UNKNOWN_KEYS_A_MINUTE:
        raise too_many(UNKNOWN_KEYS_A_MINUTE, 60 - now.second)
    _note_refused(NOBODY, action, at=now, named={})


def _address_of(request: HttpRequest) -> str:
    """Where it comes from; all who do not say (a socket without addresses) are one."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""


def _note_refused(actor: Actor, action: str, *, at: datetime, named: dict[str, Any]) -> None:
    """Of what was asked for, only ids of what is there: anything else may be somebody's name."""
    known = known_ids({str(value) for value in named.values()})
    subjects = [
        f"{name}:{value if value in known else '?'}" for name, value in sorted(named.items())
    ]
    write_entry(actor, action, kind=Kind.REFUSED, at=at, subjects=subjects)
