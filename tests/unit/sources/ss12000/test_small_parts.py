"""Personal numbers, spans of days, scopes, plans and profiles."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narvaro.errors import BadRequest, InputRefused, NotFound
from narvaro.sources.ss12000 import Profile, State, open_folder, open_server, read_profile
from narvaro.sources.ss12000.civic_numbers import birth_date_in, normalised
from narvaro.sources.ss12000.desk import Window
from narvaro.sources.ss12000.plan import months_within, planned
from narvaro.sources.ss12000.scope import Scope
from narvaro.sources.ss12000.settings import SETTINGS
from narvaro.sources.ss12000.spans import OPEN, Span, by_class, cut, merged

TODAY = date(2026, 11, 22)
FIRST = date(2020, 1, 1).toordinal()


# --- personal numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "born", "value"),
    [
        ("201399189130", None, ("civic", "201399189130")),
        ("20139918-9130", None, ("civic", "201399189130")),
        ("139918-9130", None, ("civic", "201399189130")),
        ("1399189130", None, ("civic", "201399189130")),
        (" 139918-9130 ", None, ("civic", "201399189130")),
        ("989918-9130", None, ("civic", "199899189130")),
        ("139918+9130", None, ("civic", "191399189130")),
        ("139918-9130", date(1913, 1, 1), ("civic", "191399189130")),
        ("129978-9130", date(2012, 6, 18), ("civic", "201299789130")),
        ("20130101TF01", None, ("temporary", "20130101TF01")),
        ("130101-tf01", None, ("temporary", "20130101TF01")),
        ("130101T001", None, ("temporary", "20130101T001")),
        ("13991891", None, None),
        ("", None, None),
        (None, None, None),
        (1399189130, None, None),
        ("１３９９１８-9130", None, None),
    ],
)
def test_a_personal_number_has_one_form(
    text: object, born: date | None, value: tuple[str, str] | None
) -> None:
    assert normalised(text, born_on=born, today=TODAY) == value


def test_a_birth_date_is_read_from_a_number_where_it_exists() -> None:
    assert birth_date_in("201305089999") == date(2013, 5, 8)
    assert birth_date_in("201305689999") == date(2013, 5, 8)
    assert birth_date_in("201399189130") is None
    assert birth_date_in("x") is None


# --- spans ---------------------------------------------------------------------------------------

days = st.integers(0, 40)


def day(number: int) -> str:
    return date.fromordinal(FIRST + number).isoformat()


ALL_DAYS = [day(number) for number in range(80)]


@st.composite
def spans(draw: st.DrawFn, of: st.SearchStrategy[str | None] = st.none()) -> Span:  # noqa: B008
    first = draw(days)
    length = draw(st.integers(0, 15) | st.none())
    return Span(day(first), OPEN if length is None else day(first + length), draw(of))


def held(one: Span) -> set[str]:
    return {at for at in ALL_DAYS if one.first <= at <= one.last}


@settings(deadline=None)
@given(st.lists(spans(), max_size=6))
def test_merged_spans_hold_the_same_days_and_do_not_touch(given_spans: list[Span]) -> None:
    found = merged(given_spans)

    assert set().union(*map(held, found)) == set().union(*map(held, given_spans))
    assert all(one.last < other.first for one, other in pairwise(found))
    assert sum(len(held(one)) for one in found) == len(set().union(*map(held, found)))


@settings(deadline=None)
@given(spans(), st.lists(spans(), max_size=5))
def test_a_cut_span_holds_the_days_of_both(one: Span, others: list[Span]) -> None:
    found = cut(one, merged(others))

    both = held(one) & set().union(*map(held, others))
    assert set().union(*map(held, found)) == both


@settings(deadline=None)
@given(spans(), st.lists(spans(st.sampled_from("abc")), max_size=5))
def test_classes_cover_an_enrolment_exactly_and_name_one_that_holds(
    enrolment: Span, classes: list[Span]
) -> None:
    found = by_class(enrolment, classes)

    assert found[0].first == enrolment.first
    assert found[-1].last == enrolment.last
    assert sum(len(held(one)) for one in found) == len(held(enrolment))
    for part in found:
        for at in held(part):
            holding = {one.of for one in classes if at in held(one)}
            assert part.of in holding if holding else part.of is None
    assert all(one.of != other.of for one, other in pairwise(found))


# --- scope and plan ------------------------------------------------------------------------------


def test_a_scope_holds_what_is_below_and_survives_a_circle() -> None:
    scope = Scope(("town",))
    for child, parent in (
        ("town", None),
        ("area", "town"),
        ("unit", "area"),
        ("x", "y"),
        ("y", "x"),
    ):
        scope.learn(child, parent)

    assert scope.wants("unit")
    assert not scope.wants("x")
    assert not scope.wants(None)
    assert not scope.wants("stranger")
    assert Scope(("unit",)).unknown() == ("unit",)


def test_a_first_load_covers_the_school_year_in_weeks() -> None:
    plan = planned(
        State(), since=None, until=date(2026, 8, 23), reread_weeks=4, overlap=timedelta(minutes=10)
    )

    assert plan.everything == Window(date(2026, 7, 1), date(2026, 8, 24))
    assert plan.weeks[0] == Window(date(2026, 7, 1), date(2026, 7, 6))
    assert plan.weeks[-1] == Window(date(2026, 8, 17), date(2026, 8, 24))
    assert plan.changes_since is None
    assert plan.before is None


def test_a_later_load_reads_the_last_weeks_again_and_asks_for_changes_before() -> None:
    state = State(
        changes_since=datetime(2026, 11, 15, 12, tzinfo=UTC),
        lessons_from=date(2026, 7, 1),
        lessons_until=date(2026, 11, 16),
    )
    plan = planned(
        state, since=None, until=date(2026, 11, 22), reread_weeks=4, overlap=timedelta(minutes=15)
    )

    assert plan.reread == Window(date(2026, 10, 19), date(2026, 11, 23))
    assert plan.before == Window(date(2026, 7, 1), date(2026, 10, 19))
    assert plan.changes_since == datetime(2026, 11, 15, 11, 45, tzinfo=UTC)


def test_a_long_silence_is_caught_up_from_where_the_last_load_ended() -> None:
    state = State(
        changes_since=datetime(2026, 8, 20, tzinfo=UTC),
        lessons_from=date(2026, 7, 1),
        lessons_until=date(2026, 8, 21),
    )
    plan = planned(
        state, since=None, until=date(2026, 11, 22), reread_weeks=1, overlap=timedelta(minutes=15)
    )

    assert plan.weeks[0].first == date(2026, 8, 10)
    assert plan.weeks[-1].end == date(2026, 11, 23)


def test_months_are_whole_and_over() -> None:
    window = Window(date(2026, 8, 15), date(2026, 11, 23))

    assert list(months_within(window, today=TODAY)) == [
        Window(date(2026, 8, 1), date(2026, 9, 1)),
        Window(date(2026, 9, 1), date(2026, 10, 1)),
        Window(date(2026, 10, 1), date(2026, 11, 1)),
    ]


# --- profiles ------------------------------------------------------------------------------------

WHOLE = """
[source]
name = "kommunen"
base_url = "https://skola.invalid/v2.0"
naive_times = "Europe/Stockholm"
organisations = ["1"]
read = ["persons", "organisations"]
page_size = 200

[access]
kind = "client_credentials"
token_url = "https://tokens.invalid/token"
client_id = "us"
secret_env = "SECRET"

[base_urls]
attendances = "https://other.invalid/api"

[headers]
"X-Customer" = "kommunen"

[reasons]
" Tandregleraren " = "other_valid"
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "source.toml").write_text(text, encoding="utf-8")
    return tmp_path / "source.toml"


def test_a_profile_is_read_whole(tmp_path: Path) -> None:
    found = read_profile(written(tmp_path, WHOLE))

    assert found.url_of("persons") == "https://skola.invalid/v2.0/persons"
    assert found.url_of("attendances") == "https://other.invalid/api/attendances"
    assert found.reasons["tandregleraren"] == "other_valid"
    assert found.reasons["sjuk"] == "notified"
    assert found.naive_zone is not None
    assert (found.access.kind, found.headers["X-Customer"]) == ("client_credentials", "kommunen")


def test_every_fault_of_a_profile_is_told_at_once(tmp_path: Path) -> None:
    text = """
    [source]
    base_url = "http://skola.invalid/v2.0"
    zone = "Mars/Olympus"
    naive_times = 7
    page_size = 0
    overlap_minutes = 5
    read = ["grades"]
    colour = "red"
    allow_http = "no"
    aggregated = "now and then"
    organisations = [1]
    [access]
    kind = "client_credentials"
    token_url = "tokens.invalid"
    [base_urls]
    grades = "https://x.invalid"
    persons = "ftp://x.invalid"
    [headers]
    a = 1
    [reasons]
    sjuk = "ill"
    [other]
    """
    with pytest.raises(InputRefused) as refused:
        read_profile(written(tmp_path, text))

    assert {(fault.line and "") or fault.column for fault in refused.value.faults} == {
        "source.base_url",
        "source.zone",
        "source.naive_times",
        "source.page_size",
        "source.overlap_minutes",
        "source.read",
        "source.colour",
        "source.allow_http",
        "source.aggregated",
        "source.organisations",
        "access.token_url",
        "access.client_id",
        "access.secret_env",
        "base_urls.grades",
        "base_urls.persons",
        "headers.a",
        "reasons",
        "other",
    }


@pytest.mark.parametrize("text", ["[source", "\x00", "source = 1", "[[access]]"])
def test_a_profile_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_profile(written(tmp_path, text))


def test_a_profile_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_profile(tmp_path / "nothing.toml")


def test_loopback_needs_no_tls(tmp_path: Path) -> None:
    text = '[source]\nbase_url = "http://127.0.0.1:8000/v2.0"'

    assert read_profile(written(tmp_path, text)).base_url.startswith("http://127")


def test_the_defaults_of_a_profile_pass_its_own_settings() -> None:
    profile, names = (
        Profile(),
        {setting.name for setting in SETTINGS if setting.section == "source"},
    )

    assert {name for name in names if not hasattr(profile, name)} == set()
    access = {setting.name for setting in SETTINGS if setting.section == "access"}
    assert {name for name in access if not hasattr(profile.access, name)} == set()


def test_a_server_without_an_address_is_refused() -> None:
    with pytest.raises(BadRequest, match="base_url"):
        open_server(Profile())


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no recorded pages"):
        open_folder(tmp_path)
