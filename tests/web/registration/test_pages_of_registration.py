"""Registration over schools, at one school, in a class; who sees whose figures; help and reasons."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import LONG_AGO, Town
from tests.web.registration.school_weeks import DAYS, Told, lesson, usual

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.figures.models import Explanation, HelpNote
from narvaro.web.messages.models import Mail
from narvaro.web.pupils.models import Access, Enrolment, Protection, Pupil

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def principals(town: Town, principal: Assignment) -> Client:
    return town.signed_in(principal)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def school_url(town: Town, more: str = "") -> str:
    return f"/registrering/{town.units['almskolan'].public_id}/{more}"


def class_url(town: Town) -> str:
    return school_url(town, f"{town.units['almskolan/7B'].public_id}/")


@pytest.mark.usefixtures("teacher")
def test_the_overview_has_every_school_and_says_what_has_no_timetable(
    told: Told, town: Town
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))

    page = text(town.browser(Role.SYSTEM_OWNER, "linnasa"), "/registrering/")

    assert page.index("bjorkskolan") < page.index("almskolan")
    assert "Inget system" in page
    assert "Matematik 7B" in page
    assert "95 eller mer" in page


def test_a_principal_comes_to_the_own_school(told: Told, town: Town, principals: Client) -> None:
    told.deliver(usual())

    answer = principals.get("/registrering/")

    assert answer["Location"] == school_url(town)
    assert "Läser in schema" in text(principals, school_url(town))


def test_another_schools_principal_gets_not_found(told: Told, town: Town) -> None:
    told.deliver(usual())
    other = town.browser(Role.PRINCIPAL, "bjorkskolan")

    for more in ("", "okvitterade/", "larare/", "motsagelser/"):
        assert other.get(school_url(town, more)).status_code == 404


def test_per_teacher_figures_are_for_the_principal_of_the_school_alone(
    told: Told, town: Town, principals: Client, teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    others = [
        town.browser(Role.SYSTEM_OWNER, "linnasa"),
        town.browser(Role.HEAD_OF_SCHOOLS, "linnasa"),
        town.browser(Role.AREA_MANAGER, "norra"),
        town.browser(Role.ASSISTANT_PRINCIPAL, "almskolan"),
        town.signed_in(teacher),
    ]

    assert "Klara Provberg" in text(principals, school_url(town, "larare/"))
    for client in others:
        assert client.get(school_url(town, "larare/")).status_code == 404
        answer = client.get(school_url(town, "okvitterade/"))
        assert "Klara" not in answer.content.decode().split("<main")[-1]


def test_teachers_with_most_waiting_stand_first_and_none_is_numbered(
    told: Told,
    town: Town,
    principals: Client,
    teacher: Assignment,
    crafts_teacher: Assignment,
) -> None:
    assert teacher.account is not None
    assert crafts_teacher.account is not None
    told.deliver(usual(missing=["ma-11-27", "sl-11-26", "sl-11-27"]))

    page = text(principals, school_url(town, "larare/"))

    assert page.index("Sten Skojlund") < page.index("Klara Provberg")
    assert "<ol" not in page.split("<main")[1].split("</main")[0].split("</nav>")[-1]


def test_what_a_substitute_cannot_acknowledge_comes_to_the_principal(
    told: Told, town: Town, principals: Client, teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    own = town.signed_in(teacher)
    number = text(own, "/lektioner/").split('name="lessons" value="')[1].split('"')[0]
    own.post("/lektioner/skal/", {"lessons": [number], "reason": "substitute"})

    home = text(principals, "/att-gora/")

    assert "Matematik 7B · 1 lektion utan kvittering" in home
    assert "vikarien kan inte kvittera" in home


def test_lessons_without_a_teacher_are_one_row_for_the_principal(
    told: Told, principals: Client
) -> None:
    orphans = [
        lesson(f"no-{day}", day, at=time(13), teachers=None, acknowledged="no") for day in DAYS
    ]
    told.deliver([*usual(), *orphans])

    home = text(principals, "/att-gora/")

    assert home.count("lektioner utan kvittering") >= 1
    assert "10 lektioner utan kvittering" in home


def test_the_principal_can_say_why_for_a_whole_row(
    told: Told, town: Town, principals: Client
) -> None:
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]))
    page = text(principals, school_url(town, "okvitterade/"))
    numbers = [part.split('"')[0] for part in page.split('name="lessons" value="')[1:]]

    principals.post(school_url(town, "skal/"), {"lessons": numbers, "reason": "outing"})

    assert Explanation.objects.standing().count() == 2
    assert "Klassen var på annat" in text(principals, school_url(town))


def test_asking_queues_a_mail_once_a_week_that_can_be_undone(
    told: Told, town: Town, principals: Client, teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    page = text(principals, school_url(town))
    group = page.split("?grupp=")[1].split('"')[0]

    first = principals.post(school_url(town, "fraga/"), {"grupp": group}, follow=True)
    principals.post(school_url(town, "fraga/"), {"grupp": group})
    mail = Mail.objects.get()

    assert mail.to == teacher.account
    assert "Ångra" in first.content.decode()
    for secret in ("7B", "almskolan", "Almskolan", "Klara"):
        assert secret not in mail.body + mail.subject
    assert "påmind 1 gång" in text(principals, school_url(town))


def test_help_is_noted_and_resolved_by_a_named_person(told: Told, town: Town) -> None:
    told.deliver(usual())
    leader = town.somebody(Role.PROJECT_LEADER, "linnasa", name="Jonas Provberg")
    client = town.signed_in(leader)
    given = {"topic": "timetable", "text": "Läste in schemat", "given_on": "2026-11-25"}

    client.post(school_url(town, "hjalp/"), given)
    note = HelpNote.objects.get()
    open_page = text(client, school_url(town))
    client.post(f"/registrering/hjalp/{note.public_id}/", {"outcome": "Klart", "version": "1"})
    after = text(client, school_url(town))

    assert "Gavs av Jonas Provberg" in open_page
    assert "Inte avslutad" in open_page
    assert "Avslutad" in after
    writes = Entry.objects.filter(kind=Kind.WRITE, action__startswith="registration.")
    assert [one.action for one in writes.order_by("number")] == [
        "registration.help",
        "registration.resolve_help",
    ]
    assert "Läste" not in str([vars(one) for one in writes])


def test_who_comes_second_is_told_and_nothing_is_overwritten(told: Told, town: Town) -> None:
    told.deliver(usual())
    client = town.browser(Role.PROJECT_LEADER, "linnasa")
    given = {"topic": "timetable", "text": "Läste in schemat", "given_on": "2026-11-25"}
    client.post(school_url(town, "hjalp/"), given)
    note = HelpNote.objects.get()
    url = f"/registrering/hjalp/{note.public_id}/"
    client.post(url, {"outcome": "Först", "version": "1"})

    second = client.post(url, {"outcome": "Sedan", "version": "1"})

    assert second.status_code == 409
    assert "Först" in second.content.decode()
    assert "Sedan" in second.content.decode()
    note.refresh_from_db()
    assert note.outcome == "Först"


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"topic": "timetable", "text": "", "given_on": "2026-11-25"},
        {"topic": "nothing", "text": "x", "given_on": "2026-11-25"},
        {"topic": "timetable", "text": "x", "given_on": "2027-01-01"},
        {"topic": "timetable", "text": "x" * 501, "given_on": "2026-11-25"},
        {"topic": "timetable", "text": "x", "given_on": "0001-01-01"},
    ],
)
def test_help_that_is_not_whole_is_not_noted_and_nothing_is_cleared(
    told: Told, town: Town, wrong: dict[str, str]
) -> None:
    told.deliver(usual())
    client = town.browser(Role.PROJECT_LEADER, "linnasa")

    answer = client.post(school_url(town, "hjalp/"), wrong)

    assert answer.status_code == 200
    assert "Det här återstår" in answer.content.decode()
    assert not HelpNote.objects.exists()


@pytest.fixture
def pupils(town: Town) -> dict[str, Pupil]:
    """The three of 7B in the database."""
    found = {}
    for key in ("anna", "bo", "cilla"):
        found[key] = Pupil.objects.create(
            authority=town.authority, key=key, given_name=key.title(), family_name="Provsson"
        )
        Enrolment.objects.create(
            pupil=found[key],
            school_key="almskolan",
            class_key="almskolan/7B",
            grade="7",
            from_on=LONG_AGO,
        )
    return found


def absent(pupil: str, keys: list[str]) -> list[dict[str, object]]:
    return [{"lesson": key, "pupil": pupil, "valid_minutes": 60} for key in keys]


def test_the_class_shows_best_and_worst_case_of_pupils_near_the_limit(
    told: Told, town: Town, principals: Client, pupils: dict[str, Pupil]
) -> None:
    october = [lesson(f"okt-{n}", date(2026, 10, n), at=time(9)) for n in (5, 6, 7, 8, 9, 12, 13)]
    gaps = [lesson(f"gap-{n}", date(2026, 10, n), acknowledged="no") for n in (14, 15, 16, 19)]
    told.deliver([*october, *gaps], more={"marks": absent("anna", ["okt-5", "okt-6"])})

    page = text(principals, class_url(town))

    assert "Anna Provsson" in page
    assert "18,1" in page  # best: 2 of 11 lessons
    assert "54,5" in page  # worst: 6 of 11
    reads = Entry.objects.filter(kind=Kind.READ, action="registration.class").latest("number")
    assert f"pupil:{pupils['anna'].public_id}" in reads.subjects


def test_a_protected_pupil_near_the_limit_is_not_there(
    told: Told, town: Town, principals: Client, pupils: dict[str, Pupil]
) -> None:
    october = [lesson(f"okt-{n}", date(2026, 10, n), at=time(9)) for n in (5, 6, 7, 8, 9, 12, 13)]
    gaps = [lesson(f"gap-{n}", date(2026, 10, n), acknowledged="no") for n in (14, 15, 16, 19)]
    told.deliver([*october, *gaps], more={"marks": absent("anna", ["okt-5", "okt-6"])})
    Pupil.objects.filter(pk=pupils["anna"].pk).update(protection=Protection.MARKED)
    for account in Account.objects.all():  # not even for who may open the pupil's own page
        Access.objects.create(
            pupil=pupils["anna"], account=account, decided_by=account, from_on=date(2026, 8, 1)
        )

    assert "Anna" not in text(principals, class_url(town))


@pytest.mark.usefixtures("pupils")
def test_contradictions_are_a_worklist(told: Told, town: Town, principals: Client) -> None:
    day = DAYS[-1]
    left = {
        "pupil": "bo",
        "school": "almskolan",
        "class": "7B",
        "grade": "7",
        "starts_on": date(2026, 8, 17),
        "ends_on": date(2026, 11, 20),
        "recorded_at": "2026-11-29T08:00:00Z",
    }
    at_once = lesson("once", day, at=time(9, 30), subject="Musik", teachers="T2")
    told.deliver(
        [*usual(), at_once],
        more={
            "marks": [
                {"lesson": "ma-11-26", "pupil": "anna", "present_minutes": 60},
                {"lesson": "ma-11-27", "pupil": "bo", "invalid_minutes": 60},
                {"lesson": "ma-11-25", "pupil": "bo", "invalid_minutes": 60},
                {"lesson": "ma-11-27", "pupil": "cilla", "present_minutes": 60},
                {"lesson": "once", "pupil": "cilla", "present_minutes": 60},
            ],
            "announced_absences": [
                {
                    "pupil": "anna",
                    "starts_at": "2026-11-26T07:00:00+01:00",
                    "ends_at": "2026-11-26T17:00:00+01:00",
                    "kind": "notified",
                }
            ],
        },
    )
    told.deliver(more={"enrolments": [left]})

    page = text(principals, school_url(town, "motsagelser/"))
    rows = page.split("<tbody>")[1].split("<tr>")[1:]
    said = {(name, what) for row in rows for name in ("Anna", "Bo", "Cilla") if name in row
            for what in ("Närvarande, men", "sin sista dag", "samtidigt") if what in row}  # fmt: skip

    assert said == {
        ("Anna", "Närvarande, men"),
        ("Bo", "sin sista dag"),
        ("Cilla", "samtidigt"),
    }
    links = [re.search(r'<th scope="row"><a href="([^"]+)">', row) for row in rows]
    pages = [reverse("pupil", args=[one.public_id]) for one in Pupil.objects.all()]
    assert all(link and link[1] in pages for link in links)


def test_a_school_whose_deliveries_went_silent_is_not_blamed(
    told: Told, town: Town, principals: Client
) -> None:
    silent = datetime(2026, 11, 24, 4, tzinfo=UTC)
    told.deliver(usual(missing=["ma-11-25", "ma-11-26", "ma-11-27"]), arrived_at=silent)

    page = text(principals, school_url(town))

    assert "Inget har kommit från skolans system sedan" in page
    assert "Ingen lektion väntar på kvittering" in page
