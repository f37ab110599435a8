"""HTTP with patience: retries with backoff, Retry-After, tokens, and limits to what is read."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
import tenacity

from narvaro.errors import BadRequest, SourceUnreachable
from narvaro.sources.ss12000.access import access_of
from narvaro.sources.ss12000.answers import Overloaded, PageUnreadable, Parameters
from narvaro.sources.ss12000.pinned import Resolve, pinned_transport
from narvaro.sources.ss12000.profile import Profile

MEGABYTE: Final = 1_000_000
LONGEST_BACKOFF_SECONDS: Final = 60
SECONDS_A_PAGE: Final = 600
PASSING: Final = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """A status and a body."""

    status: int
    body: bytes


class Passing(Exception):
    """Something that may be over soon; `wait` is what the server asked for, in seconds."""

    def __init__(self, problem: str, wait: float = 0, *, is_overload: bool = False) -> None:
        super().__init__(problem)
        self.wait = wait
        self.is_overload = is_overload


class Asker:
    """Asks one server; time and sleep are given, so that tests do not wait.

    `answered_at` is the earliest time of its own that the server put on an answer.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], datetime] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve | None = None,
    ) -> None:
        self.answered_at: datetime | None = None
        self._profile = profile
        self._clock = clock or _now
        self._sleep = sleep
        self._client = _client(profile, transport, resolve)
        self._access = access_of(profile.access, post=self._post, clock=self._clock)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, url: str, parameters: Parameters, resource: str) -> Answer:
        """Ask until there is an answer that waiting does not change.

        Raises PageUnreadable when there is none, SourceUnreachable when we are not let in.
        """
        try:
            return self._patiently(lambda: self._once(url, parameters, resource))
        except Passing as passing:
            kind = Overloaded if passing.is_overload else PageUnreadable
            raise kind(resource, str(passing)) from None

    def _patiently(self, once: Callable[[], Answer]) -> Answer:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._may_pass),
            stop=tenacity.stop_after_attempt(self._profile.attempts),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(once)

    def _may_pass(self, error: BaseException) -> bool:
        return isinstance(error, Passing) and error.wait <= self._profile.longest_wait_seconds

    def _once(self, url: str, parameters: Parameters, resource: str) -> Answer:
        answer = self._sent("GET", url, resource, parameters=parameters)
        if answer.status == 401 and self._access.renew():
            answer = self._sent("GET", url, resource, parameters=parameters)
        if answer.status == 401:
            raise SourceUnreachable(
                "The server does not accept the token (401).",
                remedy="Check the section access of the profile, and whether the token has ended.",
            )
        return answer

    def _sent(self, method: str, url: str, resource: str, *, parameters: Parameters) -> Answer:
        headers = self._access.header()
        try:
            with self._client.stream(method, url, params=parameters, headers=headers) as response:
                return self._read(response, resource)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise BadRequest(
                f"The address of {resource} cannot be asked.",
                remedy="Correct base_url in the profile.",
            ) from None
        except httpx.RequestError as error:
            raise Passing(f"did not come: {type(error).__name__}") from None

    def _read(self, response: httpx.Response, resource: str) -> Answer:
        self._note_time(response)
        if response.status_code in PASSING:
            wait = _asked_to_wait(response.headers.get("Retry-After"), self._clock())
            problem = f"was answered with {response.status_code}"
            raise Passing(problem, wait, is_overload=response.status_code == 503)
        if response.status_code == 413:
            raise Overloaded(resource, "was answered with 413")
        if response.is_redirect:
            raise PageUnreadable(resource, "was answered with another address: correct base_url")
        return Answer(response.status_code, self._body(response, resource))

    def _body(self, response: httpx.Response, resource: str) -> bytes:
        most = self._profile.largest_page_mb * MEGABYTE
        ends_at = time.monotonic() + SECONDS_A_PAGE
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > most:
                raise PageUnreadable(resource, "is larger than the profile allows")
            if time.monotonic() > ends_at:
                raise PageUnreadable(resource, f"took more than {SECONDS_A_PAGE} seconds")
        return bytes(body)

    def _note_time(self, response: httpx.Response) -> None:
        told = _http_date(response.headers.get("Date"))
        if told is not None and (self.answered_at is None or told < self.answered_at):
            self.answered_at = told

    def _post(self, url: str, form: Mapping[str, str], name: tuple[str, str] | None) -> object:
        """Send a form for a token; raises SourceUnreachable, never with what was answered."""
        try:
            response = self._client.post(
                url, data=dict(form), auth=name or httpx.USE_CLIENT_DEFAULT
            )
        except httpx.RequestError as error:
            raise Passing(f"waits for a token: {type(error).__name__}") from None
        if response.status_code in PASSING:
            wait = _asked_to_wait(response.headers.get("Retry-After"), self._clock())
            raise Passing(f"waits for a token: {response.status_code}", wait)
        if response.status_code != 200:
            raise SourceUnreachable(
                f"The token server refused (status {response.status_code}).",
                remedy="Check client_id, its secret and token_url in the profile.",
            )
        try:
            return response.json()
        except (ValueError, RecursionError):
            return None


def _client(
    profile: Profile, transport: httpx.BaseTransport | None, resolve: Resolve | None
) -> httpx.Client:
    timeout = httpx.Timeout(profile.timeout_seconds)
    headers = {"Accept": "application/json", **profile.headers}
    if resolve is not None:
        transport = pinned_transport(resolve, verify=_trust(profile))
    if transport is not None:
        return httpx.Client(transport=transport, timeout=timeout, headers=headers)
    return httpx.Client(verify=_trust(profile), timeout=timeout, headers=headers)


def _trust(profile: Profile) -> ssl.SSLContext | bool:
    access = profile.access
    if not access.certificate_file:
        return True
    context = ssl.create_default_context()
    try:
        context.load_cert_chain(access.certificate_file, access.certificate_key_file or None)
    except (OSError, ssl.SSLError):
        raise BadRequest(
            "The client certificate cannot be used.",
            remedy="Check access.certificate_file and access.certificate_key_file.",
        ) from None
    return context


def _wait(state: tenacity.RetryCallState) -> float:
    """Seconds to the next try: 1, 2, 4 and so on up to a minute, or what the server asks for."""
    backoff = min(2.0 ** (state.attempt_number - 1), LONGEST_BACKOFF_SECONDS)
    error = state.outcome.exception() if state.outcome else None
    return max(backoff, error.wait) if isinstance(error, Passing) else backoff


def _asked_to_wait(header: str | None, now: datetime) -> float:
    """Read Retry-After: seconds or a date; 0 when it says nothing."""
    if header is None:
        return 0
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    until = _http_date(header)
    return max((until - now).total_seconds(), 0) if until is not None else 0


def _http_date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text or "")
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)
