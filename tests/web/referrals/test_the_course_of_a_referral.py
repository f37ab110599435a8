"""From the case to an answer: sent on a ground, seen by the receiver alone, decided by both sides."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.web.referrals.conftest import QUESTION, Around

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.consent.items import State as Said
from narvaro.web.pupils.models import Protection
from narvaro.web.pupils.numbers import encrypt
from narvaro.web.referrals import actions
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.queue import queue
from narvaro.web.referrals.words import Happening, State, WhyDeclined
from narvaro.web.ui.registry import QueueGroup, QueueRow

INBOX = "/remisser/mottagna/"


def page_of(referral: Referral, name: str = "referral_received") -> str:
    return reverse(name, args=[referral.public_id])


def rows(around: Around, post: Assignment, on: date | None = None) -> list[QueueRow]:
    return list(queue(around.viewer(post, on=on)))


def principal(around: Around) -> Assignment:
    return around.school.posts[Role.PRINCIPAL]


def answered(browser: Client, referral: Referral, what: Happening, **more: str) -> Any:
    fresh = Referral.objects.get(pk=referral.pk)
    data = {"what": str(what), "version": str(fresh.version)} | more
    return browser.post(page_of(referral, "referral_answer"), data)


def test_nothing_is_seen_by_the_receiver_before_a_ground_is_recorded_and_it_is_sent(
    around: Around,
) -> None:
    made, agency = around.prepared(), around.browser(around.social)
    assert agency.get(page_of(made)).status_code == 404
    assert page_of(made) not in agency.get(INBOX).content.decode()
    assert rows(around, around.social) == []

    told, by = around.told(), around.principal
    assert agency.get(page_of(made)).status_code == 404

    actions.send(made, told, version=made.version, by=by, at=by.now)
    assert agency.get(page_of(made)).status_code == 200
    assert page_of(made) in agency.get(INBOX).content.decode()


def test_without_what_was_told_to_that_receiver_nothing_can_be_sent(around: Around) -> None:
    made, by = around.prepared(), around.principal
    elsewhere = around.told(around.psychiatry.unit)

    with pytest.raises(Refused):
        actions.send(made, elsewhere, version=made.version, by=by, at=by.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(disclosure=elsewhere)
    assert Referral.objects.get(pk=made.pk).state == State.PREPARED


def test_the_database_has_no_sent_referral_without_a_disclosure(around: Around) -> None:
    made = around.prepared()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update referrals_referral set state = 'sent', sent_on = '2026-12-02', "
            "due_on = '2026-12-16' where id = %s",
            [made.pk],
        )


@pytest.mark.parametrize(("whose", "days"), [("social", 14), ("psychiatry", 21)])
def test_the_last_day_is_the_programmes_days_for_the_kind_of_receiver(
    around: Around, whose: str, days: int
) -> None:
    unit = getattr(around, whose).unit
    made, by = around.prepared(unit), around.principal
    told = around.told(unit)

    sent = actions.send(made, told, version=made.version, by=by, at=by.now)

    assert sent.due_on == around.school.day + timedelta(days=days)


def test_opening_it_is_kept_once_and_told_to_the_sender(around: Around) -> None:
    sent = around.sent()
    agency = around.browser(around.social)

    agency.get(page_of(sent))
    agency.get(page_of(sent))

    assert [one.what for one in sent.moments.all()] == ["prepare", "send", "see"]
    [row] = rows(around, principal(around))
    assert row.group == QueueGroup.WAITING
    assert "läst" in row.why


def test_the_receivers_pages_name_no_pupil_no_school_and_nobody_of_it(around: Around) -> None:
    sent = around.sent()
    agency = around.browser(around.social)
    told = agency.get(page_of(sent)).content.decode() + agency.get(INBOX).content.decode()
    told += str(rows(around, around.social))

    assert QUESTION in told
    for marker in ("Provsson", "almskolan", around.principal.account.name, "pupil"):
        assert marker.lower() not in told.lower(), marker
    # Two letters stand in tokens by chance: only what is read is asked for them
    assert "7B" not in re.sub(r"<[^>]*>", " ", told)


def test_it_is_taken_on_worked_with_and_done_and_the_sender_reads_that(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    agency.get(page_of(sent))

    for what in (Happening.ACCEPT, Happening.START, Happening.FINISH):
        assert answered(agency, sent, what).status_code == 302

    [row] = rows(around, principal(around))
    assert row.group == QueueGroup.NEW
    assert "klar" in row.why
    school = around.browser(principal(around))
    version = Referral.objects.get(pk=sent.pk).version
    school.post(page_of(sent, "referral_decide"), {"what": "note", "version": version})
    assert rows(around, principal(around)) == []
    assert rows(around, around.social) == []


def test_who_declines_says_why_in_words_that_tell_nothing_of_the_pupil(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    agency.get(page_of(sent))

    assert answered(agency, sent, Happening.DECLINE).status_code == 422
    assert answered(agency, sent, Happening.DECLINE, why_code="other").status_code == 422
    done = answered(agency, sent, Happening.DECLINE, why_code="not_ours")

    assert done.status_code == 302
    school = around.browser(principal(around)).get(page_of(sent, "referral")).content.decode()
    assert "Frågan hör till någon annan" in school
    assert {one.value for one in WhyDeclined} == {"not_ours", "more_needed", "not_in_time", "other"}


def test_an_answer_that_does_not_fit_is_refused(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    agency.get(page_of(sent))

    assert answered(agency, sent, Happening.FINISH).status_code == 422
    assert answered(agency, sent, Happening.WITHDRAW).status_code == 422
    assert Referral.objects.get(pk=sent.pk).state == State.SEEN


def test_a_declined_one_is_asked_again_with_a_new_last_day(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    agency.get(page_of(sent))
    answered(agency, sent, Happening.DECLINE, why_code="more_needed")
    around.school.day += timedelta(days=5)
    now = Referral.objects.get(pk=sent.pk)
    by = around.principal

    actions.reopen(now, why="Nu finns mer att läsa.", version=now.version, by=by, at=by.now)

    [row] = rows(around, around.social)
    assert row.due_on == around.school.day + timedelta(days=14)
    said = agency.get(page_of(sent)).content.decode()
    assert "Nu finns mer" not in said  # the sender's reasons stay at home


def test_taken_back_it_is_gone_for_the_receiver_at_the_next_look(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    assert agency.get(page_of(sent)).status_code == 200
    school, version = around.browser(principal(around)), Referral.objects.get(pk=sent.pk).version

    data = {"what": "withdraw", "why": "Hemmet vill vänta.", "version": version}
    assert school.post(page_of(sent, "referral_decide"), data).status_code == 302

    assert agency.get(page_of(sent)).status_code == 404
    assert page_of(sent) not in agency.get(INBOX).content.decode()
    assert answered(agency, sent, Happening.ACCEPT).status_code == 404


def test_a_consent_taken_back_closes_it_at_the_next_look_and_the_sender_is_told(
    around: Around,
) -> None:
    consent = around.consented()
    sent, agency = around.sent(consent), around.browser(around.social)
    assert agency.get(page_of(sent)).status_code == 200

    guardian = around.case.pupil.guardians.get()
    around.says(consent, guardian, Said.WITHDRAWN)

    assert agency.get(page_of(sent)).status_code == 404
    assert answered(agency, sent, Happening.ACCEPT).status_code == 404
    assert rows(around, around.social) == []
    [row] = rows(around, principal(around))
    assert "grunden gäller inte längre" in row.why


def test_a_consent_taken_back_before_it_is_sent_stops_it_with_a_clear_answer(
    around: Around,
) -> None:
    consent = around.consented()
    made, told = around.prepared(), around.told(consent=consent)
    around.says(consent, around.case.pupil.guardians.get(), Said.WITHDRAWN)

    school = around.browser(principal(around))
    data = {"disclosure": told.public_id, "version": made.version}
    answer = school.post(page_of(made, "referral_send"), data)

    assert answer.status_code == 422
    assert "gäller inte längre" in answer.content.decode()
    assert Referral.objects.get(pk=made.pk).state == State.PREPARED


def test_on_a_new_ground_the_receiver_sees_it_again_with_the_same_last_day(around: Around) -> None:
    consent = around.consented()
    sent = around.sent(consent)
    due = sent.due_on
    around.says(consent, around.case.pupil.guardians.get(), Said.WITHDRAWN)
    around.school.day += timedelta(days=1)
    told, by, now = around.told(), around.principal, Referral.objects.get(pk=sent.pk)

    again = actions.send(now, told, version=now.version, by=by, at=by.now)

    assert again.due_on == due
    assert around.browser(around.social).get(page_of(sent)).status_code == 200


def test_a_pupil_who_turns_18_closes_what_guardians_had_opened(around: Around) -> None:
    around.case.pupil.number_encrypted = encrypt("20081213-TF01")
    around.case.pupil.save()
    sent, agency = around.sent(around.consented()), around.browser(around.social)
    around.school.day = date(2026, 12, 12)
    assert agency.get(page_of(sent)).status_code == 200

    around.school.day = date(2026, 12, 13)

    assert agency.get(page_of(sent)).status_code == 404
    assert rows(around, around.social) == []
    assert "grunden" in rows(around, principal(around))[0].why


def test_a_contact_who_changed_employer_opens_nothing_and_the_sender_sees_the_gap(
    around: Around,
) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    around.social.to_on = around.school.day - timedelta(days=1)
    around.social.save()

    assert agency.get(page_of(sent)).status_code == 404
    assert agency.get(INBOX).status_code == 404
    assert answered(agency, sent, Happening.ACCEPT).status_code == 404
    [row] = rows(around, principal(around))
    assert "Ingen hos mottagaren" in row.why


def test_a_contact_who_works_for_another_agency_now_takes_nothing_along(around: Around) -> None:
    sent = around.sent()
    now = around.psychiatry
    now.account = around.social.account
    now.save()
    around.social.to_on = around.school.day - timedelta(days=1)
    around.social.save()
    browser = around.browser(now)

    assert browser.get(INBOX).status_code == 200
    assert browser.get(page_of(sent)).status_code == 404
    assert rows(around, now) == []


def test_a_contact_of_another_agency_sees_nothing_of_it(around: Around) -> None:
    sent = around.sent()
    other = around.browser(around.psychiatry)

    assert other.get(page_of(sent)).status_code == 404
    assert other.get(page_of(sent, "referral")).status_code == 404
    assert page_of(sent) not in other.get(INBOX).content.decode()


def test_a_school_beside_sees_nothing_of_it(around: Around) -> None:
    sent = around.sent()
    beside = around.school.town.browser(Role.PRINCIPAL, "bjorkskolan")

    assert beside.get(page_of(sent, "referral")).status_code == 404
    assert beside.get(page_of(sent)).status_code == 404


def test_of_two_contacts_who_answer_at_once_the_second_is_told(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    agency.get(page_of(sent))
    version = Referral.objects.get(pk=sent.pk).version
    first = {"what": "accept", "version": version}
    second = {"what": "decline", "why_code": "not_ours", "version": version}

    assert agency.post(page_of(sent, "referral_answer"), first).status_code == 302
    late = agency.post(page_of(sent, "referral_answer"), second)

    assert late.status_code == 409
    assert "Någon annan hann före" in late.content.decode()
    assert Referral.objects.get(pk=sent.pk).state == State.ACCEPTED


def test_of_two_who_send_at_once_one_has_sent(around: Around) -> None:
    made, told, by = around.prepared(), around.told(), around.principal
    actions.send(made, told, version=1, by=by, at=by.now)

    with pytest.raises(ChangedMeanwhile):
        actions.send(made, told, version=1, by=by, at=by.now)
    assert [one.what for one in made.moments.all()] == ["prepare", "send"]


def test_what_was_written_is_shown_again_to_the_second_of_two(around: Around) -> None:
    sent, school = around.sent(), around.browser(principal(around))
    around.browser(around.social).get(page_of(sent))  # seen meanwhile

    data = {"what": "withdraw", "why": "Hemmet ville vänta.", "version": sent.version}
    late = school.post(page_of(sent, "referral_decide"), data)

    assert late.status_code == 409
    assert "Hemmet ville vänta." in late.content.decode()
    assert Referral.objects.get(pk=sent.pk).state == State.SEEN


def test_past_its_last_day_it_is_late_on_both_sides(around: Around) -> None:
    around.sent()
    after = around.school.day + timedelta(days=15)

    assert {one.group for one in rows(around, around.social, after)} == {QueueGroup.LATE}
    [mine] = rows(around, principal(around), after)
    assert (mine.group, mine.why) == (QueueGroup.LATE, "Inget svar inom tiden.")


def test_what_becomes_protected_is_gone_for_a_receiver_told_before(around: Around) -> None:
    sent, agency = around.sent(), around.browser(around.social)
    around.case.pupil.protection = Protection.MARKED
    around.case.pupil.save()

    assert agency.get(page_of(sent)).status_code == 404
    assert rows(around, around.social) == []


def test_each_reading_by_the_receiver_is_in_the_log(around: Around) -> None:
    sent = around.sent()

    around.browser(around.social).get(page_of(sent))

    entry = Entry.objects.filter(action="referrals.received", kind=Kind.READ).get()
    assert entry.subjects == [
        f"pupil:{around.case.pupil.public_id}",
        f"referral:{sent.public_id}",
    ]
