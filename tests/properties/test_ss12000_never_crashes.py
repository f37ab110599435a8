"""Whatever a server answers, a load ends in rows, notices and quarantine, never in a crash."""

from __future__ import annotations

import copy
import json
import os
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.sources.ss12000.delivered import keys
from tests.unit.sources.ss12000.making import NOW, absence, attendance, ref, school

from narvaro.errors import InputRefused, SourceUnreachable
from narvaro.exchange import check_delivery
from narvaro.sources.ss12000 import Profile, Wish, load, open_folder, profile_from
from narvaro.sources.ss12000.answers import PageUnreadable, decode
from narvaro.sources.ss12000.moments import read_day, read_moment
from narvaro.sources.ss12000.notices import BadRow

LONG = os.environ.get("NARVARO_LONG") == "1"
EXAMPLES = settings(
    max_examples=600 if LONG else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

words = st.sampled_from(
    ("", "p1", "unit", "Klass", "GR", "Undervisning", "2026-09-01", "1914-01-01", "9999-12-31",
     "2026-09-01T08:00:00+02:00", "2026-09-01T08:00:00", "0001-01-01T00:00:00+14:00", "\ud800",
     "\x00", "x" * 300, "129918-9130", "true")
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def whole() -> dict[str, Any]:
    """A school with one of everything, so that spoiling it reaches every reader."""
    exceptions = [{"student": ref("p2"), "participates": False}]
    teachers = [{"duty": ref("d"), "participates": False}]
    found = school(
        attendances=[attendance(), attendance(student="p2", absenceReason="sjuk")],
        absences=[absence()],
        aggregatedAttendance=[
            {"activity": ref("a"), "student": ref("p1"), "startDate": "2026-09-01",
             "endDate": "2026-09-30", "attendanceSum": 10, "offeredSum": 20}
        ],
        deletedEntities=[],
    )  # fmt: skip
    found["calendarEvents"][0] |= {
        "studentExceptions": exceptions,
        "teacherExceptions": teachers,
        "_embedded": {
            "attendance": [attendance()],
            "activity": copy.deepcopy(found["activities"][0]),
        },
    }
    found["persons"][0] |= {
        "civicNo": {"value": "139918-9130"},
        "externalIdentifiers": [{"value": "1", "context": "x"}],
        "responsibles": [{"person": ref("t1")}],
    }
    found["duties"][0]["assignmentRole"] = [{"group": ref("g"), "assignmentRoleType": "Mentor"}]
    return found


def places(found: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the resources that can hold something else."""
    inside = (
        found.items()
        if isinstance(found, dict)
        else enumerate(found)
        if isinstance(found, list)
        else ()
    )
    below = [place for key, value in inside for place in places(value, (*path, key))]
    return ([path] if len(path) > 1 else []) + below


PLACES = places(whole())


class Sink:
    """Takes everything and keeps nothing."""

    def pupil(self, identity: object) -> None:
        """Drop it."""

    guardian = staff = pupil


def load_pages(pages: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pages"
        source.mkdir()
        for name, rows in pages.items():
            text = json.dumps({"data": rows, "pageToken": None})
            (source / f"{name}-1.json").write_text(text, encoding="utf-8")
        profile = random.Random(len(str(pages))).choice(
            (Profile(), Profile(organisations=("unit",)))
        )
        try:
            load(
                open_folder(source, profile),
                into=Path(folder) / "out",
                keys=keys,
                wish=Wish(now=NOW, sink=Sink()),
            )
        except SourceUnreachable:
            return
        if not LONG and len(str(pages)) % 5:
            return
        checked = check_delivery(Path(folder) / "out", into=Path(folder) / "checked")
        told = [fault for fault in checked.faults if fault.table != "period_summaries"]
        assert told == []


@EXAMPLES
@given(st.lists(st.tuples(st.sampled_from(PLACES), anything), min_size=1, max_size=6))
def test_one_spoiled_property_anywhere_never_stops_the_load(
    spoiled: list[tuple[tuple[Any, ...], Any]],
) -> None:
    pages = whole()
    for path, value in spoiled:
        at: Any = pages
        try:
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    load_pages({name: rows for name, rows in pages.items() if isinstance(rows, list)})


@EXAMPLES
@given(st.dictionaries(st.sampled_from(tuple(whole())), st.lists(anything, max_size=4), min_size=1))
def test_rows_of_anything_at_all_never_stop_the_load(pages: dict[str, Any]) -> None:
    load_pages(pages)


@settings(deadline=None)
@given(st.binary(max_size=200) | anything.map(lambda one: json.dumps(one).encode()))
def test_a_body_is_a_page_or_cannot_be_read(body: bytes) -> None:
    try:
        page = decode(body, "persons")
    except PageUnreadable as unreadable:
        said = str(unreadable)
    else:
        said = "a page of persons is read"
        assert isinstance(page.rows, list)
        assert len(page.digest()) == 16
    assert said.startswith("a page of persons ")


@settings(deadline=None)
@given(anything | st.datetimes().map(str) | st.text(max_size=45))
def test_a_time_is_read_or_refused_without_repeating_it(value: Any) -> None:
    said = []
    for reading in (
        lambda: read_moment(value, "startTime", naive=NOW.tzinfo),
        lambda: read_moment(value, "startTime", naive=None),
        lambda: read_day(value, "startTime", zone=Profile().local_zone),
    ):
        try:
            reading()
        except BadRow as bad:
            said.append(bad.reason)
    assert all(reason.startswith("startTime ") for reason in said)
    assert len(str(value)) < 8 or not any(str(value) in reason for reason in said)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(("source", "access", "base_urls", "headers", "reasons", "x")), anything
    )
)
def test_a_profile_is_read_or_refused(found: dict[str, Any]) -> None:
    try:
        faults: object = isinstance(profile_from(found), Profile)
    except InputRefused as refused:
        faults = refused.faults
    assert faults


@pytest.mark.parametrize("depth", [10, 5_000])
def test_a_deep_record_is_refused_alone(depth: int, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    deep = '{"a":' * depth + "1" + "}" * depth
    for name, rows in school().items():
        text = json.dumps({"data": rows})
        (pages / f"{name}-1.json").write_text(text, encoding="utf-8")
    text = f'{{"data": [{{"id": "e", "startTime": {deep}}}]}}'
    (pages / "calendarEvents-1.json").write_text(text, encoding="utf-8")

    found = load(open_folder(pages), into=tmp_path / "out", keys=keys, wish=Wish(now=NOW))

    assert found.ended_early or found.quarantined
