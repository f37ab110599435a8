"""P9: analyses were weak because professions were missing; now it is seen, and over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse
from tests.web.meetings.conftest import NOW, School, cases, item_of, school

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.roles import Role
from narvaro.web.meetings import actions
from narvaro.web.meetings.actions.deciding import Decided, Thought
from narvaro.web.meetings.models import Meeting
from narvaro.web.meetings.participation import schools_page, term_of

__all__ = ["cases", "school"]
NURSE_AWAY = frozenset({Role.SCHOOL_NURSE})


def held_in_the_past(school: School, days: int, absent: frozenset[Role]) -> Meeting:
    return school.held(school.plan(starts_at=NOW - timedelta(days=days)), absent=absent)


def test_a_meeting_cannot_end_before_it_is_noted_which_professions_were_there(
    school: School,
) -> None:
    meeting = school.plan(starts_at=NOW - timedelta(hours=2))
    browser = school.browser()
    address = reverse("meeting", args=[meeting.public_id])

    told = browser.post(
        reverse("hold_meeting", args=[meeting.public_id]), {"version": "1"}, follow=True
    ).content.decode()
    answers = {f"person-{one.pk}": "yes" for one in meeting.invited.all()}
    half = browser.post(
        reverse("note_present", args=[meeting.public_id]), answers, follow=True
    ).content.decode()
    whole = answers | {"role-school_psychologist": "no"}
    browser.post(reverse("note_present", args=[meeting.public_id]), whole)
    browser.post(reverse("hold_meeting", args=[meeting.public_id]), {"version": "1"})

    assert "Anteckna först vilka som var med" in told
    assert "Ange för var och en" in half
    meeting.refresh_from_db()
    assert meeting.held_at is not None
    assert "Mötet är avslutat" in browser.get(address).content.decode()


def test_participation_is_counted_by_profession_for_the_school_and_the_area_manager(
    school: School,
) -> None:
    held_in_the_past(school, 3, NURSE_AWAY)
    held_in_the_past(school, 2, frozenset())
    manager = school.town.browser(Role.AREA_MANAGER, "norra")
    address = reverse("meeting_participation")

    own, area = (one.get(address).content.decode() for one in (school.browser(), manager))
    counted = schools_page(school.viewer(), "meetings.participation")[0]

    seen = {row.name: row.terms for row in counted.professions}
    terms = {term_of((NOW - timedelta(days=one)).astimezone(STOCKHOLM).date()) for one in (2, 3)}
    assert sum(one.present for one in seen["skolsköterska"] if one) == 1
    assert sum(one.expected for one in seen["skolsköterska"] if one) == 2
    assert sum(one.present for one in seen["skolpsykolog"] if one) == 0
    assert sum(counted.lacking) == sum(counted.held) == 2
    for page in (own, area):
        assert "Skolsköterska" in page
        assert len(terms) > 1 or "1 av 2" in page
        assert "Provsson" not in page.partition("<main")[2].partition("</main")[0]
    outsider = school.town.browser(Role.AREA_MANAGER, "linnasa")
    assert outsider.get(address).status_code == 200
    assert school.town.browser(Role.TEACHER, "almskolan/7B").get(address).status_code == 404


def test_a_meeting_that_ended_before_its_hour_is_counted_on_its_day(school: School) -> None:
    held = school.held(school.plan(starts_at=NOW - timedelta(days=2)), absent=NURSE_AWAY)
    by = school.viewer()
    early = replace(by, now=held.starts_at - timedelta(minutes=5), today=held.day)
    before = replace(by, now=held.starts_at - timedelta(days=1), today=held.day - timedelta(1))

    assert sum(schools_page(early, "meetings.participation")[0].held) == 1
    assert schools_page(before, "meetings.participation") == []


def test_the_analysis_is_structured_and_stands_in_the_minutes_with_who_was_there(
    school: School,
) -> None:
    meeting = school.plan(starts_at=NOW - timedelta(hours=2))
    alva = item_of(meeting, school.pupils[0])
    by = school.viewer()
    thought = Thought("Veckor med prov", "Hemmet ser samma sak", "Slöjd och bild")
    actions.analyse(item=alva, thought=thought, version=0, by=by, at=NOW)
    decided = Decided("back", "Tillbaka till mentor", "En annan väg in", by.account)
    actions.decide(item=alva, decided=decided, by=by, at=NOW)
    school.held(meeting, absent=NURSE_AWAY)

    minutes = school.browser().get(reverse("meeting_minutes", args=[meeting.public_id]))

    shown = minutes.content.decode()
    for words in ("Veckor med prov", "Hemmet ser samma sak", "Slöjd och bild", "En annan väg in"):
        assert words in shown
    assert shown.count("Inte med") == 2
    assert "Hanns inte. Punkten står på nästa möte." in shown
