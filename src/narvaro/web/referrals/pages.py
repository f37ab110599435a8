"""Frozen values for the pages of referrals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.views.asking import way_to
from narvaro.web.consent.items import Item
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.pupils.pages import name_of
from narvaro.web.referrals.days import days_left
from narvaro.web.referrals.forms import DecideForm, SendForm, in_words
from narvaro.web.referrals.grounds import fitting, grounded
from narvaro.web.referrals.models import Moment, Referral
from narvaro.web.referrals.receivers import has_somebody
from narvaro.web.referrals.rules import AWAITS_ANSWER, SENT_ONES, is_late
from narvaro.web.referrals.words import Happening, ReferralKind, Side, State, WhyDeclined
from narvaro.web.ui import lists, written


@dataclass(frozen=True, slots=True)
class Row:
    """A referral in a list of the sender's: to whom, where it stands, and what is to be seen to."""

    public_id: str
    name: str
    receiver: str
    kind: str
    state: str
    remark: str
    due_on: date | None
    left: str
    is_late: bool
    is_open: bool


def rows_of(referrals: Iterable[Referral], viewer: Viewer) -> list[Row]:
    """The referrals as rows, in the order given."""
    found = list(referrals)
    live = grounded(found, viewer.now)
    return [_row(one, viewer, is_live=one.pk in live) for one in found]


def _row(one: Referral, viewer: Viewer, *, is_live: bool) -> Row:
    state = State(one.state)
    waits = state in AWAITS_ANSWER
    return Row(
        one.public_id,
        name_of(one.pupil),
        in_words(one.receiver),
        str(one.get_kind_display()),
        str(one.get_state_display()),
        remark_on(one, viewer.today, is_live=is_live),
        one.due_on if waits else None,
        days_left(one.due_on, viewer.today) if waits else "",
        is_late(state, one.due_on, viewer.today),
        one.is_open,
    )


def remark_on(one: Referral, today: date, *, is_live: bool) -> str:
    """What the sender has to see to, in a sentence; empty when the receiver is in turn."""
    state = State(one.state)
    if state == State.PREPARED:
        return _("Inte skickad: ingen grund är vald.")
    if state in SENT_ONES and not is_live:
        return _("Mottagaren kan inte läsa den: grunden gäller inte längre.")
    if state in SENT_ONES and not has_somebody(one.receiver, today, kind=ReferralKind(one.kind)):
        return _("Ingen hos mottagaren kan öppna den just nu.")
    if is_late(state, one.due_on, today):
        return _("Inget svar inom tiden.")
    return ""


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """A referral as its sender sees it."""

    referral: Referral
    name: str
    receiver: str
    kind: str
    state: str
    remark: str
    facts: Sequence[lists.Fact]
    events: Sequence[lists.Event]
    is_live: bool
    shown: Sequence[str]
    send: SendForm | None
    decide: DecideForm | None
    ground_url: str
    crumbs: Sequence[tuple[str, str]]


def referral_page(
    one: Referral,
    viewer: Viewer,
    *,
    send: SendForm | None = None,
    decide: DecideForm | None = None,
) -> ReferralPage:
    """The page; a form that was just sent and could not be taken is shown as it was sent."""
    choices = fitting(one, viewer.now)
    is_live = one.disclosure in choices
    may_send = viewer.may("referrals.send") and one.is_open and bool(choices)
    asked = decide or DecideForm(referral=one, has_ground=is_live)
    title = _("Överlämning") if one.kind == ReferralKind.HAND_OVER else _("Remiss")
    return ReferralPage(
        one,
        name_of(one.pupil),
        in_words(one.receiver),
        title,
        str(one.get_state_display()),
        remark_on(one, viewer.today, is_live=is_live),
        _facts(one, viewer),
        events_of(one.moments.select_related("by")),
        is_live,
        [str(item.label) for item in choices[one.disclosure]] if is_live and one.disclosure else [],
        (send or send_form(one, viewer)) if may_send else None,
        None if asked.is_empty or not viewer.may("referrals.decide") else asked,
        _ground_url(one, viewer),
        [*way_to(one.case, viewer), (title, "")],
    )


def send_form(one: Referral, viewer: Viewer, data: Mapping[str, str] | None = None) -> SendForm:
    """The form that a referral is sent by: what was told to the receiver and holds."""
    told = fitting(one, viewer.now)
    words = {found: _told(found, items, viewer.today) for found, items in told.items()}
    return SendForm(data, referral=one, choices=words)


def _told(found: Disclosure, items: Sequence[Item], today: date) -> str:
    return _("%(items)s. Delat %(day)s, läsbart till %(until)s.") % {
        "items": ", ".join(str(one.label) for one in items),
        "day": written.dated(found.made_at.date(), today),
        "until": written.dated(found.until_on, today),
    }


def _ground_url(one: Referral, viewer: Viewer) -> str:
    """Where a ground is found and items are chosen, for who may."""
    if not (one.is_open and viewer.may("disclosures.send")):
        return ""
    return reverse("disclosures", args=[one.pupil.public_id])


def _facts(one: Referral, viewer: Viewer) -> list[lists.Fact]:
    facts = [lists.Fact(_("Läge"), str(one.get_state_display()).capitalize())]
    if one.sent_on is not None:
        facts.append(lists.Fact(_("Skickad"), written.dated(one.sent_on, viewer.today)))
    if one.due_on is not None and State(one.state) in AWAITS_ANSWER:
        left = days_left(one.due_on, viewer.today)
        facts.append(
            lists.Fact(_("Svar senast"), f"{written.dated(one.due_on, viewer.today)}, {left}")
        )
    return facts


def events_of(moments: Iterable[Moment], *, for_receiver: bool = False) -> list[lists.Event]:
    """What has happened, the latest first.

    Each side sees its own people by name, and of the other side only that it did it; the
    sender's reasons stay at home.
    """
    mine = Side.RECEIVER if for_receiver else Side.SENDER
    shown = [one for one in moments if not for_receiver or one.what in _SEEN_BY_RECEIVER]
    return [
        lists.Event(
            written.day(one.on).capitalize(),
            str(one.get_what_display()),
            " ".join(_said(one, is_own=one.side == mine)),
        )
        for one in reversed(shown)
    ]


_SEEN_BY_RECEIVER = frozenset(Happening) - {Happening.PREPARE, Happening.NOTE, Happening.RENEW}


def _said(one: Moment, *, is_own: bool) -> Iterable[str]:
    if is_own:
        yield f"{one.by.name}."
    if one.why_code:
        label = str(WhyDeclined(one.why_code).label)
        yield f"{label}." if one.why_code != WhyDeclined.OTHER else ""
    if one.why and (is_own or one.what == Happening.DECLINE):
        yield f"”{one.why}”"
