"""Letters to many, templates without names, invitations, one's own calendar, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.web.conftest import Town

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.messages import registry
from narvaro.web.messages.actions import TooLate
from narvaro.web.messages.calendars import Event, invitation
from narvaro.web.messages.letters import Link, Value, queue_letter
from narvaro.web.messages.letters_to_many import (
    Draft,
    prepare_letter,
    release_letter,
    undo_letter,
)
from narvaro.web.messages.models import CalendarLink, Delivery, Letter, Mail, Trouble
from narvaro.web.messages.registry import Line, Receiver
from narvaro.web.messages.reminders import queue_reminders
from narvaro.web.messages.sending import send_due

NOW = datetime.now(UTC)
LATER = NOW + timedelta(minutes=11)
MEETING = Event(
    key="meeting-1",
    title="Elevhälsomöte",
    path="/moten/1/",
    starts_at=datetime(2026, 12, 9, 12, tzinfo=UTC),
    minutes=120,
    place="rum 118; hus B, våning 2",
)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation's clock stands at the moment the tests began, however long ago that was."""
    for place in ("actions", "letter_pages"):
        monkeypatch.setattr(f"narvaro.web.messages.{place}.installation_now", lambda: NOW)


@pytest.fixture
def homes() -> Iterator[dict[str, Receiver]]:
    """Guardians by their key, in everybody's scope."""
    made = {
        "a": Receiver("Ida Provsson", "ida@hemma.invalid"),
        "b": Receiver("", "", is_protected=True),
        "c": Receiver("Olle Provsson", ""),
        "d": Receiver("Eva Provsson", "eva@hemma.invalid", "en"),
    }
    before = dict(registry.RECEIVERS)
    registry.RECEIVERS["guardian"] = lambda _viewer, key: made.get(key)
    yield made
    registry.RECEIVERS.clear()
    registry.RECEIVERS.update(before)


@pytest.fixture
def mentor(town: Town) -> Assignment:
    return town.somebody(Role.MENTOR, "almskolan/7B", name="Klara Provberg")


def viewer(whose: Assignment) -> Viewer:
    assert whose.account is not None
    return Viewer(whose.account, whose, NOW.date(), NOW)


def drafts(*keys: str) -> list[Draft]:
    return [
        Draft(f"guardian:{key}", f"pupil:{key}", "sv", "Välkommen", f"Brevet till {key}")
        for key in keys
    ]


def prepared(mentor: Assignment, *keys: str) -> Letter:
    return prepare_letter(
        kind="test", title="Inbjudan", drafts=drafts(*keys), by=viewer(mentor), at=NOW
    )


def shown(client: Client, letter: Letter) -> str:
    return client.get(reverse("letter", args=[letter.public_id])).content.decode()


def test_nothing_leaves_before_the_letter_was_seen_and_sent_off(
    homes: dict[str, Receiver], mentor: Assignment, town: Town
) -> None:
    letter = prepared(mentor, *homes)
    page = shown(town.signed_in(mentor), letter)

    assert send_due(LATER).sent == 0
    assert Mail.objects.count() == 0
    assert "Brevet till a" in page
    assert "Till Ida Provsson, ida@hemma.invalid" in page
    assert "Skicka 2 brev" in page


def test_a_protected_guardian_is_passed_over_and_said_to_be_without_a_name(
    homes: dict[str, Receiver], mentor: Assignment, town: Town
) -> None:
    letter = prepared(mentor, *homes)
    count = release_letter(letter=letter, by=viewer(mentor), at=NOW)
    page = shown(town.signed_in(mentor), letter)

    assert count == 2
    assert "Någon med skyddade uppgifter: skyddade uppgifter: får brevet på annat sätt" in page
    assert "Olle Provsson: ingen mejladress är känd" in page
    assert "Brevet till b" not in page
    assert send_due(LATER).sent == 2
    assert {one.to[0] for one in outbox.outbox} == {"ida@hemma.invalid", "eva@hemma.invalid"}
    had = Delivery.objects.filter(mail__sent_at__isnull=False).values_list("receiver", flat=True)
    assert set(had) == {"guardian:a", "guardian:d"}


def test_who_becomes_protected_during_the_ten_minutes_gets_no_mail(
    homes: dict[str, Receiver], mentor: Assignment
) -> None:
    letter = prepared(mentor, "a")
    release_letter(letter=letter, by=viewer(mentor), at=NOW)
    homes["a"] = Receiver("", "", is_protected=True)

    counted = send_due(LATER)

    assert (counted.sent, counted.failed) == (0, 1)
    assert Mail.objects.get().trouble == Trouble.NOBODY


@pytest.mark.usefixtures("homes")
def test_a_letter_that_did_not_leave_is_sent_again_by_the_owner_who_reads_nothing_of_it(
    mentor: Assignment, town: Town
) -> None:
    release_letter(letter=prepared(mentor, "a"), by=viewer(mentor), at=NOW)
    Mail.objects.update(failed_at=NOW, trouble=Trouble.REFUSED)
    mail = Mail.objects.get()
    owner = town.browser(Role.SYSTEM_OWNER, "linnasa")
    again = reverse("send_mail_again", args=[mail.public_id])

    queue = owner.get(reverse("mail_queue")).content.decode()
    read = owner.get(reverse("mail", args=[mail.public_id]))
    owner.post(again)

    assert again in queue
    assert "Välkommen" not in queue
    assert read.status_code == 404
    assert send_due(LATER).sent == 1


@pytest.mark.usefixtures("homes")
def test_a_letter_is_undone_whole_and_sent_off_once(mentor: Assignment, town: Town) -> None:
    letter = prepared(mentor, "a", "d")
    client = town.signed_in(mentor)
    client.post(reverse("release_letter", args=[letter.public_id]))

    with pytest.raises(Refused):
        release_letter(letter=letter, by=viewer(mentor), at=NOW)
    told = client.post(reverse("undo_letter", args=[letter.public_id]), follow=True)

    assert "2 brev är ångrade" in told.content.decode()
    assert send_due(LATER).sent == 0
    with pytest.raises(TooLate):
        undo_letter(letter=letter, by=viewer(mentor), at=NOW)


def test_nobody_else_sees_a_letter_or_sends_it_off(
    homes: dict[str, Receiver], mentor: Assignment, town: Town
) -> None:
    letter = prepared(mentor, *homes)
    colleague = town.browser(Role.MENTOR, "almskolan/7B")

    for name in ("release_letter", "undo_letter"):
        assert colleague.post(reverse(name, args=[letter.public_id])).status_code == 404
    assert colleague.get(reverse("letter", args=[letter.public_id])).status_code == 404
    assert Mail.objects.count() == 0


def test_somebody_out_of_scope_cannot_be_written_to(
    homes: dict[str, Receiver], mentor: Assignment
) -> None:
    assert "z" not in homes

    with pytest.raises(Refused, match="hör inte till dina elever"):
        prepared(mentor, "z")
    assert not Letter.objects.exists()


def test_the_log_knows_a_letter_by_opaque_keys_only(
    homes: dict[str, Receiver], mentor: Assignment
) -> None:
    letter = prepared(mentor, *homes)
    release_letter(letter=letter, by=viewer(mentor), at=NOW)
    send_due(LATER)

    said = str([vars(one) for one in Entry.objects.all()])

    assert letter.public_id in said
    assert "guardian:a" in said
    assert "hemma.invalid" not in said
    assert "Provsson" not in said


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mail_has_one_receiver", {"receiver": ""}),
        ("who_is_passed_over_gets_no_mail", {"skipped": "protected"}),
        ("a_letter_is_undone_after_it_is_sent_off", {"released_at": None, "undone_at": NOW}),
    ],
)
def test_the_database_keeps_its_promises(
    homes: dict[str, Receiver], mentor: Assignment, name: str, wrong: dict[str, Any]
) -> None:
    assert homes
    release_letter(letter=prepared(mentor, "a"), by=viewer(mentor), at=NOW)
    model: Any = {"receiver": Mail, "skipped": Delivery}.get(next(iter(wrong)), Letter)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**wrong)


@pytest.mark.parametrize("wrong", ["Alva Provsson", None, ["Alva"], 1.5])
def test_a_value_that_could_be_a_name_is_refused_before_it_is_queued(
    mentor: Assignment, wrong: Any
) -> None:
    with pytest.raises(TypeError, match="could be a name"):
        staff_letter(mentor, {"place": wrong})
    assert Mail.objects.count() == 0


def test_a_closed_account_gets_no_mail(mentor: Assignment) -> None:
    Account.objects.update(is_active=False)
    mentor.refresh_from_db()

    assert staff_letter(mentor, {}) is None


def staff_letter(mentor: Assignment, more: dict[str, Value]) -> Mail | None:
    account = Account.objects.get(assignments=mentor)
    values: dict[str, Value] = {"starts_at": NOW, "link": Link("/moten/")}
    return queue_letter(
        "meetings/mail/reminder.txt",
        values | more,
        key=f"test {account.public_id}",
        to=account,
        authority=mentor.unit.authority,
        by=None,
        at=NOW,
        action="meetings.mail",
        event=MEETING,
    )


def test_an_invitation_goes_with_the_mail_and_holds_time_place_and_link(
    mentor: Assignment,
) -> None:
    staff_letter(mentor, {})
    send_due(LATER)

    sent = outbox.outbox[0].message()
    part = next(one for one in sent.walk() if one.get_content_type() == "text/calendar")
    read = Calendar.from_ical(bytes(part.get_payload(decode=True)))
    event = read.walk("VEVENT")[0]
    assert part.get_param("method") == "REQUEST"
    assert (str(read["METHOD"]), event["SEQUENCE"]) == ("REQUEST", 0)
    assert event.decoded("DTSTART") == MEETING.starts_at
    assert str(event["LOCATION"]) == MEETING.place
    assert str(event["URL"]).endswith("/moten/1/")
    assert "Klara" not in str(sent)


def test_a_cancellation_replaces_what_was_sent() -> None:
    first = invitation(MEETING, to="a@x.invalid", organiser="n@x.invalid")
    called_off = Event(
        key=MEETING.key,
        title=MEETING.title,
        path=MEETING.path,
        starts_at=MEETING.starts_at,
        minutes=120,
        sequence=1,
        is_cancelled=True,
    )
    second = invitation(called_off, to="a@x.invalid", organiser="n@x.invalid")

    before, after = (Calendar.from_ical(one).walk("VEVENT")[0] for one in (first, second))
    assert before["UID"] == after["UID"]
    assert (str(after["STATUS"]), after["SEQUENCE"]) == ("CANCELLED", 1)
    assert "METHOD:CANCEL" in second


def test_an_event_has_a_time_or_a_day() -> None:
    with pytest.raises(ValueError, match="a time or a day"):
        Event(key="x", title="x", path="/")
    with pytest.raises(ValueError, match="a time or a day"):
        Event(key="x", title="x", path="/", on=date(2026, 12, 1), starts_at=NOW)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting and a deadline in everybody's calendar."""
    deadline = Event(key="step-1", title="Datum i Närvaro", path="/a/", on=date(2026, 12, 15))
    monkeypatch.setattr(registry, "CALENDAR", [lambda _viewer: [MEETING, deadline]])


@pytest.mark.usefixtures("offered")
def test_ones_own_calendar_is_read_without_signing_in_until_the_link_is_taken_back(
    mentor: Assignment, town: Town
) -> None:
    own = town.signed_in(mentor)
    own.post(reverse("make_calendar"))
    page = own.get(reverse("own_mail")).content.decode()
    address = page.partition('id="kalender" value="')[2].partition('"')[0]
    path = address.partition("//")[2].partition("/")[2]

    read = Client().get(f"/{path}")
    found = Calendar.from_ical(read.content)
    own.post(reverse("make_calendar"))
    old = Client().get(f"/{path}").status_code
    own.post(reverse("revoke_calendar"))

    assert read["Content-Type"].startswith("text/calendar")
    assert [str(one["SUMMARY"]) for one in found.walk("VEVENT")] == [
        "Elevhälsomöte",
        "Datum i Närvaro",
    ]
    assert "Klara" not in read.content.decode()
    assert old == 404
    assert CalendarLink.objects.filter(revoked_at=None).count() == 0


@pytest.mark.usefixtures("offered")
def test_a_link_that_is_altered_or_whose_person_has_left_opens_nothing(
    mentor: Assignment, town: Town
) -> None:
    own = town.signed_in(mentor)
    own.post(reverse("make_calendar"))
    link = CalendarLink.objects.get()
    from narvaro.web.messages.calendar_links import token_of

    token = token_of(link)
    altered = Client().get(reverse("calendar", args=[f"{token[:-2]}xx"]))
    unsigned = Client().get(reverse("calendar", args=[link.public_id]))
    Account.objects.update(is_active=False)
    left = Client().get(reverse("calendar", args=[token]))

    assert {altered.status_code, unsigned.status_code, left.status_code} == {404}


def test_one_calendar_link_is_in_use_for_each_person(mentor: Assignment) -> None:
    CalendarLink.objects.create(account=viewer(mentor).account, made_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarLink.objects.create(account=viewer(mentor).account, made_at=NOW)


@pytest.fixture
def reminding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two apps that remind; one of them twice of the same."""
    monkeypatch.setattr(
        "narvaro.web.messages.reminders.REMINDERS",
        [
            lambda _viewer: [Line("2 steg är försenade", "/arenden/")],
            lambda _viewer: [Line("1 möte i morgon", "/moten/")] * 2,
        ],
    )


@pytest.mark.usefixtures("reminding")
def test_all_that_a_person_is_reminded_of_is_one_mail_a_day(mentor: Assignment, town: Town) -> None:
    town.somebody(Role.TEACHER, "almskolan/8A").account = mentor.account
    Assignment.objects.create(
        account=mentor.account,
        role=Role.TEACHER,
        unit=town.units["almskolan/8A"],
        from_on=date(2020, 1, 1),
    )
    mine = Mail.objects.filter(to=mentor.account)

    queue_reminders(NOW)
    again = queue_reminders(NOW + timedelta(minutes=1))

    assert again == 0
    assert mine.count() == 1
    assert mine.get().body.count("1 möte i morgon") == 1
    assert "2 steg är försenade" in mine.get().body


@pytest.mark.usefixtures("reminding")
def test_nobody_is_reminded_on_the_day_of_the_weekly_mail(mentor: Assignment) -> None:
    from narvaro.web.messages.digest import queue_weekly_digests

    queue_weekly_digests(NOW)

    assert queue_reminders(NOW) == 0
    assert Mail.objects.filter(to=mentor.account).count() == 1
    assert "2 steg är försenade" in Mail.objects.get(to=mentor.account).body


@pytest.mark.usefixtures("reminding")
def test_who_has_chosen_no_reminders_gets_none_until_they_choose_again(
    mentor: Assignment, town: Town
) -> None:
    client = town.signed_in(mentor)
    choose = reverse("choose_weekly_mail")

    client.post(choose, {"what": "reminders", "wants": "no"})
    without = queue_reminders(NOW)
    page = client.get(reverse("own_mail")).content.decode()
    client.post(choose, {"what": "reminders", "wants": "yes"})

    assert without == 0
    assert "Få påminnelser" in page
    assert queue_reminders(NOW) == 1


@pytest.mark.usefixtures("reminding")
def test_the_schedule_reminds_nobody_on_a_quiet_day_and_the_week_begins_after_it(
    mentor: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from narvaro.web.messages.digest import queue_weekly_digests

    monkeypatch.setattr(registry, "QUIET", [lambda _viewer, day: day.weekday() in (0, 5, 6)])
    monday = datetime(2030, 1, 7, 6, tzinfo=UTC)
    week = [monday + timedelta(days=n) for n in range(7)]
    mine = Mail.objects.filter(to=mentor.account)

    weekly = [queue_weekly_digests(day, on_any_day=False) for day in week]
    mine.delete()
    daily = [queue_reminders(day, on_any_day=False) for day in week]

    assert weekly == [0, 1, 0, 0, 0, 0, 0]
    assert daily == [0, 1, 1, 1, 1, 0, 0]
