"""Mail: queued for ten minutes, undone or sent at most once, retried, and its failures shown."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings
from tests.web.conftest import Town

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry
from narvaro.web.messages.actions import Letter, TooLate, queue_mail, send_again, undo
from narvaro.web.messages.models import Mail, Trouble
from narvaro.web.messages.sending import WAITS, send_due

NOW = datetime.now(UTC)
LATER = NOW + timedelta(minutes=11)


class Answering(BaseEmailBackend):
    """A server that answers as a test says; what it took stands in `took`."""

    answer: BaseException | None = None
    opening: BaseException | None = None
    took: list[EmailMessage] = []  # noqa: RUF012

    def open(self) -> bool:
        if Answering.opening:
            raise Answering.opening
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if Answering.answer:
            raise Answering.answer
        Answering.took.extend(email_messages)
        return len(email_messages)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation's clock stands at the moment the tests began."""
    for place in ("actions", "pages", "views"):
        monkeypatch.setattr(f"narvaro.web.messages.{place}.installation_now", lambda: NOW)


@pytest.fixture
def server(settings: Settings) -> type[Answering]:
    settings.EMAIL_BACKEND = "tests.web.messages.test_mail.Answering"
    Answering.answer, Answering.opening, Answering.took = None, None, []
    return Answering


@pytest.fixture
def somebody(town: Town) -> Assignment:
    return town.somebody(Role.TEACHER, "almskolan/7B", name="Klara Provberg")


def account(whose: Assignment) -> Account:
    assert whose.account is not None
    return whose.account


def queued(whose: Assignment, *, key: str = "one") -> Mail:
    letter = Letter(key, "Att göra", "Hej\nlänk", "sv")
    made = queue_mail(
        letter,
        to=account(whose),
        authority=whose.unit.authority,
        by=None,
        at=NOW,
        action="messages.queue_digest",
    )
    assert made is not None
    return made


def test_mail_waits_ten_minutes_and_then_leaves_once(somebody: Assignment) -> None:
    mail = queued(somebody)

    early, due, again = send_due(NOW + timedelta(minutes=9)), send_due(LATER), send_due(LATER)

    assert (early.sent, due.sent, again.sent) == (0, 1, 0)
    assert [one.to for one in outbox.outbox] == [[account(somebody).email]]
    assert outbox.outbox[0].extra_headers["Message-ID"].startswith(f"<{mail.public_id}@")


def test_the_same_mail_is_queued_once(somebody: Assignment) -> None:
    queued(somebody)
    letter = Letter("one", "Att göra", "Hej", "sv")

    again = queue_mail(
        letter,
        to=account(somebody),
        authority=somebody.unit.authority,
        by=None,
        at=NOW,
        action="messages.queue_digest",
    )

    assert again is None
    assert Mail.objects.count() == 1


def test_what_is_undone_never_leaves(somebody: Assignment, town: Town) -> None:
    mail = queued(somebody)
    client = town.signed_in(somebody)

    page = client.get(f"/meddelanden/{mail.public_id}/").content.decode()
    client.post(f"/meddelanden/{mail.public_id}/angra/")

    assert "Mejlet skickas om" in page
    assert "länk" in page
    assert send_due(LATER).sent == 0
    assert "Ångrat" in client.get(f"/meddelanden/{mail.public_id}/").content.decode()


def test_what_has_left_cannot_be_undone(somebody: Assignment, town: Town) -> None:
    mail = queued(somebody)
    send_due(LATER)

    answer = town.signed_in(somebody).post(f"/meddelanden/{mail.public_id}/angra/", follow=True)

    mail.refresh_from_db()
    assert "redan skickats" in answer.content.decode()
    assert mail.undone_at is None


def test_nobody_else_sees_or_undoes_it(somebody: Assignment, town: Town) -> None:
    mail = queued(somebody)
    colleague = town.browser(Role.TEACHER, "almskolan/7B")

    assert colleague.get(f"/meddelanden/{mail.public_id}/").status_code == 404
    assert colleague.post(f"/meddelanden/{mail.public_id}/angra/").status_code == 404
    assert Mail.objects.get().undone_at is None


def test_a_server_that_is_away_is_asked_again_and_at_last_it_has_failed(
    somebody: Assignment, server: type[Answering]
) -> None:
    mail = queued(somebody)
    server.opening = ConnectionRefusedError()
    now = LATER
    rounds = []
    for wait in (*WAITS, timedelta()):
        rounds.append(send_due(now))
        assert send_due(now + wait / 2).sent == 0
        now += wait

    mail.refresh_from_db()
    assert [one.later for one in rounds] == [1, 1, 1, 1, 0]
    assert (mail.failed_at is not None, mail.trouble) == (True, Trouble.NO_SERVER)


def test_a_server_that_comes_back_gets_the_mail(
    somebody: Assignment, server: type[Answering]
) -> None:
    queued(somebody)
    server.answer = smtplib.SMTPDataError(451, b"later")
    first = send_due(LATER)
    server.answer = None

    assert (first.later, send_due(LATER).sent) == (1, 0)
    assert send_due(LATER + WAITS[0]).sent == 1


def test_an_address_that_is_refused_has_failed_at_once(
    somebody: Assignment, server: type[Answering]
) -> None:
    mail = queued(somebody)
    server.answer = smtplib.SMTPRecipientsRefused({"x": (550, b"no such person")})

    counted = send_due(LATER)

    mail.refresh_from_db()
    assert (counted.failed, mail.trouble) == (1, Trouble.REFUSED)
    assert "no such person" not in str(vars(mail))


@pytest.mark.parametrize("cut", [smtplib.SMTPServerDisconnected("gone"), TimeoutError()])
def test_a_mail_cut_off_in_the_middle_is_in_doubt_and_never_sent_again_by_itself(
    somebody: Assignment, server: type[Answering], cut: Exception
) -> None:
    queued(somebody)
    server.answer = cut
    counted = send_due(LATER)
    server.answer = None

    assert counted.in_doubt == 1
    assert send_due(LATER + timedelta(days=2)).sent == 0
    assert Mail.objects.in_doubt(LATER + timedelta(minutes=6)).count() == 1


def test_a_person_can_have_a_lost_mail_sent_again(
    somebody: Assignment, server: type[Answering], town: Town
) -> None:
    mail = queued(somebody)
    server.answer = smtplib.SMTPRecipientsRefused({"x": (550, b"no")})
    send_due(LATER)
    server.answer = None
    owner = town.browser(Role.SYSTEM_OWNER, "linnasa")

    shown = owner.get("/meddelanden/ko/").content.decode()
    owner.post(f"/meddelanden/{mail.public_id}/igen/")

    assert "Mejlservern tog inte emot adressen" in shown
    assert send_due(LATER).sent == 1


def test_what_was_sent_is_not_sent_again_by_anybody(somebody: Assignment, town: Town) -> None:
    mail = queued(somebody)
    send_due(LATER)

    owner = town.browser(Role.SYSTEM_OWNER, "linnasa")
    owner.post(f"/meddelanden/{mail.public_id}/igen/")

    assert send_due(LATER + timedelta(hours=1)).sent == 0


def test_every_step_is_in_the_log_without_an_address(somebody: Assignment) -> None:
    mail = queued(somebody)
    send_due(LATER)

    entries = list(Entry.objects.filter(action__startswith="messages."))
    said = str([vars(one) for one in entries])

    assert {one.action for one in entries} == {"messages.queue_digest", "messages.sent"}
    assert account(somebody).email not in said
    assert mail.public_id in said


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("what_is_undone_never_leaves", {"undone_at": NOW, "handed_at": NOW}),
        ("what_is_undone_says_by_whom", {"undone_at": NOW}),
        ("what_was_sent_was_handed_over", {"sent_at": NOW}),
        ("mail_is_not_sent_before_it_is_queued", {"send_after": NOW - timedelta(days=9)}),
    ],
)
def test_the_database_keeps_its_promises(
    somebody: Assignment, name: str, wrong: dict[str, object]
) -> None:
    mail = queued(somebody)
    if "handed_at" in wrong:
        wrong = wrong | {"undone_by": account(somebody)}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**wrong)


def test_undoing_and_sending_at_the_same_moment_one_of_them_wins(somebody: Assignment) -> None:
    mail = queued(somebody)
    viewer = Viewer(account(somebody), somebody, NOW.date(), NOW)
    Mail.objects.filter(pk=mail.pk).update(handed_at=NOW)

    with pytest.raises(TooLate):
        undo(mail=mail, by=viewer, at=NOW)
    Mail.objects.filter(pk=mail.pk).update(sent_at=NOW)
    with pytest.raises(TooLate):
        send_again(mail=mail, by=viewer, at=NOW)
