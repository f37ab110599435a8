"""The addresses of django-allauth: what is done there and what the log says of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.urls import urlpatterns as theirs
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

# One checks a password or mails a link and keeps nothing before it is told: there the database
# is not held while a password is hashed (see `signing_in.ClosedDoor.login` for the sign-in)
APART = frozenset({"account_login", "account_reauthenticate", "account_reset_password"})


def in_one_transaction(found: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, each answered inside a transaction, but for those of `APART`."""
    return [_whole(one) for one in found]


def _whole(one: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(one, URLResolver):
        inside = in_one_transaction(one.url_patterns)
        return URLResolver(one.pattern, inside, one.default_kwargs, one.app_name, one.namespace)
    if one.name in APART:
        return one
    return URLPattern(one.pattern, _all_or_nothing(one.callback), one.default_args, one.name)


def _all_or_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def whole(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *given, **named)

    return whole


urlpatterns = in_one_transaction(theirs)
