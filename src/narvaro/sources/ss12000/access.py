"""Tokens: one that stands, or one that is fetched and renewed (OAuth2 client credentials)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from narvaro.errors import BadRequest, SourceUnreachable
from narvaro.sources.ss12000.profile import Access

RENEWED_BEFORE: Final = timedelta(seconds=60)
LONGEST_LIFE: Final = 86_400

Post = Callable[[str, Mapping[str, str], tuple[str, str] | None], object]
"""Sends a form to an address, with or without name and secret in the header; gives the JSON."""


@dataclass(slots=True)
class Standing:
    """A token that stands until somebody changes it; empty when a certificate does the work."""

    token: str = field(repr=False)

    def header(self) -> Mapping[str, str]:
        """Return the header that goes with every question."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def renew(self) -> bool:
        """Say that there is no other token to try."""
        return False


@dataclass(slots=True)
class Fetched:
    """A token that is fetched with the client's name and secret, and again before it ends."""

    access: Access
    secret: str = field(repr=False)
    post: Post
    clock: Callable[[], datetime]
    _token: str = field(default="", repr=False)
    _ends_at: datetime | None = None

    def header(self) -> Mapping[str, str]:
        """Return the header that goes with every question; fetches a token when needed."""
        if not self._token or (self._ends_at is not None and self.clock() >= self._ends_at):
            self._fetch()
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> bool:
        """Forget the token, so that the next question fetches another."""
        had_one = bool(self._token)
        self._token = ""
        return had_one

    def _fetch(self) -> None:
        found = self._answer()
        token = found.get("access_token") if isinstance(found, Mapping) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise SourceUnreachable(
                "The token server answered without a token.",
                remedy="Check access.token_url and access.scope in the profile.",
            )
        self._token = token
        self._ends_at = self._end(found.get("expires_in") if isinstance(found, Mapping) else None)

    def _answer(self) -> object:
        """Ask with the name in the header, in the form, or first so and then so."""
        form = {"grant_type": "client_credentials"}
        if self.access.scope:
            form["scope"] = self.access.scope
        name = (self.access.client_id, self.secret)
        in_form = {**form, "client_id": name[0], "client_secret": name[1]}
        if self.access.send == "body":
            return self.post(self.access.token_url, in_form, None)
        try:
            return self.post(self.access.token_url, form, name)
        except SourceUnreachable:
            if self.access.send == "basic":
                raise
        return self.post(self.access.token_url, in_form, None)

    def _end(self, seconds: object) -> datetime | None:
        if not isinstance(seconds, int) or seconds <= 0:
            return None
        life = timedelta(seconds=min(seconds, LONGEST_LIFE))
        return self.clock() + max(life - RENEWED_BEFORE, life / 2)


def access_of(access: Access, *, post: Post, clock: Callable[[], datetime]) -> Standing | Fetched:
    """Make what a profile asks for; raises BadRequest when a secret is not where it says."""
    if access.kind == "client_credentials":
        secret = _secret(access.secret_env, access.secret_file, what="client's secret")
        return Fetched(access, secret, post, clock)
    if access.kind == "bearer" and (access.token_env or access.token_file):
        return Standing(_secret(access.token_env, access.token_file, what="token"))
    return Standing("")


def _secret(variable: str, file: str, *, what: str) -> str:
    text = os.environ.get(variable, "") if variable else _file_text(file)
    if not text or not text.isascii() or not text.isprintable():
        place = f"environment variable {variable}" if variable else f"file {Path(file).name}"
        raise BadRequest(
            f"The source's {what} is not in the {place}.", remedy="Put it there and try again."
        )
    return text


def _file_text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
