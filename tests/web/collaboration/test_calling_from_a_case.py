"""From a case to a call that is sent: made, looked at, sent, undone, taken back."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.audit.models import Entry
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.models import Call, Cancelled, PlaceKind
from narvaro.web.collaboration.panels import case_panel
from narvaro.web.messages.models import Mail

AT = NOW


@pytest.fixture(autouse=True)
def _now() -> object:
    """Every page is asked for at the moment of the tests."""
    with (
        patch("narvaro.web.accounts.doors.now_of", return_value=NOW),
        patch("narvaro.web.accounts.doors.today_of", return_value=NOW.date()),
        patch("narvaro.web.messages.actions.installation_now", return_value=NOW),
    ):
        yield


@pytest.fixture
def browser(agencies: Agencies) -> Client:
    return agencies.browser()


def filled(agencies: Agencies, **more: object) -> dict[str, object]:
    return {
        "kind": "cross_agency",
        "reason": "Hemlig anledning",
        "question": "Vilka insatser kan ni ge?",
        "units": [agencies.social.public_id],
        "day_1": "2026-12-14",
        "time_1": "09:00",
        "day_2": "2026-12-15",
        "time_2": "09:00",
        "minutes": "60",
        "place_kind": "school",
        "place": "rum 118",
    } | more


def made(agencies: Agencies, browser: Client, **more: object) -> Call:
    url = reverse("make_call", args=[agencies.case.public_id])
    answer = browser.post(url, filled(agencies, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Call.objects.get()


def test_the_form_of_a_case_makes_a_draft_and_nobody_is_told(
    agencies: Agencies, browser: Client
) -> None:
    call = made(agencies, browser)

    assert not call.is_sent
    assert not Mail.objects.exists()
    assert [one.unit for one in call.called.all()] == [agencies.social]


def test_the_page_says_which_time_is_the_last_that_holds(
    agencies: Agencies, browser: Client
) -> None:
    call = made(agencies, browser)

    page = browser.get(reverse("call", args=[call.public_id])).content.decode()

    assert page.count("Den sista som håller") == 1
    assert page.index("Den sista som håller") < page.index("Efter sista dagen")
    assert page.count("Efter sista dagen") == 1


def test_a_call_that_is_sent_counts_from_today_and_mail_says_nothing_of_the_pupil(
    agencies: Agencies, browser: Client
) -> None:
    call = made(agencies, browser)

    browser.post(reverse("send_call", args=[call.public_id]), {"version": call.version})

    call.refresh_from_db()
    mail = Mail.objects.get()
    assert call.called_on == NOW.date()
    assert mail.to == agencies.account(agencies.contact)
    said = f"{mail.subject}\n{mail.body}\n{mail.calendar}"
    for secret in ("Alva", "Provsson", "almskolan", "Hemlig", "insatser", "rum 118"):
        assert secret not in said
    assert "Linnåsa kommun" in said


def test_it_can_be_undone_until_something_has_left(agencies: Agencies, browser: Client) -> None:
    call = made(agencies, browser)
    browser.post(reverse("send_call", args=[call.public_id]), {"version": call.version})

    browser.post(reverse("undo_call", args=[call.public_id]))

    call.refresh_from_db()
    assert not call.is_sent
    assert Mail.objects.get().undone_at == NOW
    assert not call.called.get().links.filter(revoked_at=None).exists()


def test_sent_again_after_an_undo_it_is_mailed_again(agencies: Agencies) -> None:
    by, call = agencies.viewer(), agencies.call()
    agencies.called(call)
    agencies.proposed(call, NOW.date() + timedelta(days=7))
    actions.send(call=call, version=1, by=by, at=AT)
    actions.undo(call=call, by=by, at=AT + timedelta(minutes=1))

    actions.send(call=call, version=3, by=by, at=AT + timedelta(minutes=2))

    assert Mail.objects.filter(undone_at=None).count() == 1
    assert call.called.get().links.filter(revoked_at=None).count() == 1


def test_what_has_left_is_not_undone(agencies: Agencies) -> None:
    call = sent(agencies)
    Mail.objects.update(handed_at=AT)

    with pytest.raises(Refused):
        actions.undo(call=call, by=agencies.viewer(), at=AT + timedelta(minutes=1))


def test_after_ten_minutes_it_is_not_undone(agencies: Agencies) -> None:
    call = sent(agencies)

    with pytest.raises(Refused):
        actions.undo(call=call, by=agencies.viewer(), at=AT + timedelta(minutes=10))


def sent(agencies: Agencies) -> Call:
    call = agencies.call()
    agencies.called(call)
    agencies.proposed(call, NOW.date() + timedelta(days=7))
    actions.send(call=call, version=1, by=agencies.viewer(), at=AT)
    call.refresh_from_db()
    return call


def test_the_second_of_two_who_send_is_told(agencies: Agencies) -> None:
    call = sent(agencies)

    with pytest.raises(ChangedMeanwhile):
        actions.send(call=call, version=1, by=agencies.viewer(), at=AT)
    assert Mail.objects.count() == 1


def test_a_call_without_a_time_to_come_is_not_sent(agencies: Agencies) -> None:
    call = agencies.call()
    agencies.called(call)
    agencies.proposed(call, NOW.date() - timedelta(days=1))

    with pytest.raises(Refused):
        actions.send(call=call, version=1, by=agencies.viewer(), at=AT)


def test_a_call_taken_back_is_told_and_its_links_open_nothing(agencies: Agencies) -> None:
    call = sent(agencies)

    actions.cancel(call=call, because=Cancelled.NOT_NEEDED, by=agencies.viewer(), at=AT)

    assert "tillbakatagen" in Mail.objects.latest("pk").subject
    assert not call.called.get().links.filter(revoked_at=None).exists()


def test_a_unit_without_a_contact_is_mailed_at_its_box(agencies: Agencies, browser: Client) -> None:
    key = agencies.clinic.public_id
    box = {"units": [key], f"mail_{key}": "bup@region.invalid"}
    call = made(agencies, browser, **box)

    browser.post(reverse("send_call", args=[call.public_id]), {"version": call.version})

    called = call.called.get()
    assert called.contact is None
    assert Mail.objects.get().receiver == f"called:{called.public_id}"


def test_a_unit_that_cannot_be_reached_is_not_called(agencies: Agencies, browser: Client) -> None:
    url = reverse("make_call", args=[agencies.case.public_id])

    answer = browser.post(url, filled(agencies, units=[agencies.clinic.public_id]))

    assert "skriv en mejladress" in answer.content.decode()
    assert not Call.objects.exists()


@pytest.mark.parametrize("place", ["hos Alva", "Provssons", "20120304-0000", "rum 118 (alva)"])
def test_a_place_with_a_name_or_a_number_is_refused(
    agencies: Agencies, browser: Client, place: str
) -> None:
    url = reverse("make_call", args=[agencies.case.public_id])
    agencies.pupil.family_name = "Provssons"
    agencies.pupil.save()

    answer = browser.post(url, filled(agencies, place=place))

    assert answer.status_code == 200
    assert not Call.objects.exists()


def test_a_draft_is_changed_and_the_second_of_two_is_told(
    agencies: Agencies, browser: Client
) -> None:
    call = made(agencies, browser)
    url = reverse("change_call", args=[call.public_id])
    later = filled(agencies, question="En annan fråga", version=call.version, day_2="", time_2="")

    assert browser.post(url, later).status_code == 302
    second = browser.post(url, later | {"question": "En tredje"})

    call.refresh_from_db()
    assert second.status_code == 409
    assert call.question == "En annan fråga"
    assert call.proposed.count() == 1


def test_a_protected_pupil_is_opened_with_a_reason_first(
    agencies: Agencies, browser: Client
) -> None:
    call = agencies.call()
    agencies.pupil.protection = "marked"
    agencies.pupil.save()

    assert browser.get(reverse("call", args=[call.public_id])).status_code == 404
    agencies.pupil.access_list.create(
        account=agencies.account(), decided_by=agencies.account(), from_on=NOW.date()
    )
    answer = browser.get(reverse("call", args=[call.public_id]))
    assert answer.status_code == 302
    assert agencies.pupil.public_id in answer["Location"]


def test_the_time_is_chosen_and_told_with_a_calendar_file_without_names(
    agencies: Agencies, browser: Client
) -> None:
    call = sent(agencies)
    proposed = call.proposed.get()
    said = {"proposed": proposed.public_id, "chair": agencies.social.public_id}

    answer = browser.post(reverse("settle_call", args=[call.public_id]), said)

    assert answer.status_code == 302
    meeting = call.meetings.get()
    mail = Mail.objects.latest("pk")
    assert meeting.chair_unit == agencies.social
    assert meeting.chair == agencies.account(agencies.contact)
    assert "METHOD:REQUEST" in mail.calendar
    assert "rum 118" in mail.calendar
    assert "Alva" not in mail.calendar


def test_of_a_protected_pupil_and_of_a_home_no_place_is_sent(agencies: Agencies) -> None:
    agencies.pupil.protection = "marked"
    agencies.pupil.save()
    call = sent(agencies)
    proposed = call.proposed.get()
    actions.settle(proposed=proposed, chair_unit=agencies.social, by=agencies.viewer(), at=AT)
    mail = Mail.objects.latest("pk")
    assert "rum 118" not in mail.body + mail.calendar

    agencies.pupil.protection = "none"
    agencies.pupil.save()
    proposed.place_kind = PlaceKind.HOME
    proposed.save()
    actions.settle(proposed=proposed, chair_unit=agencies.social, by=agencies.viewer(), at=AT)
    moved = Mail.objects.latest("pk")
    assert "hemma hos familjen" in moved.body
    assert "rum 118" not in moved.body + moved.calendar
    assert call.meetings.get().sequence == 1


def test_a_taken_back_call_takes_its_meeting_out_of_calendars(agencies: Agencies) -> None:
    call = sent(agencies)
    actions.settle(
        proposed=call.proposed.get(), chair_unit=agencies.social, by=agencies.viewer(), at=AT
    )

    actions.cancel(call=call, because=Cancelled.NOT_NEEDED, by=agencies.viewer(), at=AT)

    assert "METHOD:CANCEL" in Mail.objects.latest("pk").calendar
    assert call.meetings.get().cancelled_at == AT


def test_silent_units_are_reminded_after_three_days_and_not_twice(agencies: Agencies) -> None:
    call = sent(agencies)

    assert actions.remind_silent(AT + timedelta(days=2)) == 0
    assert actions.remind_silent(AT + timedelta(days=3)) == 1
    assert actions.remind_silent(AT + timedelta(days=3)) == 0
    assert "Påminnelse" in Mail.objects.latest("pk").subject
    assert call.called.get().links.filter(revoked_at=None).count() == 1


def test_who_calls_reminds_at_most_once_a_day(agencies: Agencies) -> None:
    call = sent(agencies)
    by, later = agencies.viewer(), AT + timedelta(days=1)

    assert actions.remind(call=call, by=by, at=AT) == 0
    assert actions.remind(call=call, by=by, at=later) == 1
    assert actions.remind(call=call, by=by, at=later) == 0


def test_the_log_has_ids_and_no_words(agencies: Agencies) -> None:
    sent(agencies)

    entry = Entry.objects.filter(action="collaboration.send").get()
    assert f"pupil:{agencies.pupil.public_id}" in entry.subjects
    assert "insatser" not in str(entry.subjects)


def test_the_case_shows_its_calls_and_the_way_to_a_new_one(agencies: Agencies) -> None:
    agencies.call()

    [panel] = case_panel(agencies.viewer(), agencies.case)
    assert [one.local_name for one in panel.context["calls"]] == ["Västbus"]
    assert list(case_panel(agencies.viewer(agencies.contact), agencies.case)) == []


def test_the_mail_is_shown_before_it_is_sent_and_not_after(
    agencies: Agencies, browser: Client
) -> None:
    call = made(agencies, browser)
    url = reverse("call", args=[call.public_id])

    shown = browser.get(url).content.decode()

    assert "Linnåsa kommun kallar er till samverkansmöte." in shown
    assert "2 tider är föreslagna." in shown
    browser.post(reverse("send_call", args=[call.public_id]), {"version": call.version})
    assert "kallar er till" not in browser.get(url).content.decode()


def test_a_calendar_answer_is_read_on_the_page_and_garbage_is_told_of(
    agencies: Agencies, browser: Client
) -> None:
    call = sent(agencies)
    url = reverse("read_calendar_reply", args=[call.public_id])

    answer = browser.post(url, {"file": SimpleUploadedFile("svar.ics", b"\x00garbage")})

    assert answer.status_code == 200
    assert "Filen är inget svar" in answer.content.decode()
    assert not call.called.exclude(answer="").exists()
