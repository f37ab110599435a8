"""P11: fewer and fewer came to consultations, and did not say so. Now it is asked, seen and counted."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from tests.web.consultations.conftest import BOTH, NOW, Care, care

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.consultations import actions
from narvaro.web.consultations.attendance import counts_of, schools_rows
from narvaro.web.consultations.models import Answer, Booking
from narvaro.web.consultations.offers import _reminders, _to_answer, _to_note
from narvaro.web.projects.models import Event, Project

__all__ = ["care"]
COUNSELLOR, NURSE = BOTH
WEEK = timedelta(weeks=1)


def test_who_is_asked_is_reminded_and_answers_with_one_click(care: Care) -> None:
    made = care.book(care.offer())
    before = care.viewer(NURSE, made.slot.starts_at - timedelta(hours=20))

    assert [row.verb for row in _to_answer(before)] == ["Svara om du kommer"]
    assert [line.text for line in _reminders(before)] == ["1 konsultation i dag eller i morgon"]
    care.answers(made, NURSE, Answer.DOES_NOT)
    assert not list(_to_answer(before))
    assert not list(_reminders(before))


def test_no_word_and_no_show_stand_apart_from_having_told(care: Care) -> None:
    told = care.book(care.offer())
    care.answers(told, NURSE, Answer.DOES_NOT)
    care.noted(told, [COUNSELLOR])
    silent = care.book(care.offer(NOW + 3 * WEEK))
    care.noted(silent, [COUNSELLOR])

    counts = counts_of(Booking.objects.prefetch_related("asked"))
    assert (counts.places, counts.came, counts.told, counts.no_shows) == (4, 2, 1, 1)

    care.now = NOW + 5 * WEEK
    adviser = care.browser(Role.AGENCY_CONTACT, "kliniken")
    shown = [
        adviser.get(reverse("consultation", args=[one.slot.public_id])).content.decode()
        for one in (told, silent)
    ]
    assert "Kom inte, hade sagt till" in shown[0]
    assert "Kom inte, hade inte sagt till" in shown[1]


def test_the_adviser_is_asked_to_note_who_came_until_it_is_done(care: Care) -> None:
    made = care.book(care.offer())
    after = care.adviser(made.slot.ends_at)

    assert [row.verb for row in _to_note(after)] == ["Anteckna vilka som kom"]
    care.noted(made, [])
    assert not list(_to_note(after))


def test_fewer_and_fewer_is_seen_by_school_and_term_across_a_change_of_agency(care: Care) -> None:
    """The clinic's adviser in spring, the health centre's from the autumn: one row of a school."""
    spring = NOW.replace(month=3)
    for number in range(2):
        first = care.book(care.offer(spring + number * WEEK, at=spring - WEEK), at=spring - WEEK)
        care.noted(first, BOTH)
    Assignment.objects.filter(unit=care.town.units["kliniken"]).update(to_on=date(2026, 8, 31))
    autumn = care.offer(NOW - WEEK, at=NOW - 3 * WEEK, where="vårdcentralen")
    care.noted(care.book(autumn, at=NOW - 3 * WEEK), [])

    viewer = care.viewer(Role.PRINCIPAL)
    (row,) = schools_rows(viewer, "consultations.attendance")

    assert row.advisers == ["Region Linnåsa", "Linnåsa vårdcentral"]
    assert [one.counts.share for one in row.terms] == [None, (4, 4), (0, 2)]
    assert (row.terms[-1].counts.empty, row.terms[-1].counts.held) == (1, 1)
    assert [one.term.name for one in row.terms] == ["ht 2025", "vt 2026", "ht 2026"]


def test_a_time_that_cannot_be_used_is_given_back_and_late_is_told_from_in_time(
    care: Care,
) -> None:
    in_time = care.book(care.offer(NOW + WEEK, closes_days=2))
    late = care.book(care.offer(NOW + 2 * WEEK, closes_days=2))
    actions.take_back(booking=in_time, version=1, by=care.viewer(COUNSELLOR), at=NOW)
    evening = late.slot.starts_at - timedelta(hours=12)
    actions.take_back(booking=late, version=1, by=care.viewer(COUNSELLOR, evening), at=evening)

    after = care.viewer(Role.PRINCIPAL, NOW + 3 * WEEK)
    (row,) = schools_rows(after, "consultations.attendance")

    assert (row.terms[-1].given_back, row.terms[-1].late) == (2, 1)


def test_what_happened_at_the_school_stands_beside_who_came(care: Care) -> None:
    """Staff were moved after an order (P14): read with the counts, by those who see the project."""
    care.noted(care.book(care.offer(NOW - WEEK, at=NOW - 2 * WEEK), at=NOW - 2 * WEEK), [])
    project = Project.objects.create(name="P", programme="boras-2016", from_on=date(2026, 1, 1))
    project.authorities.add(care.town.authority)
    Event.objects.create(
        project=project,
        school=care.town.units["almskolan"],
        kind="staff",
        on=date(2026, 10, 1),
        text="Elevhälsans personal flyttades efter föreläggande",
    )
    leader = care.town.somebody(Role.PROJECT_LEADER, "linnasa")
    care.people["linnasa", Role.PROJECT_LEADER] = leader
    seen = schools_rows(
        care.viewer(Role.PROJECT_LEADER, where="linnasa"), "consultations.attendance"
    )
    unseen = schools_rows(care.viewer(Role.PRINCIPAL), "consultations.attendance")

    assert [one.get_kind_display() for one in seen[0].events] == ["personal flyttad"]
    assert list(unseen[0].events) == []


def test_the_counts_are_of_places_and_name_nobody(care: Care) -> None:
    care.noted(care.book(care.offer(NOW - WEEK, at=NOW - 2 * WEEK), at=NOW - 2 * WEEK), [NURSE])

    for client in (
        care.browser(Role.PRINCIPAL),
        care.town.browser(Role.HEAD_OF_SCHOOLS, "linnasa"),
    ):
        shown = client.get(reverse("consultation_attendance")).content.decode()
        main = shown.partition("<main")[2].partition("</main")[0]
        assert "almskolan" in main
        assert str(NURSE) not in main
    other = care.browser(Role.PRINCIPAL, "bjorkskolan").get(reverse("consultation_attendance"))
    assert "Ingen konsultation har varit än" in other.content.decode()
