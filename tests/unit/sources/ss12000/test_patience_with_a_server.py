"""How a server is asked: retries, waiting, tokens, circles, and what is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.unit.sources.ss12000.delivered import Delivered, keys
from tests.unit.sources.ss12000.making import (
    NOW,
    Spoken,
    absence,
    attendance,
    event,
    person,
    school,
)

from narvaro.errors import BadRequest, SourceUnreachable
from narvaro.sources.ss12000 import Access, Loaded, State, Wish, check_source, load

TOKENS = "https://tokens.invalid/connect/token"


def taken(spoken: Spoken, into: Path, *, state: State | None = None, **settings: Any) -> Loaded:
    wish = Wish(since=date(2026, 8, 31), until=date(2026, 9, 13), now=NOW, state=state or State())
    return load(spoken.open(**settings), into=into, keys=keys, wish=wish)


def failing(times: int, answer: Callable[[], httpx.Response], spoken: Spoken) -> None:
    """Answer questions about persons otherwise, so many times, then as usual."""
    left = [times]

    def persons(request: httpx.Request) -> httpx.Response:
        if left[0]:
            left[0] -= 1
            return answer()
        return spoken.usual(request)

    spoken.answering["persons"] = persons


# --- waiting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_hindrance_that_passes_is_waited_for_longer_and_longer(
    status: int, tmp_path: Path
) -> None:
    spoken = Spoken(school())
    failing(3, lambda: httpx.Response(status, text="private"), spoken)

    assert taken(spoken, tmp_path).ended_early == ""
    assert spoken.slept == [1, 2, 4]


def test_a_line_that_breaks_is_tried_again(tmp_path: Path) -> None:
    spoken = Spoken(school())

    def broken() -> httpx.Response:
        raise httpx.ReadError("private")

    failing(2, broken, spoken)

    assert taken(spoken, tmp_path).counts["pupils"] == 2
    assert spoken.slept == [1, 2]


@pytest.mark.parametrize(
    "header", ["17", (NOW + timedelta(seconds=17)).strftime("%a, %d %b %Y %H:%M:%S GMT")]
)
def test_retry_after_is_obeyed_in_seconds_and_as_a_date(header: str, tmp_path: Path) -> None:
    spoken = Spoken(school())
    failing(1, lambda: httpx.Response(429, headers={"Retry-After": header}), spoken)

    taken(spoken, tmp_path)

    assert spoken.slept == [17]


@pytest.mark.parametrize("header", ["", "soon", "-5", "99999999999999999999 days"])
def test_a_retry_after_that_says_nothing_is_taken_as_none(header: str, tmp_path: Path) -> None:
    spoken = Spoken(school())
    failing(1, lambda: httpx.Response(429, headers={"Retry-After": header}), spoken)

    taken(spoken, tmp_path)

    assert spoken.slept == [1]


def test_a_server_that_asks_for_an_hour_ends_the_load(tmp_path: Path) -> None:
    spoken = Spoken(school())
    failing(1, lambda: httpx.Response(429, headers={"Retry-After": "3600"}), spoken)

    found = taken(spoken, tmp_path)

    assert found.ended_early == "a page of persons was answered with 429"
    assert spoken.slept == []


def test_a_hindrance_that_stays_ends_the_load_with_what_came_before(tmp_path: Path) -> None:
    spoken = Spoken(school())
    failing(10**6, lambda: httpx.Response(500, text="private"), spoken)

    found = taken(spoken, tmp_path, attempts=3)

    assert found.ended_early == "a page of persons was answered with 500"
    assert set(found.counts) == {"organisations"}
    assert len(spoken.slept) == 2


def test_nothing_at_all_is_an_error_that_says_what_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match="offers nothing") as missing:
        taken(Spoken({}), tmp_path)
    assert "base_url" in missing.value.remedy

    def dead(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("private")

    spoken = Spoken(school())
    spoken.answering["organisations"] = dead
    with pytest.raises(SourceUnreachable, match="ConnectError") as unreachable:
        taken(spoken, tmp_path)
    assert "private" not in str(unreachable.value)


# --- answers that are none -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda: httpx.Response(200, html="<title>Logga in</title>"), "is not JSON"),
        (lambda: httpx.Response(200, text="[" * 100_000), "is not JSON"),
        (lambda: httpx.Response(200, json={"message": "private"}), "holds no data"),
        (lambda: httpx.Response(200, json={"data": {"id": 1}}), "holds no list of data"),
        (lambda: httpx.Response(200, json={"data": [], "pageToken": {}}), "names the next page"),
        (lambda: httpx.Response(302, headers={"Location": "https://x.invalid"}), "another address"),
        (lambda: httpx.Response(200, content=b" " * 1_100_000), "is larger than the profile"),
    ],
)
def test_an_answer_that_is_no_page_ends_the_load(
    answer: Callable[[], httpx.Response], why: str, tmp_path: Path
) -> None:
    spoken = Spoken(school())
    failing(10**6, answer, spoken)

    found = taken(spoken, tmp_path, largest_page_mb=1)

    assert why in found.ended_early
    assert "private" not in found.ended_early


def test_a_bare_list_is_taken_and_noted(tmp_path: Path) -> None:
    spoken = Spoken(school())
    spoken.answering["persons"] = lambda _: httpx.Response(200, json=[person("p1")])

    found = taken(spoken, tmp_path)

    assert found.counts["pupils"] == 1
    assert "data-not-in-list" in {one.code for one in found.notices}


# --- tokens --------------------------------------------------------------------------------------


class Tokens:
    """Gives tokens that last a minute and a half and are refused after some questions."""

    def __init__(self, spoken: Spoken, *, uses: int = 10**6, takes: str = "basic") -> None:
        self.spoken, self.uses, self.takes = spoken, uses, takes
        self.given: list[str] = []
        self.left = 0
        spoken.answering["connect/token"] = self.give

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "tokens.invalid":
            return self.give(request)
        wanted = f"Bearer {self.given[-1]}" if self.given else "?"
        if request.headers.get("Authorization") != wanted or not self.left:
            return httpx.Response(401, text="private")
        self.left -= 1
        return self.spoken(request)

    def give(self, request: httpx.Request) -> httpx.Response:
        form = dict(pair.split("=") for pair in request.content.decode().split("&"))
        in_header = "Authorization" in request.headers
        if in_header != (self.takes == "basic") or form["grant_type"] != "client_credentials":
            return httpx.Response(400, json={"error": "private"})
        self.given.append(f"token{len(self.given)}")
        self.left = self.uses
        return httpx.Response(200, json={"access_token": self.given[-1], "expires_in": 90})

    def open(self) -> Any:
        from narvaro.sources.ss12000 import Profile, open_server

        access = Access(
            kind="client_credentials",
            token_url=TOKENS,
            client_id="client",
            secret_env="EXAMPLE_SECRET",  # noqa: S106 - the name of a variable
        )
        return open_server(
            Profile(base_url="https://skolsystem.invalid/v2.0", access=access),
            transport=httpx.MockTransport(self),
            clock=lambda: self.spoken.now,
            sleep=self.spoken.slept.append,
        )


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_SECRET", "hemligt")


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("takes", ["basic", "body"])
def test_a_token_is_fetched_once_with_the_name_where_the_server_wants_it(
    takes: str, tmp_path: Path
) -> None:
    tokens = Tokens(Spoken(school()), takes=takes)

    load(tokens.open(), into=tmp_path, keys=keys, wish=Wish(now=NOW))

    assert len(tokens.given) == 1


@pytest.mark.usefixtures("secret")
def test_a_token_that_the_server_refuses_is_fetched_again(tmp_path: Path) -> None:
    tokens = Tokens(Spoken(school()), uses=3)

    found = load(tokens.open(), into=tmp_path, keys=keys, wish=Wish(now=NOW))

    assert found.ended_early == ""
    assert len(tokens.given) > 2


@pytest.mark.usefixtures("secret")
def test_a_token_is_renewed_before_it_ends(tmp_path: Path) -> None:
    spoken = Spoken(school())
    tokens = Tokens(spoken)

    def slowly(request: httpx.Request) -> httpx.Response:
        spoken.now += timedelta(seconds=31)
        return spoken.usual(request)

    spoken.answering |= dict.fromkeys(("organisations", "groups", "persons", "duties"), slowly)
    load(tokens.open(), into=tmp_path, keys=keys, wish=Wish(now=NOW))

    assert len(tokens.given) > 1


@pytest.mark.usefixtures("secret")
def test_a_token_that_is_never_accepted_is_said_and_the_answer_is_not(tmp_path: Path) -> None:
    tokens = Tokens(Spoken(school()), uses=0)

    with pytest.raises(SourceUnreachable, match="401") as refused:
        load(tokens.open(), into=tmp_path, keys=keys, wish=Wish(now=NOW))

    assert "private" not in str(refused.value)
    assert "hemligt" not in repr(tokens.open())


def test_a_secret_that_is_not_there_is_said_before_anything_is_asked() -> None:
    with pytest.raises(BadRequest, match="EXAMPLE_NOTHING"):
        Spoken({}).open(access=Access(token_env="EXAMPLE_NOTHING"))  # noqa: S106


def test_a_standing_token_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n", encoding="utf-8")
    spoken = Spoken(school())

    taken(spoken, tmp_path / "out", access=Access(token_file=str(tmp_path / "token")))

    assert {one.headers["Authorization"] for one in spoken.asked} == {"Bearer abc"}


# --- circles -------------------------------------------------------------------------------------


def pages(
    *tokens: Any, rows: Callable[[int], list[Any]]
) -> Callable[[httpx.Request], httpx.Response]:
    """Answer with page after page, whatever is asked; the last token comes again and again."""
    at = [-1]

    def answer(_: httpx.Request) -> httpx.Response:
        at[0] += 1
        token = tokens[min(at[0], len(tokens) - 1)]
        return httpx.Response(200, json={"data": rows(at[0]), "pageToken": token})

    return answer


@pytest.mark.parametrize(
    ("answering", "code"),
    [
        (lambda: pages("same", rows=lambda at: [person(f"p{at}")]), "listing-token-repeats"),
        (lambda: pages(*map(str, range(99)), rows=lambda _: [person("p1")]), "listing-repeats"),
        (
            lambda: pages(*map(str, range(99)), rows=lambda at: [] if at else [person("p1")]),
            "listing-empty-page",
        ),
    ],
)
def test_pages_that_never_end_are_left_and_the_load_goes_on(
    answering: Callable[[], Any], code: str, tmp_path: Path
) -> None:
    spoken = Spoken(school())
    spoken.answering["persons"] = answering()

    found = taken(spoken, tmp_path)

    assert (found.ended_early, found.counts["lessons"]) == ("", 1)
    assert code in {one.code for one in found.notices}
    assert len(spoken.questions("persons")) <= 3


def test_a_list_longer_than_the_profile_allows_ends_the_load(tmp_path: Path) -> None:
    spoken = Spoken(school())
    spoken.answering["persons"] = pages(*map(str, range(99)), rows=lambda at: [person(f"p{at}")])

    found = taken(spoken, tmp_path, max_pages=5)

    assert "the profile allows no more" in found.ended_early
    assert found.counts["pupils"] == 5


# --- questions -----------------------------------------------------------------------------------


def refusing(spoken: Spoken, resource: str, *names: str, status: int = 400) -> None:
    """Refuse questions that hold one of the parameters."""

    def answer(request: httpx.Request) -> httpx.Response:
        if any(name in request.url.params for name in names):
            return httpx.Response(status, json={"detail": "private"})
        return spoken.usual(request)

    spoken.answering[resource] = answer


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("names", [("expand",), ("organisation",), ("organisation", "limit")])
def test_what_a_server_refuses_is_left_out_of_the_question(
    names: tuple[str, ...], status: int, tmp_path: Path
) -> None:
    spoken = Spoken(school(attendances=[attendance()]))
    refusing(spoken, "calendarEvents", *names, status=status)

    found = taken(spoken, tmp_path, organisations=("unit",))

    assert found.counts["lessons"] == 1
    assert "parameters-refused" in {one.code for one in found.notices}
    assert all("startTime.onOrAfter" in one for one in spoken.questions("calendarEvents"))


@pytest.mark.parametrize("status", [400, 422])
def test_a_token_that_is_refused_alone_is_sent_with_the_question(
    status: int, tmp_path: Path
) -> None:
    spoken = Spoken(school(), page=1)

    def answer(request: httpx.Request) -> httpx.Response:
        if "startTime.onOrAfter" not in request.url.params:
            return httpx.Response(status, json={"detail": "private"})
        return spoken.usual(request)

    spoken.resources["calendarEvents"] = [event("e"), event("f"), event("g")]
    spoken.answering["calendarEvents"] = answer
    found = taken(spoken, tmp_path)

    assert found.counts["lessons"] == 3
    assert "repeat_parameters" in found.state.quirks
    alone = [one for one in spoken.questions("calendarEvents") if "startTime.onOrAfter" not in one]
    assert len(alone) == 1


def test_a_token_goes_alone_as_the_standard_says(tmp_path: Path) -> None:
    spoken = Spoken(school(), page=1)

    taken(spoken, tmp_path)

    later = [one for one in spoken.questions("persons") if "pageToken" in one]
    assert later
    assert all(set(one) == {"pageToken", "limit"} for one in later)


def test_lessons_are_asked_for_week_by_week_with_both_ends(tmp_path: Path) -> None:
    spoken = Spoken(school())

    taken(spoken, tmp_path)

    asked = [
        (one["startTime.onOrAfter"], one["startTime.onOrBefore"])
        for one in spoken.questions("calendarEvents")
    ]
    assert asked == [
        ("2026-08-31T00:00:00+02:00", "2026-09-06T23:59:59+02:00"),
        ("2026-09-07T00:00:00+02:00", "2026-09-13T23:59:59+02:00"),
    ]


def test_a_week_in_which_the_clocks_change_is_asked_for_whole(tmp_path: Path) -> None:
    spoken = Spoken(school())
    wish = Wish(since=date(2026, 10, 19), until=date(2026, 10, 25), now=NOW)

    load(spoken.open(), into=tmp_path, keys=keys, wish=wish)

    (asked,) = spoken.questions("calendarEvents")
    assert asked["startTime.onOrAfter"] == "2026-10-19T00:00:00+02:00"
    assert asked["startTime.onOrBefore"] == "2026-10-25T23:59:59+01:00"


def test_what_lies_outside_the_days_asked_for_is_left_out(tmp_path: Path) -> None:
    late = absence(startTime="2026-10-01T08:00:00+02:00", endTime="2026-10-01T09:00:00+02:00")
    lessons = [event(), event("late", day="2026-10-01"), event("old", day="1914-09-01")]
    spoken = Spoken(school(calendarEvents=lessons, absences=[absence(), late]))

    found = taken(spoken, tmp_path)

    assert (found.counts["lessons"], found.counts["announced_absences"]) == (1, 1)
    noted = {(one.resource, one.code) for one in found.notices}
    assert {("calendarEvents", "outside-window"), ("absences", "outside-window")} <= noted


def test_smaller_pages_are_asked_for_where_large_ones_are_too_much(tmp_path: Path) -> None:
    spoken = Spoken(school())

    def answer(request: httpx.Request) -> httpx.Response:
        if int(request.url.params["limit"]) > 20:
            return httpx.Response(503, text="private")
        return spoken.usual(request)

    spoken.answering["persons"] = answer
    found = taken(spoken, tmp_path)

    assert found.counts["pupils"] == 2
    assert "page_size:20" in found.state.quirks
    assert spoken.questions("activities")[0]["limit"] == "20"


# --- attendance by itself -------------------------------------------------------------------------


def test_attendance_that_does_not_come_with_the_lessons_is_read_by_itself(tmp_path: Path) -> None:
    spoken = Spoken(school(attendances=[attendance()]))

    found = taken(spoken, tmp_path)

    assert found.counts["marks"] == 2
    assert "expand-ignored" in {one.code for one in found.notices}


def test_attendance_that_breaks_in_the_middle_marks_nobody_else_present(tmp_path: Path) -> None:
    spoken = Spoken(school(attendances=[attendance(), attendance(student="p2")]), page=1)

    def answer(request: httpx.Request) -> httpx.Response:
        if "pageToken" in request.url.params:
            return httpx.Response(200, html="Logga in")
        return spoken.usual(request)

    spoken.answering["attendances"] = answer
    found = taken(spoken, tmp_path)

    assert found.ended_early == "a page of attendances is not JSON"
    assert set(Delivered(tmp_path).marks()) == {("e", keys("id", "p1"))}
    assert found.state.lessons_until is None


def later(spoken: Spoken, into: Path, state: State) -> Loaded:
    wish = Wish(until=date(2026, 11, 22), now=NOW, state=state)
    return load(spoken.open(), into=into, keys=keys, wish=wish)


def changed(at: str) -> dict[str, str]:
    return {"created": "2026-09-01T10:00:00+02:00", "modified": at}


@pytest.mark.parametrize("gives_single_lessons", [True, False])
def test_a_change_on_an_old_lesson_brings_the_lesson_and_everybody_in_it(
    gives_single_lessons: bool, tmp_path: Path
) -> None:
    spoken = Spoken(school(attendances=[attendance(), attendance(student="p2")]))
    state = taken(spoken, tmp_path / "first").state
    fresh = attendance(invalidAbsenceMinutes=9, meta=changed("2026-11-22T11:00:00+01:00"))
    spoken.resources["attendances"] = [fresh, attendance(student="p2", validAbsenceMinutes=7)]
    if not gives_single_lessons:
        spoken.answering["calendarEvents/e"] = lambda _: httpx.Response(404)

    later(spoken, tmp_path / "second", state)

    marks = Delivered(tmp_path / "second").marks()
    assert marks[("e", keys("id", "p1"))]["invalid_minutes"] == "9"
    assert marks[("e", keys("id", "p2"))]["valid_minutes"] == "7"
    assert [row["lesson"] for row in Delivered(tmp_path / "second").rows("lessons")] == ["e"]


def test_a_pupil_taken_out_of_a_lesson_later_is_withdrawn_from_it(tmp_path: Path) -> None:
    spoken = Spoken(school(calendarEvents=[event(day="2026-11-20")]))
    wish = Wish(since=date(2026, 8, 31), until=date(2026, 11, 22), now=NOW)
    first = load(spoken.open(), into=tmp_path / "first", keys=keys, wish=wish)
    out = [{"student": {"id": "p2"}, "participates": False}]
    spoken.resources["calendarEvents"] = [event(day="2026-11-20", studentExceptions=out)]

    later(spoken, tmp_path / "second", first.state)

    withdrawn = Delivered(tmp_path / "second").withdrawn("marks")
    assert [row["pupil"] for row in withdrawn] == [keys("id", "p2")]


def test_the_earlier_of_both_clocks_says_from_when_changes_are_asked_for(tmp_path: Path) -> None:
    spoken = Spoken(school())

    def slow_clock(request: httpx.Request) -> httpx.Response:
        answer = spoken.usual(request)
        answer.headers["Date"] = "Sun, 22 Nov 2026 11:30:00 GMT"
        return answer

    spoken.answering["organisations"] = slow_clock

    assert taken(spoken, tmp_path).state.changes_since == datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


def test_the_state_is_small_json_and_comes_back_the_same(tmp_path: Path) -> None:
    state = taken(Spoken(school()), tmp_path).state

    text = json.dumps(state.as_json())

    assert len(text) < 2_000
    assert State.from_json(json.loads(text)) == state


@pytest.mark.parametrize("found", [None, [], {}, {"version": 2}, {"version": 1}, "x"])
def test_a_state_that_cannot_be_read_is_said(found: object) -> None:
    with pytest.raises(BadRequest, match="cannot be read"):
        State.from_json(found)


# --- check ---------------------------------------------------------------------------------------


def test_a_check_says_what_is_offered_and_reads_one_page_of_each(tmp_path: Path) -> None:
    del tmp_path
    spoken = Spoken(school(attendances=[attendance()]), page=2)
    refusing(spoken, "absences", "limit", "organisation", status=403)

    found = check_source(
        spoken.open(), wish=Wish(since=date(2026, 8, 31), until=date(2026, 9, 6), now=NOW)
    )
    offers = {one.resource: (one.status, one.records, one.has_more) for one in found.offers}

    assert offers["persons"] == ("offered", 2, True)
    assert offers["attendances"] == ("offered", 1, False)
    assert offers["absences"] == ("refused", 0, False)
    assert offers["aggregatedAttendance"][0] == "not asked"
    assert not found.attendance_with_lessons
    assert "window-not-required" in {one.code for one in found.notices}
    assert json.dumps(found.as_json())
    assert len(spoken.questions("persons")) == 1
