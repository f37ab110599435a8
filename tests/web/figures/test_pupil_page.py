"""The pupil's page: who sees what of it, what it says, and what it never offers."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.figures.conftest import NOW

from narvaro.timetable import ZONE
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.figures.facts.opened import opened
from narvaro.web.pupils.models import Enrolment, Protection, Pupil

TODAY = NOW.astimezone(ZONE).date()


@pytest.fixture
def at_the_limit(schooled: Town, settings: Settings) -> Pupil:
    """A pupil with 450 of 3000 minutes absent: 15 per cent exactly."""
    return _known(schooled, settings, absent=450)


def _known(town: Town, settings: Settings, *, absent: int) -> Pupil:
    settings.DEMO, settings.TODAY = True, TODAY
    key = _key_with(absent)
    pupil = Pupil.objects.create(
        authority=town.authority, key=key, given_name="Påhittad", family_name="Provsson"
    )
    Enrolment.objects.create(
        pupil=pupil,
        school_key="elementary",
        class_key="elementary/7A",
        grade="7",
        from_on=date(2017, 8, 1),
    )
    return pupil


def _key_with(absent: int) -> str:
    from narvaro.measurement import measure
    from narvaro.timetable import parse_at

    found = opened()
    assert found is not None
    rows = measure(found.snapshot, window="rolling-months:3", at=parse_at("2017-12"), known_at=NOW)
    return next(row.pupil for row in rows if row.absent_minutes == absent)


def _browser(town: Town, role: Role, place: str) -> Client:
    """Somebody who held the role in the small town's own year."""
    somebody = town.somebody(role, place)
    somebody.from_on = date(2015, 1, 1)
    somebody.save()
    return town.signed_in(somebody)


def _page(client: Client, pupil: Pupil, more: str = "") -> str:
    answer = client.get(f"/elever/{pupil.public_id}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


class _Controls(HTMLParser):
    """What somebody can choose on a page: its forms' fields, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[dict[str, str | None]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("input", "select", "button", "option", "textarea"):
            self.fields.append(dict(attrs))
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")


def test_a_mentor_sees_a_pupil_of_the_own_class_and_the_reading_is_logged(
    schooled: Town, at_the_limit: Pupil
) -> None:
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)

    assert "15,0\N{NO-BREAK SPACE}%" in said
    entry = Entry.objects.get(action="pupils.pupil")
    assert (entry.kind, entry.subjects) == (Kind.READ, [f"pupil:{at_the_limit.public_id}"])


def test_a_teacher_of_another_class_and_a_principal_of_another_school_get_not_found(
    schooled: Town, at_the_limit: Pupil
) -> None:
    schooled.unit("elementary/8B", UnitKind.CLASS, under="elementary")
    for role, place in ((Role.TEACHER, "elementary/8B"), (Role.PRINCIPAL, "other")):
        answer = _browser(schooled, role, place).get(f"/elever/{at_the_limit.public_id}/")
        assert answer.status_code == 404


def test_a_protected_pupil_is_nobody_to_who_is_not_on_the_list(
    schooled: Town, at_the_limit: Pupil
) -> None:
    at_the_limit.protection = Protection.MARKED
    at_the_limit.save()

    answer = _browser(schooled, Role.PRINCIPAL, "elementary").get(
        f"/elever/{at_the_limit.public_id}/"
    )

    assert answer.status_code == 404


def test_printing_is_logged_as_a_reading_with_its_own_purpose(
    schooled: Town, at_the_limit: Pupil
) -> None:
    _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit, "utskrift/")

    entry = Entry.objects.get(action="pupils.pupil")
    assert (entry.kind, entry.reason) == (Kind.PRINT, "utskrift")


def test_the_title_never_names_anybody(schooled: Town, at_the_limit: Pupil) -> None:
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)

    assert re.findall(r"<title>(.*?)</title>", said)[0] == "Elev – Närvaro"
    assert "Påhittad Provsson" in said


def test_a_teacher_sees_this_school_year_only_and_a_mentor_all(
    schooled: Town, at_the_limit: Pupil
) -> None:
    teacher = _browser(schooled, Role.TEACHER, "elementary/7A")

    assert "Alla läsår" not in _page(teacher, at_the_limit)
    assert teacher.get(f"/elever/{at_the_limit.public_id}/lasar/").status_code == 404
    mentor = _browser(schooled, Role.MENTOR, "elementary/7A")
    assert "Alla läsår" in _page(mentor, at_the_limit)
    assert "2017/18" in _page(mentor, at_the_limit, "lasar/")


def test_a_stay_in_an_earlier_school_year_is_for_those_entitled_to_history(
    schooled: Town, at_the_limit: Pupil
) -> None:
    Enrolment.objects.create(
        pupil=at_the_limit,
        school_key="other",
        class_key="other/6Z",
        from_on=date(2016, 8, 1),
        to_on=date(2017, 6, 30),
    )

    assert "<td>6Z</td>" not in _page(
        _browser(schooled, Role.TEACHER, "elementary/7A"), at_the_limit
    )
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)
    assert "<td>6Z</td>" in said
    assert "har bytt skola en gång" in said


def test_no_control_leaves_valid_absence_out(schooled: Town, at_the_limit: Pupil) -> None:
    client = _browser(schooled, Role.MENTOR, "elementary/7A")
    said = _page(client, at_the_limit)
    controls = _Controls()
    controls.feed(said[said.index("<main") : said.index("</main>")])

    assert controls.fields == []
    assert [link for link in controls.links if "?" in link] == []
    for attempt in ("?bara=ogiltig", "?giltig=0", "?valid=false"):
        with_it = client.get(f"/elever/{at_the_limit.public_id}/{attempt}").content.decode()
        assert _share(with_it) == _share(said)


def _share(said: str) -> str:
    return str(re.findall(r'<p class="figure">(.*?)</p>', said)[0])


def test_valid_invalid_and_leave_stand_apart_and_add_up_to_what_counts(
    schooled: Town, settings: Settings
) -> None:
    often = _known(schooled, settings, absent=400)
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), often)
    table = said[said.index('class="sums"') :]
    table = table[: table.index("</table>")]
    cells = re.findall(r"<td>([\d\N{NARROW NO-BREAK SPACE}\N{MINUS SIGN}]+)", table)
    minutes = [int(re.sub(r"\D", "", one)) for one in cells]

    scheduled, acknowledged, *parts, absent = minutes
    assert (scheduled, acknowledged, absent) == (3000, 3000, 400)
    assert sum(parts) == absent


def test_a_pupil_of_no_rule_is_not_said_to_have_been_present(
    schooled: Town, settings: Settings
) -> None:
    settings.DEMO, settings.TODAY = True, TODAY
    new = Pupil.objects.create(authority=schooled.authority, key="nobody-in-the-ledger")
    Enrolment.objects.create(
        pupil=new, school_key="elementary", class_key="elementary/7A", from_on=TODAY
    )

    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), new)

    assert "Det är inte noll frånvaro" in said
    assert "0,0" not in said[said.index("<main") :]


def test_the_order_is_what_happened_what_we_know_what_we_will_do(
    schooled: Town, at_the_limit: Pupil
) -> None:
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)

    places = [
        said.index(f"<h2>{words}</h2>")
        for words in ("Det som hänt", "Det vi vet", "Det vi ska göra")
    ]
    assert places == sorted(places)


def test_every_chart_has_its_table(schooled: Town, at_the_limit: Pupil) -> None:
    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)

    assert said.count('<figure class="chart">') == said.count("chart-table") + said.count(
        'class="sums"'
    )


def test_the_page_is_small(schooled: Town, at_the_limit: Pupil) -> None:
    import gzip

    said = _page(_browser(schooled, Role.MENTOR, "elementary/7A"), at_the_limit)

    assert len(gzip.compress(said.encode())) < 40_000


def test_the_page_speaks_english(schooled: Town, at_the_limit: Pupil) -> None:
    client = _browser(schooled, Role.MENTOR, "elementary/7A")
    answer = client.get(f"/elever/{at_the_limit.public_id}/", headers={"accept-language": "en"})

    assert answer.status_code == 200
