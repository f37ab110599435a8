"""A teacher's own page: what waits, why not, and what the next delivery changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.web.conftest import Town
from tests.web.registration.school_weeks import DAYS, NIGHT, Told, usual

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.figures.models import Explanation, Reason
from narvaro.web.figures.registration.evidence import evidence_at

pytestmark = pytest.mark.usefixtures("noon")
EARLIER = NIGHT - timedelta(days=1, hours=5)


@pytest.fixture
def mine(town: Town, teacher: Assignment) -> Client:
    return town.signed_in(teacher)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def number(page: str) -> str:
    """The first lesson that can be marked on a page."""
    return page.split('name="lessons" value="')[1].split('"')[0]


def test_the_first_screen_tells_of_the_lessons_and_the_menu_counts_them(
    told: Told, mine: Client
) -> None:
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]))

    home = text(mine, "/att-gora/")

    assert "Kvittera 2 lektioner" in home
    assert "Matematik 7B fre\N{NO-BREAK SPACE}27\N{NO-BREAK SPACE}nov" in home
    assert "/lektioner/" in home


def test_the_lessons_stand_by_day_with_their_times(told: Told, mine: Client) -> None:
    told.deliver(usual(missing=["ma-11-26", "ma-11-27"]))

    page = text(mine, "/lektioner/")

    assert page.index("Fredag 27") < page.index("Torsdag 26")
    assert "09.00–10.00" in page
    assert "Slöjd" not in page


def test_with_everything_acknowledged_the_page_says_so(told: Told, mine: Client) -> None:
    told.deliver(usual())

    assert "Inget att kvittera" in text(mine, "/lektioner/")
    assert "Kvittera 1" not in text(mine, "/att-gora/")


def test_before_anything_is_told_the_page_does_not_say_nought(mine: Client) -> None:
    assert "Det är inte noll" in text(mine, "/lektioner/")


def test_a_reason_takes_the_lesson_from_the_queue_and_changes_no_figure(
    told: Told, mine: Client, noon: datetime
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    before = figures(noon)
    answer = mine.post(
        "/lektioner/skal/",
        {"lessons": [number(text(mine, "/lektioner/"))], "reason": "outing"},
        follow=True,
    )

    assert "Skälet är noterat för 1 lektion" in answer.content.decode()
    assert "Kvittera 1" not in text(mine, "/att-gora/")
    assert figures(noon) == before
    assert [(one.kind, one.reason) for one in Entry.objects.filter(action__contains="explain")] == [
        (Kind.WRITE, "outing")
    ]


def figures(noon: datetime) -> object:
    evidence = evidence_at(noon)
    assert evidence is not None
    counts = evidence.days("almskolan")
    return {day: (one.by_time, one.by_lessons) for day, one in counts.items()}


def test_one_reason_can_be_given_for_many_lessons_and_taken_back_at_once(
    told: Told, mine: Client
) -> None:
    told.deliver(usual(missing=["ma-11-25", "ma-11-26", "ma-11-27"]))
    page = text(mine, "/lektioner/")
    numbers = [part.split('"')[0] for part in page.split('name="lessons" value="')[1:]]
    mine.post("/lektioner/skal/", {"lessons": numbers, "reason": "system_down"})
    one = Explanation.objects.standing().first()
    assert one is not None

    mine.post(f"/registrering/skal/{one.public_id}/ta-tillbaka/")

    assert len(numbers) == 3
    assert Explanation.objects.count() == 3
    assert not Explanation.objects.standing().exists()
    assert "3 lektioner är inte kvitterade" in text(mine, "/lektioner/")


def test_done_now_in_the_source_holds_until_the_day_is_told_of(told: Told, mine: Client) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    page = text(mine, "/lektioner/")

    mine.post("/lektioner/skal/", {"lessons": [number(page)], "reason": "done_at_source"})
    after = text(mine, "/lektioner/")

    assert "Inget att kvittera" in after
    Explanation.objects.update(noted_at=NIGHT - timedelta(days=2))
    assert "1 lektion är inte kvitterad" in text(mine, "/lektioner/")


@pytest.mark.parametrize("wrong", [{}, {"reason": "outing"}, {"lessons": ["1"], "reason": "x"}])
def test_a_form_that_is_not_whole_says_what_remains_and_notes_nothing(
    told: Told, mine: Client, wrong: dict[str, object]
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))

    answer = mine.post("/lektioner/skal/", wrong)

    assert answer.status_code == 200
    assert "Det här återstår" in answer.content.decode()
    assert not Explanation.objects.exists()


def test_a_reason_for_a_colleagues_lesson_is_not_taken(
    told: Told, mine: Client, town: Town, crafts_teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27", "sl-11-27"]))
    theirs = number(text(town.signed_in(crafts_teacher), "/lektioner/"))

    answer = mine.post("/lektioner/skal/", {"lessons": [theirs], "reason": "outing"})

    assert "Det här återstår" in answer.content.decode()
    assert not Explanation.objects.exists()


def test_a_colleague_cannot_take_a_reason_back(
    told: Told, mine: Client, town: Town, crafts_teacher: Assignment
) -> None:
    told.deliver(usual(missing=["ma-11-27"]))
    page = text(mine, "/lektioner/")
    mine.post("/lektioner/skal/", {"lessons": [number(page)], "reason": "outing"})
    one = Explanation.objects.get()

    answer = town.signed_in(crafts_teacher).post(f"/registrering/skal/{one.public_id}/ta-tillbaka/")

    assert answer.status_code == 404
    assert Explanation.objects.standing().count() == 1


def test_the_lesson_leaves_when_the_next_delivery_has_the_acknowledgement(
    told: Told, mine: Client
) -> None:
    told.deliver(usual(missing=["ma-11-27"]), arrived_at=EARLIER)
    before = text(mine, "/lektioner/")
    told.deliver(usual())

    assert "1 lektion är inte kvitterad" in before
    assert "Inget att kvittera" in text(mine, "/lektioner/")


def test_an_administrator_has_no_such_page(told: Told, town: Town) -> None:
    told.deliver(usual())

    assert town.browser(Role.ADMINISTRATOR, "linnasa").get("/lektioner/").status_code == 404


def test_every_reason_has_a_cause() -> None:
    from narvaro.web.figures.registration.asking import SOLVERS, Cause
    from narvaro.web.figures.registration.words import CAUSES

    assert {Cause(str(one)) for one in Reason} < set(SOLVERS)
    assert set(CAUSES) == set(Cause) == set(SOLVERS)


def test_the_days_are_school_days() -> None:
    assert all(day.weekday() < 5 for day in DAYS)
