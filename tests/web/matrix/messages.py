"""Mail to and from oneself, and what did not leave."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.messages.calendar_links import token_of
from narvaro.web.messages.models import CalendarLink, Letter, Mail
from narvaro.web.messages.registry import Receiver, offer_receivers

offer_receivers("matrix", lambda _viewer, _key: Receiver("Hem", "hem@x.invalid", paper_name="Hem"))
LONG_BEFORE = datetime(2026, 1, 7, 8, tzinfo=ZoneInfo("Europe/Stockholm"))


def mail_to(whose: Assignment) -> Mail:
    """A mail that failed, to somebody."""
    assert whose.account is not None
    return Mail.objects.create(
        authority=whose.unit.authority,
        to=whose.account,
        key=f"mail of {whose.public_id}",
        subject="Att göra",
        body="Hej",
        queued_at=LONG_BEFORE,
        send_after=LONG_BEFORE,
        public_id=whose.public_id,
        failed_at=LONG_BEFORE,
    )


def of_mail(name: str, data: dict[str, str] | None = None) -> object:
    """An address of one mail."""

    def address(_town: MatrixTown, whose: Assignment) -> Call:
        return Call(reverse(name, args=[mail_to(whose).public_id]), at=AUTHORITY, data=data)

    return address


def own_mail(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("own_mail"))


def choose(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("choose_weekly_mail"), data={"wants": "no"})


def mail_queue(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("mail_queue"))


def letter_by(whose: Assignment) -> Letter:
    """A letter that somebody has made, with nobody to go to any more."""
    assert whose.account is not None
    return Letter.objects.create(
        authority=whose.unit.authority,
        kind="test",
        title="Brev",
        made_by=whose.account,
        made_at=LONG_BEFORE,
        public_id=whose.public_id,
    )


def of_letter(name: str, data: dict[str, str] | None = None) -> object:
    """An address of one letter."""

    def address(_town: MatrixTown, whose: Assignment) -> Call:
        return Call(reverse(name, args=[letter_by(whose).public_id]), data=data)

    return address


def of_delivery(name: str, data: dict[str, str] | None = None, *, numbered: bool = True) -> object:
    """An address of the first receiver of a letter: somebody everybody reaches."""

    def address(_town: MatrixTown, whose: Assignment) -> Call:
        made = letter_by(whose)
        is_mailed = data is not None
        made.deliveries.create(
            receiver="matrix:home",
            subject="Brev",
            body="Hej",
            skipped="" if is_mailed else "paper",
            on_paper=not is_mailed,
            mail=mail_to(whose) if is_mailed else None,
        )
        given = [made.public_id, 1] if numbered else [made.public_id]
        return Call(reverse(name, args=given), data=data)

    return address


def letters(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("letters"))


def make_calendar(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("make_calendar"), data={})


def revoke_calendar(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("revoke_calendar"), data={})


def calendar(_town: MatrixTown, whose: Assignment) -> Call:
    assert whose.account is not None
    link = CalendarLink.objects.create(account=whose.account, made_at=LONG_BEFORE)
    return Call(reverse("calendar", args=[token_of(link)]))


ADDRESSES: Addresses = {
    "letters": letters,
    "letter": of_letter("letter"),
    "release_letter": of_letter("release_letter", {}),
    "undo_letter": of_letter("undo_letter", {}),
    "drop_letter": of_letter("drop_letter", {}),
    "letter_papers": of_delivery("letter_papers", numbered=False),
    "letter_paper": of_delivery("letter_paper"),
    "undo_letter_one": of_delivery("undo_letter_one", {}),
    "retry_letter": of_delivery("retry_letter", {}),
    "make_calendar": make_calendar,
    "revoke_calendar": revoke_calendar,
    "calendar": calendar,
    "own_mail": own_mail,
    "choose_weekly_mail": choose,
    "mail_queue": mail_queue,
    "mail": of_mail("mail"),
    "undo_mail": of_mail("undo_mail", {}),
    "send_mail_again": of_mail("send_mail_again", {}),
}
