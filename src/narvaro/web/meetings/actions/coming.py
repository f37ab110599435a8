"""Writes about who comes: answers, reminders, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.actions.invitations import send_invitation, send_reminder
from narvaro.web.meetings.actions.telling import tell
from narvaro.web.meetings.models import Answer, Invited, Meeting
from narvaro.web.meetings.professions import serving

BETWEEN_REMINDERS = timedelta(days=1)


def invite_again(*, meeting: Meeting, by: Viewer, at: datetime) -> int:
    """Ask those who hold the expected professions today and were not asked. Returns how many."""
    with transaction.atomic():
        new = [one for one in _missing(meeting, at) if send_invitation(one, by=by, at=at)]
    return len(new)


def ask(meeting: Meeting, at: datetime) -> list[Invited]:
    """Enter everybody who holds an expected profession, and the chair, among those asked."""
    return _missing(meeting, at)


def _missing(meeting: Meeting, at: datetime) -> list[Invited]:
    """The new rows of those asked: one for each person, in the first profession that is theirs."""
    asked = set(meeting.invited.exclude(account=None).values_list("account_id", flat=True))
    new = []
    for role, account in serving(meeting, at):
        if account.pk not in asked:
            asked.add(account.pk)
            new.append(Invited.objects.create(meeting=meeting, account=account, profession=role))
    return new


def answer(*, meeting: Meeting, says: Answer, by: Viewer, at: datetime) -> None:
    """Say for oneself whether one comes. Raises Refused when the meeting is over."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        if not held.is_open:
            raise Refused(_("Mötet är redan avslutat eller inställt."))
        held.invited.filter(account=by.account).update(answer=says, answered_at=at)
        tell(by, "meetings.answer", held, at, f"account:{by.account.public_id}")


def remind(*, meeting: Meeting, by: Viewer, at: datetime) -> int:
    """Mail those who have not answered, each once a day at most. Returns how many."""
    with transaction.atomic():
        held = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        silent = held.invited.filter(answer=Answer.NONE).exclude(account=None)
        asked = [one for one in silent.select_related("account") if _may_remind(one, at)]
        for one in asked:
            send_reminder(one, by=by, at=at)
            one.reminded_at = at
            one.save(update_fields=["reminded_at"])
        if asked:
            tell(by, "meetings.remind", held, at)
    return len(asked)


def _may_remind(one: Invited, at: datetime) -> bool:
    return one.reminded_at is None or at - one.reminded_at >= BETWEEN_REMINDERS


def note_present(
    *,
    meeting: Meeting,
    people: Mapping[int, bool],
    without_account: Mapping[Role, bool],
    by: Viewer,
    at: datetime,
) -> None:
    """Note who was there: by the ids of those asked, and by profession for those without an account.

    Raises Refused when the minutes are approved or the meeting is cancelled.
    """
    with transaction.atomic():
        held = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        if held.cancelled_at is not None or _is_approved(held):
            raise Refused(_("Närvaron vid mötet går inte att ändra längre."))
        for one in held.invited.filter(pk__in=people):
            _note(one, people[one.pk], by.account)
        for role, there in without_account.items():
            row, _made = Invited.objects.get_or_create(meeting=held, account=None, profession=role)
            _note(row, there, by.account)
        tell(by, "meetings.present", held, at)


def _note(one: Invited, there: bool, by: Account) -> None:
    one.was_present, one.noted_by = there, by
    one.save(update_fields=["was_present", "noted_by"])


def _is_approved(meeting: Meeting) -> bool:
    written = getattr(meeting, "written", None)
    return written is not None and written.approved_at is not None
