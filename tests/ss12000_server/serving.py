"""The server itself: who may ask, pages, and the ways an answer can go wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from tests.ss12000_server import asking, dressing
from tests.ss12000_server.asking import Params, Wrong
from tests.ss12000_server.bending import bent, number_of
from tests.ss12000_server.deviations import Deviations
from tests.ss12000_server.invented import Json, School, invent

BASE = "/ss12000/v2.0"
STATIC_TOKEN, CLIENT_ID, CLIENT_SECRET = "a-static-key", "a-client", "a-client-secret"
PAGE, LONGEST_PAGE = 30, 60
TOKEN_USES = 20


@dataclass(frozen=True)
class Request:
    method: str
    resource: str
    params: Params
    at: float
    status: int


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False  # half the body, then the line is dropped


@dataclass
class Token:
    expires_at: float
    uses: int = 0


@dataclass
class Server:
    """What runs, and what was asked of it. Change `school` to let the world move on."""

    school: School
    deviations: Deviations
    token_lifetime: float = 3600
    retry_after: int = 0
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    tokens: dict[str, Token] = field(default_factory=dict)
    cursors: dict[str, tuple[str, Params, int]] = field(default_factory=dict)
    asked: int = 0
    attendance_pages: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{BASE}"

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/connect/token"

    def id_of(self, of: str) -> str:
        """The id this server shows for a thing of the invented school."""
        return number_of(of) if self.deviations.ids_are_not_uuids else of

    def of(self, resource: str) -> list[Request]:
        return [request for request in self.requests if request.resource == resource]


@contextmanager
def serve(
    deviations: Deviations | None = None, *, school: School | None = None, **settings: Any
) -> Iterator[Server]:
    """Run until the block ends, on a free port of the loopback."""
    deviations = deviations or Deviations()
    server = Server(bent(school or invent(), deviations), deviations, **settings)
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"server_": server}))
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP; everything it says comes from `answer`."""

    server_: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every answer waits forty milliseconds

    def do_GET(self) -> None:
        self.reply("GET", b"")

    def do_POST(self) -> None:
        self.reply("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def reply(self, method: str, body: bytes) -> None:
        url = urlsplit(self.path)
        params = parse_qs(url.query, keep_blank_values=True)
        with self.server_.lock:
            answer = answered(self.server_, method, url.path, params, body, self.headers)
            name = url.path.removeprefix(BASE).strip("/")
            self.server_.requests.append(
                Request(method, name, params, time.monotonic(), answer.status)
            )
        if self.server_.deviations.slow:
            time.sleep(0.1)
        self.send(answer)

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        if answer.cut:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: tests read `Server.requests`."""


def answered(
    server: Server, method: str, path: str, params: Params, body: bytes, headers: Any
) -> Answer:
    """What comes back for one request."""
    if path == "/connect/token":
        return token_for(server, body) if method == "POST" else problem(server, 405, "POST only")
    server.asked += 1
    hindrance = in_the_way(server, headers.get("Authorization", ""))
    if hindrance:
        return hindrance
    resource = path.removeprefix(BASE).strip("/")
    if not path.startswith(BASE) or resource not in asking.TAKES or is_missing(server, resource):
        return problem(server, 404, "not found")
    try:
        return spoiled(server, resource, params, resource_page(server, resource, params))
    except Wrong as wrong:
        return problem(server, 400, wrong.message)


def token_for(server: Server, body: bytes) -> Answer:
    given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    wanted = ("client_credentials", CLIENT_ID, CLIENT_SECRET)
    if tuple(given.get(n) for n in ("grant_type", "client_id", "client_secret")) != wanted:
        return as_json(400, {"error": "invalid_client"})
    token = uuid4().hex
    server.tokens[token] = Token(time.monotonic() + server.token_lifetime)
    return as_json(
        200,
        {"access_token": token, "token_type": "Bearer", "expires_in": int(server.token_lifetime)},
    )


def in_the_way(server: Server, authorization: str) -> Answer | None:
    """Refusals that have nothing to do with what was asked."""
    switches, count = server.deviations, server.asked
    if not may_ask(server, authorization.removeprefix("Bearer ")):
        return problem(server, 401, "no valid token")
    if (switches.too_many_requests or switches.retry_after_date) and count % 7 == 0:
        when = datetime.now(UTC) + timedelta(seconds=server.retry_after)
        text = format_datetime(when, usegmt=True) if switches.retry_after_date else None
        return as_json(
            429, {"message": "too many requests"}, {"Retry-After": text or str(server.retry_after)}
        )
    if switches.unavailable_at_times and count % 9 == 0:
        return problem(server, 503, "source_unavailable")
    return None


def may_ask(server: Server, given: str) -> bool:
    if given == STATIC_TOKEN:
        return True
    token = server.tokens.get(given)
    if token is None or token.expires_at <= time.monotonic():
        return False
    token.uses += 1
    return not server.deviations.unauthorized_401 or token.uses <= TOKEN_USES


def is_missing(server: Server, resource: str) -> bool:
    switches = server.deviations
    return {
        "attendances": switches.no_attendances,
        "absences": switches.no_absences,
        "aggregatedAttendance": switches.no_aggregated_attendance,
        "calendarEvents": switches.no_calendar_events,
        "deletedEntities": switches.no_deleted_entities,
    }.get(resource, False)


def problem(server: Server, status: int, message: str) -> Answer:
    if status == 400 and server.deviations.status_422_detail:
        return as_json(422, {"detail": [{"loc": ["query"], "msg": message, "type": "missing"}]})
    return as_json(status, {"code": str(status), "message": message})


def as_json(status: int, content: Any, headers: Mapping[str, str] | None = None) -> Answer:
    text = json.dumps(content, ensure_ascii=False).encode()
    return Answer(status, text, headers=headers or {})


def spoiled(server: Server, resource: str, params: Params, answer: Answer) -> Answer:
    """The same answer, unless a switch breaks it on its way."""
    switches = server.deviations
    if switches.drops_now_and_then and server.asked % 11 == 0:
        return Answer(200, answer.body, cut=True)
    if resource != "attendances" and "attendance" not in asking.words(params, "expand"):
        return answer
    server.attendance_pages += 1
    if switches.html_answer:
        return Answer(200, b"<!doctype html><title>Logga in</title>", kind="text/html")
    if switches.bad_json and server.attendance_pages == 2:
        return Answer(200, answer.body[:-20])
    return Answer(
        answer.status,
        answer.body,
        cut=switches.dies_in_the_middle and server.attendance_pages >= 3,
    )


def resource_page(server: Server, resource: str, params: Params) -> Answer:
    """One page of a resource, as the standard says or as the switches have it."""
    switches = server.deviations
    asking.check(resource, params, token_alone=not switches.token_is_offset_with_params)
    if too_big(server, resource, params):
        return problem(server, 503, "Svaret är för stort")
    params, start = position(server, resource, params)
    if resource == "deletedEntities":
        content = dressing.deleted(server.school, params, switches)
        return as_json(200, {"data": content, "pageToken": None})
    found = objects(server, resource, params)
    length = min(int(asking.only(params, "limit")) if "limit" in params else PAGE, LONGEST_PAGE)
    data = found[start : start + length]
    if switches.duplicate_ids_over_pages and 0 < start <= len(found):
        data = [found[start - 1], *data]
    shown = [show(server, resource, params, thing) for thing in data]
    token = next_token(server, resource, params, start=start, length=length, total=len(found))
    if token is None and switches.token_absent_at_end:
        return as_json(200, {"data": shown})
    return as_json(200, {"data": shown, "pageToken": token})


def too_big(server: Server, resource: str, params: Params) -> bool:
    switches = server.deviations
    if switches.limit_refused and "limit" in params and int(asking.only(params, "limit")) > 20:
        return True
    if not switches.whole_window_refused or "startTime.onOrAfter" not in params:
        return False
    since, until = (asking.only(params, n) for n in asking.REQUIRES["calendarEvents"])
    return resource == "calendarEvents" and asking.moment(until) - asking.moment(since) > timedelta(
        days=7, hours=1
    )


def position(server: Server, resource: str, params: Params) -> tuple[Params, int]:
    """The question a page token stands for, and where in its answer to go on."""
    if "pageToken" not in params:
        return params, 0
    token = asking.only(params, "pageToken")
    if server.deviations.token_is_offset_with_params:
        if not token.isdigit():
            raise Wrong("unknown pageToken")
        return {n: v for n, v in params.items() if n != "pageToken"}, int(token)
    of, asked, start = server.cursors.get(token, ("", {}, 0))
    if of != resource:
        raise Wrong("unknown pageToken")
    return {**asked, **{n: v for n, v in params.items() if n == "limit"}}, start


def next_token(
    server: Server, resource: str, params: Params, *, start: int, length: int, total: int
) -> str | None:
    switches, following = server.deviations, start + length
    if following >= total and not (switches.endless_pages or switches.repeated_token):
        return None
    if following >= total and switches.repeated_token:
        following = start
    if switches.token_is_offset_with_params:
        return str(following)
    same = (resource, params, following)
    if following == start and same in server.cursors.values():
        return next(token for token, cursor in server.cursors.items() if cursor == same)
    token = uuid4().hex
    server.cursors[token] = same
    return token


def objects(server: Server, resource: str, params: Params) -> list[Json]:
    """Everything the question asks for, before it is cut into pages."""
    switches, school = server.deviations, server.school
    if resource == "aggregatedAttendance":
        return aggregated(server, params)
    if switches.ignores_filters:
        return list(school.resources[resource].values())
    scoped = not (
        switches.other_schools_pupils and resource in ("persons", "attendances", "absences")
    )
    return asking.asked_for(school, resource, params, scoped=scoped)


def aggregated(server: Server, params: Params) -> list[Json]:
    since, until = (date.fromisoformat(asking.only(params, n)) for n in ("startDate", "endDate"))
    rows = dressing.aggregated(server.school, since, until)
    if server.deviations.ignores_filters or "organisation" not in params:
        return rows
    scope = asking.descendants(server.school, asking.only(params, "organisation"))
    activities = server.school.resources["activities"]
    return [r for r in rows if activities[r["activity"]["id"]]["organisation"]["id"] in scope]


def show(server: Server, resource: str, params: Params, thing: Json) -> Json:
    switches, school = server.deviations, server.school
    if resource == "calendarEvents":
        thing = dressing.embedded(thing, school, params, attendance=not switches.no_attendances)
    if switches.missing_required and resource == "activities":
        thing = dressing.teachers_by_person(thing, school)
    return dressing.dressed(thing, resource=resource, params=params, deviations=switches)
