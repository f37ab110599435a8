"""A meeting of authorities from its hour to locked minutes, what each is to do, and deviations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.collaboration.deviations import actions as deviations
from narvaro.web.collaboration.deviations.drafting import draft_overdue
from narvaro.web.collaboration.meetings import actions
from narvaro.web.collaboration.meetings.actions import Came, Written
from narvaro.web.collaboration.meetings.offers import locked_minutes
from narvaro.web.collaboration.meetings.pages import meeting_page
from narvaro.web.collaboration.models import (
    Answer,
    Call,
    CallKind,
    CrossMeeting,
    Decision,
    Deviation,
    Minutes,
    PlaceKind,
    Presence,
    Present,
    What,
)

DAY = date(2026, 12, 7)
AT = datetime(2026, 12, 7, 11, tzinfo=STOCKHOLM)
AGAIN = date(2027, 2, 1)
SAID = Written("Jag vill ha en lugnare start", "Hon sover dåligt", "Lugn start varje dag.")


@pytest.fixture
def meeting(agencies: Agencies) -> CrossMeeting:
    """Called 23 November, planned for 7 December; social services and the clinic are called."""
    return planned(agencies)


def planned(agencies: Agencies, day: date = DAY, **more: Any) -> CrossMeeting:
    call = agencies.call(called_on=date(2026, 11, 23), **more)
    agencies.called(call)
    agencies.called(call, agencies.clinic, contact=None, mail="klinik@prov.example")
    return CrossMeeting.objects.create(
        call=call,
        starts_at=datetime(day.year, day.month, day.day, 9, tzinfo=STOCKHOLM),
        place_kind=PlaceKind.SCHOOL,
        place="rum 118",
        chair_unit=agencies.social,
        planned_at=NOW,
        planned_by=agencies.account(),
    )


def at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is asked for at the end of the meeting."""
    monkeypatch.setattr("narvaro.web.accounts.doors.now_of", lambda _request: AT)
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: DAY)


def noted(agencies: Agencies, meeting: CrossMeeting, clinic: Presence = Presence.YES) -> None:
    came = [Came(agencies.social, Presence.YES, "Kontakt Provsson"), Came(agencies.clinic, clinic)]
    by = agencies.viewer(at=AT)
    actions.note_present(meeting=meeting, came=came, by=by, at=AT)


def held(agencies: Agencies, meeting: CrossMeeting, clinic: Presence = Presence.YES) -> None:
    noted(agencies, meeting, clinic)
    meeting.refresh_from_db()
    by = agencies.viewer(at=AT)
    actions.hold(meeting=meeting, follow_up_on=AGAIN, version=meeting.version, by=by, at=AT)
    meeting.refresh_from_db()


def locked(agencies: Agencies, meeting: CrossMeeting) -> Decision:
    by = agencies.viewer(at=AT)
    actions.write(meeting=meeting, said=SAID, version=0, by=by, at=AT)
    made = actions.decide(
        meeting=meeting, words="Ge familjen en kontakt", owner=agencies.social,
        due_on=date(2026, 12, 18), by=by, at=AT,
    )  # fmt: skip
    held(agencies, meeting)
    minutes = Minutes.objects.get(meeting=meeting)
    actions.lock(meeting=meeting, version=minutes.version, by=by, at=AT)
    return made


def test_a_meeting_ends_with_who_came_and_a_day_for_the_follow_up(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    by = agencies.viewer(at=AT)
    with pytest.raises(Refused, match="vilka som kom"):
        actions.hold(meeting=meeting, follow_up_on=AGAIN, version=1, by=by, at=AT)
    noted(agencies, meeting)
    with pytest.raises(Refused, match="efter mötet"):
        actions.hold(meeting=meeting, follow_up_on=DAY, version=1, by=by, at=AT)
    early = AT - timedelta(days=1)
    with pytest.raises(Refused, match="inte varit än"):
        actions.hold(meeting=meeting, follow_up_on=AGAIN, version=1, by=by, at=early)

    actions.hold(meeting=meeting, follow_up_on=AGAIN, version=1, by=by, at=AT)

    meeting.refresh_from_db()
    assert (meeting.held_at, meeting.follow_up_on) == (AT, AGAIN)
    with pytest.raises(ChangedMeanwhile):
        actions.hold(meeting=meeting, follow_up_on=AGAIN, version=1, by=by, at=AT)


def test_the_follow_up_comes_by_itself_as_a_draft_to_the_same_units(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    held(agencies, meeting)

    draft = Call.objects.get(follows=meeting)

    assert (draft.kind, draft.called_on) == (CallKind.FOLLOW_UP, None)
    assert {one.unit for one in draft.called.all()} == {agencies.social, agencies.clinic}
    assert [one.starts_at for one in draft.proposed.all()] == [
        datetime(2027, 2, 1, 9, tzinfo=STOCKHOLM)
    ]
    assert draft.question == meeting.call.question


def test_locked_minutes_presence_and_decisions_are_never_changed_by_the_database_itself(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    made = locked(agencies, meeting)
    tries: list[Any] = [
        lambda: Minutes.objects.filter(meeting=meeting).update(talked_of="Annat"),
        lambda: Minutes.objects.filter(meeting=meeting).delete(),
        lambda: Present.objects.filter(meeting=meeting).update(presence=Presence.NO, person=""),
        lambda: Present.objects.filter(meeting=meeting).delete(),
        lambda: Decision.objects.filter(pk=made.pk).update(due_on=AGAIN),
        lambda: Decision.objects.filter(pk=made.pk).update(owner_unit=agencies.clinic),
        lambda: Decision.objects.filter(pk=made.pk).delete(),
        lambda: CrossMeeting.objects.filter(pk=meeting.pk).update(follow_up_on=DAY),
        lambda: Decision.objects.create(
            meeting=meeting, words="Mer", owner_unit=agencies.social, due_on=AGAIN,
            made_by=agencies.account(), made_at=AT,
        ),
    ]  # fmt: skip
    for change in tries:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    with pytest.raises(Refused, match="låsta"):
        actions.write(meeting=meeting, said=SAID, version=2, by=agencies.viewer(at=AT), at=AT)

    actions.mark_done(decision=made, version=made.version, by=agencies.viewer(at=AT), at=AT)

    made.refresh_from_db()
    assert (made.done_at, made.words) == (AT, "Ge familjen en kontakt")


def test_the_second_of_two_who_write_is_told(agencies: Agencies, meeting: CrossMeeting) -> None:
    by = agencies.viewer(at=AT)
    actions.write(meeting=meeting, said=SAID, version=0, by=by, at=AT)
    actions.write(meeting=meeting, said=SAID, version=1, by=by, at=AT)

    with pytest.raises(ChangedMeanwhile):
        actions.write(meeting=meeting, said=SAID, version=1, by=by, at=AT)


def test_who_stayed_away_without_a_word_is_a_draft_of_a_deviation_and_who_said_no_is_not(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    held(agencies, meeting, Presence.NO_SHOW)

    (one,) = Deviation.objects.all()

    assert (one.what, one.unit, one.meeting) == (What.NO_SHOW, agencies.clinic, meeting)
    assert one.signed_at is None


def test_on_a_day_before_it_was_drafted_a_deviation_is_not_on_the_page(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    held(agencies, meeting, Presence.NO_SHOW)
    before = AT - timedelta(minutes=1)

    assert len(meeting_page(meeting, agencies.viewer(at=AT)).deviations) == 1
    assert meeting_page(meeting, agencies.viewer(at=before)).deviations == []


def test_on_day_22_a_silent_unit_and_a_meeting_that_was_not_held_are_drafts_once(
    agencies: Agencies,
) -> None:
    call = agencies.call(called_on=date(2026, 11, 23))
    agencies.called(call)
    answered = {"answer": Answer.YES, "answered_at": NOW, "how": "told"}
    agencies.called(call, agencies.clinic, answered_by=agencies.account(), **answered)
    day_21 = datetime(2026, 12, 14, 23, tzinfo=STOCKHOLM)

    assert draft_overdue(day_21) == 0
    assert draft_overdue(day_21 + timedelta(hours=2)) == 2
    assert draft_overdue(day_21 + timedelta(days=9)) == 0

    found = {(one.what, one.unit) for one in Deviation.objects.all()}
    assert found == {(What.NO_ANSWER, agencies.social), (What.LATE, agencies.case.school)}


def test_a_call_that_was_taken_back_or_whose_meeting_came_in_time_leaves_nothing(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    held(agencies, meeting)
    gone = {"cancelled_at": NOW, "cancelled_by": agencies.account()}
    agencies.call(called_on=date(2026, 11, 23), cancelled_because="not_needed", **gone)

    assert draft_overdue(datetime(2027, 1, 10, 9, tzinfo=STOCKHOLM)) == 0


def test_a_meeting_held_after_its_last_day_is_a_deviation(agencies: Agencies) -> None:
    late = planned(agencies, date(2026, 12, 15))
    at = datetime(2026, 12, 15, 11, tzinfo=STOCKHOLM)
    by = agencies.viewer(at=at)
    came = [Came(one, Presence.YES) for one in (agencies.social, agencies.clinic)]
    actions.note_present(meeting=late, came=came, by=by, at=at)
    actions.hold(meeting=late, follow_up_on=AGAIN, version=1, by=by, at=at)

    assert [one.what for one in Deviation.objects.all()] == [What.LATE]


def test_a_signed_deviation_is_never_changed(agencies: Agencies, meeting: CrossMeeting) -> None:
    held(agencies, meeting, Presence.NO_SHOW)
    one = Deviation.objects.get()
    by = agencies.viewer(at=AT)
    deviations.sign(deviation=one, words="Planen försenades", version=one.version, by=by, at=AT)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Deviation.objects.filter(pk=one.pk).update(what=What.LATE)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Deviation.objects.filter(pk=one.pk).delete()
    one.refresh_from_db()
    with pytest.raises(Refused):
        deviations.sign(deviation=one, words="Igen", version=one.version, by=by, at=AT)


def test_the_log_knows_every_step_and_no_word_of_it(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    locked(agencies, meeting)

    told = list(Entry.objects.order_by("number"))

    assert {"joint_meetings.hold", "joint_meetings.lock", "joint_meetings.decide"} <= {
        one.action for one in told
    }
    text = " ".join(f"{one.action} {one.subjects} {one.reason}" for one in told)
    for word in ("lugnare", "sover", "kontakt", "Provsson"):
        assert word not in text


def test_another_authority_sees_that_something_is_to_be_done_and_no_word_without_a_disclosure(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = locked(agencies, meeting)
    later = AT + timedelta(hours=3)
    monkeypatch.setattr("narvaro.web.accounts.doors.now_of", lambda _request: later)
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: DAY)
    browser = agencies.browser(agencies.contact)

    page = browser.get(reverse("our_decisions")).content.decode()
    assert "inte utlämnade till er" in page
    for word in ("Alva", "Ge familjen", "lugnare", "rum 118", "Almskolan"):
        assert word not in page
    browser.post(reverse("done_by_us", args=[made.public_id]), {"version": made.version})

    made.refresh_from_db()
    assert made.done_by == agencies.account(agencies.contact)
    for name, args in (
        ("joint_meeting", [meeting.public_id]),
        ("joint_minutes_pdf", [meeting.public_id]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 404


def test_a_contact_who_has_gone_and_another_unit_reach_nothing(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = locked(agencies, meeting)
    monkeypatch.setattr("narvaro.web.accounts.doors.now_of", lambda _request: AT)
    monkeypatch.setattr("narvaro.web.accounts.doors.today_of", lambda _request: DAY)
    elsewhere = agencies.town.somebody(Role.AGENCY_CONTACT, agencies.clinic.name, name="Annan")

    other = agencies.browser(elsewhere)
    assert "Inget väntar på er" in other.get(reverse("our_decisions")).content.decode()
    done = reverse("done_by_us", args=[made.public_id])
    assert other.post(done, {"version": made.version}).status_code == 404
    browser = agencies.browser(agencies.contact)
    agencies.contact.to_on = DAY - timedelta(days=1)
    agencies.contact.save()
    assert browser.post(done, {"version": made.version}).status_code in (302, 403, 404)
    made.refresh_from_db()
    assert made.done_at is None


def test_what_is_noted_on_the_pages_stands_on_them_and_the_minutes_are_paper(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    browser = agencies.browser()
    here = reverse("joint_meeting", args=[meeting.public_id])
    ids = [one.public_id for one in meeting.call.called.all()]
    came = {f"unit-{ids[0]}": "substitute", f"person-{ids[0]}": "Vikarie Provsson"}

    assert here in browser.get(reverse("call", args=[meeting.call.public_id])).content.decode()
    told = browser.get(here).content.decode()
    browser.post(
        reverse("note_joint_present", args=[meeting.public_id]),
        came | {f"unit-{ids[1]}": "no_show"},
    )
    words = {"pupil_words": "Egna ord", "home_words": "", "talked_of": "Vi provar", "version": 0}
    browser.post(reverse("write_joint_minutes", args=[meeting.public_id]), words)
    decided = {"words": "Ring familjen", "owner": agencies.social.public_id, "due_on": "2026-12-18"}
    browser.post(reverse("decide_jointly", args=[meeting.public_id]), decided)
    held = {"follow_up_on": "2027-02-01", "version": meeting.version}
    browser.post(reverse("hold_joint_meeting", args=[meeting.public_id]), held)
    browser.post(reverse("lock_joint_minutes", args=[meeting.public_id]), {"version": 1})

    assert "Det som är viktigt för eleven" in told
    shown = browser.get(here).content.decode()
    for said in ("Vikarie Provsson", "Kom, i någon annans ställe", "Ring familjen", "låstes av"):
        assert said in shown
    assert "Egna ord" in shown
    assert "Skriv anteckningarna" not in shown
    assert (
        browser.get(reverse("joint_minutes_pdf", args=[meeting.public_id])).content[:5] == b"%PDF-"
    )


def test_the_second_who_writes_minutes_keeps_both_texts_on_the_page(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    browser = agencies.browser()
    address = reverse("write_joint_minutes", args=[meeting.public_id])
    words = {"pupil_words": "", "home_words": "", "talked_of": "Först", "version": 0}
    browser.post(address, words)

    answer = browser.post(address, words | {"talked_of": "Sedan"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Först" in page
    assert "Sedan" in page


def test_the_queue_says_end_the_meeting_then_lock_then_sign(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    browser = agencies.browser()

    assert "Avsluta mötet" in browser.get("/att-gora/").content.decode()
    held(agencies, meeting, Presence.NO_SHOW)
    page = browser.get("/att-gora/").content.decode()

    assert "Läs och lås" in page
    assert "Läs och underteckna" in page
    assert "Avsluta mötet" not in page


def test_a_deviation_names_nobody_and_refuses_words_that_do(
    agencies: Agencies, meeting: CrossMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(monkeypatch)
    held(agencies, meeting, Presence.NO_SHOW)
    one = Deviation.objects.get()
    browser, address = agencies.browser(), reverse("sign_deviation", args=[one.public_id])

    refused = browser.post(address, {"words": "Alva fick vänta", "version": 1}).content.decode()
    browser.post(address, {"words": "Eleven fick vänta", "version": 1})

    assert "innehålla ett namn" in refused
    one.refresh_from_db()
    assert one.signed_at is not None
    shown = browser.get(reverse("deviation", args=[one.public_id])).content.decode()
    assert "Eleven fick vänta" in shown
    assert browser.get(reverse("deviation_pdf", args=[one.public_id])).content[:5] == b"%PDF-"


def test_a_protected_pupils_papers_and_disclosed_minutes_say_no_place(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    locked(agencies, meeting)
    meeting.call.pupil.protection = "marked"
    meeting.call.pupil.save()
    by = agencies.viewer(at=AT)

    page = meeting_page(CrossMeeting.objects.get(pk=meeting.pk), by)
    shown = locked_minutes(meeting.call.pupil, meeting.call.case, by)

    assert "rum 118" not in page.when
    assert shown is not None
    assert "rum 118" not in repr(shown)
    assert "Almskolan" not in repr(shown)


def test_what_is_disclosed_of_minutes_is_what_was_agreed_and_decided_and_nobodys_own_words(
    agencies: Agencies, meeting: CrossMeeting
) -> None:
    by = agencies.viewer(at=AT)
    assert locked_minutes(agencies.pupil, agencies.case, by) is None
    actions.decide(
        meeting=meeting, words="Möta vid entrén", owner=agencies.case.school, due_on=DAY, by=by, at=AT
    )  # fmt: skip
    locked(agencies, meeting)

    shown = repr(locked_minutes(agencies.pupil, agencies.case, by))

    assert "Lugn start varje dag" in shown
    assert "Ge familjen en kontakt" in shown
    # Which school the pupil goes to is an item of its own
    assert "'Skolan'" in shown
    assert agencies.case.school.name not in shown
    assert "lugnare start" not in shown
    assert "sover" not in shown
