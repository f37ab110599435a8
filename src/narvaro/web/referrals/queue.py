"""Referrals in the work queues of both sides; a row for the receiver names no pupil."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.pages import name_of
from narvaro.web.referrals.days import days_left
from narvaro.web.referrals.forms import in_words
from narvaro.web.referrals.grounds import grounded
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.pages import remark_on
from narvaro.web.referrals.receivers import units_of
from narvaro.web.referrals.rules import ANSWERED, AWAITS_ANSWER, OPEN, is_late
from narvaro.web.referrals.words import ReferralKind, State
from narvaro.web.ui.registry import QueueGroup, QueueRow


def queue(viewer: Viewer) -> Iterable[QueueRow]:
    """What the viewer has sent or answers for, and what was sent to where the viewer serves."""
    if viewer.may("referrals.referral"):
        yield from _sent(viewer)
    if viewer.may("referrals.received"):
        yield from _received(viewer)


def _sent(viewer: Viewer) -> Iterator[QueueRow]:
    """Of cases of one's own, or sent by oneself: open ones, and answers that nobody has read."""
    mine = Q(case__owner=viewer.account) | Q(made_by=viewer.account)
    waits = Q(state__in=sorted(OPEN)) | Q(state__in=sorted(ANSWERED), noted_on=None)
    seen = Referral.objects.visible_to(viewer, "referrals.referral")
    found = list(seen.filter(mine, waits).select_related("pupil", "receiver__authority"))
    live = grounded(found, viewer.now)
    for one in found:
        yield _sent_row(one, viewer, is_live=one.pk in live)


def _sent_row(one: Referral, viewer: Viewer, *, is_live: bool) -> QueueRow:
    state, waits = State(one.state), State(one.state) in AWAITS_ANSWER
    remark = remark_on(one, viewer.today, is_live=is_live)
    what = _("%(kind)s till %(receiver)s") % {
        "kind": one.get_kind_display(),
        "receiver": in_words(one.receiver),
    }
    answer = _("Svar: %(state)s.") % {"state": one.get_state_display()}
    stands = _("Hos mottagaren: %(state)s.") % {"state": one.get_state_display()}
    is_theirs = state in OPEN and not remark
    return QueueRow(
        f"referrals.sent.{one.public_id}",
        _group_sent(one, viewer, has_remark=bool(remark)),
        f"{name_of(one.pupil)} · {what}",
        remark or (answer if state in ANSWERED else stands),
        _("Se läget") if is_theirs else _("Öppna"),
        reverse("referral", args=[one.public_id]),
        one.due_on if waits else None,
        days_left(one.due_on, viewer.today) if waits else "",
    )


def _group_sent(one: Referral, viewer: Viewer, *, has_remark: bool) -> QueueGroup:
    state = State(one.state)
    if is_late(state, one.due_on, viewer.today):
        return QueueGroup.LATE
    if state in ANSWERED:
        return QueueGroup.NEW
    return QueueGroup.THIS_WEEK if has_remark else QueueGroup.WAITING


def _received(viewer: Viewer) -> Iterator[QueueRow]:
    if not Referral.objects.filter(receiver__in=units_of(viewer)).exists():
        return  # as most days at most schools: the grounds are not asked for
    found = Referral.objects.received_by(viewer, viewer.now).still_open()
    for one in found.select_related("authority"):
        yield _received_row(one, viewer)


def _received_row(one: Referral, viewer: Viewer) -> QueueRow:
    waits = State(one.state) in AWAITS_ANSWER
    is_help = one.kind == ReferralKind.HELP
    title = _("Remiss från %(who)s") if is_help else _("Överlämning från %(who)s")
    stands = _("Läge: %(state)s.") % {"state": one.get_state_display()}
    return QueueRow(
        f"referrals.received.{one.public_id}",
        _group_received(one, viewer.today),
        title % {"who": one.authority.name},
        _("Väntar på ert svar.") if waits else stands,
        _("Svara") if waits else _("Öppna"),
        reverse("referral_received", args=[one.public_id]),
        one.due_on if waits else None,
        days_left(one.due_on, viewer.today) if waits else "",
    )


def _group_received(one: Referral, today: date) -> QueueGroup:
    state = State(one.state)
    if is_late(state, one.due_on, today):
        return QueueGroup.LATE
    if state in (State.SENT, State.REOPENED):
        return QueueGroup.NEW
    if state not in AWAITS_ANSWER:
        return QueueGroup.LATER
    week_ends = today + timedelta(days=6 - today.weekday())
    is_soon = one.due_on is not None and one.due_on <= week_ends
    return QueueGroup.THIS_WEEK if is_soon else QueueGroup.LATER
