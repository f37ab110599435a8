"""The demo's work with other authorities: one meeting that was held, one call that waits for an answer.

Made through the same actions as people use, each on its own day before the demo's day: consent
first, then what is shared, then the call. Everything said is invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment, Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.cases.routines import programme_of
from narvaro.web.collaboration import actions as calls
from narvaro.web.collaboration.actions import Said, Wanted, WantedTime, WantedUnit
from narvaro.web.collaboration.meetings import actions as meetings
from narvaro.web.collaboration.meetings.actions import Came, Written
from narvaro.web.collaboration.models import (
    Answer,
    Call,
    CallKind,
    CrossMeeting,
    Minutes,
    PlaceKind,
    Presence,
)
from narvaro.web.collaboration.words import names_of
from narvaro.web.config.demo_agencies import PSYCHIATRY, SOCIAL
from narvaro.web.consent import actions as consents
from narvaro.web.consent.actions import Given, Question
from narvaro.web.consent.items import How, Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.actions import disclose, preview
from narvaro.web.disclosures.grounds import Ground
from narvaro.web.disclosures.wishes import Wish

ITEMS = (Item.STEPS, Item.SUPPORT, Item.MINUTES)
WHY = "Samordna stödet till eleven och familjen (påhittat)"
SAID = Written(
    "Jag vill ha en lugn start på dagen.",
    "Mornarna är värst. Kvällarna fungerar.",
    "Vi provar en lugn start varje dag i två veckor. Familjen erbjuds en kontakt. (Påhittat.)",
)


@dataclass(frozen=True, slots=True)
class _Days:
    """Days back from the demo's day."""

    today: date

    def back(self, days: int) -> date:
        """A weekday so many days ago, or the Monday after it."""
        found = self.today - timedelta(days=days)
        return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def make_together(now: datetime) -> int:
    """Make it at the demo's own school, once. Returns how many calls were made."""
    post = _principal()
    if Call.objects.exists() or post is None:
        return 0
    days = _Days(now.astimezone(STOCKHOLM).date())
    chosen = list(_cases(post.unit, before=days.back(40)))
    if len(chosen) < 2:
        return 0
    _held(chosen[0], post, days)
    _waiting(chosen[1], post, days)
    return 2


def _principal() -> Assignment | None:
    posts = Assignment.objects.filter(role=Role.PRINCIPAL, account__is_demo=True)
    linked = posts.select_related("account", "unit__authority")
    return linked.exclude(unit__authority__key="").order_by("pk").first()


def _cases(school: Unit, *, before: date) -> Iterable[Case]:
    """Open cases of pupils whose guardians can all be asked."""
    cases = Case.objects.still_open().filter(school=school, opened_on__lt=before)
    for one in cases.select_related("pupil", "school__authority").order_by("pk"):
        guardians = list(one.pupil.guardians.all())
        if guardians and not any(each.held_back for each in guardians):
            yield one


def _viewer(post: Assignment, day: date, hour: int = 10) -> Viewer:
    account = post.account
    if account is None:
        raise LookupError("a post of the demo is vacant")
    return Viewer(account, post, day, datetime.combine(day, time(hour), STOCKHOLM))


def _unit(name: str) -> Unit:
    return Unit.objects.select_related("authority").get(name=name, kind="office")


def _consented(case: Case, unit: Unit, post: Assignment, day: date) -> Consent:
    """Everybody was asked and said yes, a day before anything was shared."""
    by = _viewer(post, day)
    asked = Question(unit, WHY, ITEMS, day, day + timedelta(days=180))
    made = consents.ask(case.pupil, asked, by=by, at=by.now)
    for guardian in [*case.pupil.guardians.order_by("pk"), None]:
        given = Given(guardian, State.GIVEN, day, How.ORAL)
        made.refresh_from_db()
        consents.answer(made, given, version=made.version, by=by, at=by.now)
    made.refresh_from_db()
    return made


def _shared(case: Case, consent: Consent, item: Item, post: Assignment, day: date) -> None:
    by = _viewer(post, day, 13)
    wish = Wish(
        pupil=case.pupil,
        receiver=consent.receiver,
        ground=Ground.CONSENT,
        items=frozenset({item}),
        purpose=WHY,
        until_on=day + timedelta(days=120),
        case=case,
        consent=consent,
    )
    seen = preview(wish, by=by, at=by.now).seen
    disclose(wish, seen=seen, key=f"demo-{case.pk}-{item}"[:22], by=by, at=by.now)


def _called(
    case: Case, units: Iterable[Unit], times: Iterable[date], post: Assignment, day: date
) -> Call:
    by = _viewer(post, day)
    wanted = Wanted(
        kind=CallKind.CROSS_AGENCY,
        local_name=names_of(programme_of(case))[CallKind.CROSS_AGENCY],
        reason="Det som skolan har prövat räcker inte (påhittat).",
        question="Vilket stöd kan ni ge, och vem kan familjen ringa?",
        units=tuple(WantedUnit(one) for one in units),
        times=tuple(
            WantedTime(
                datetime.combine(one, time(14), STOCKHOLM), 60, PlaceKind.SCHOOL, "Grupprum 3"
            )
            for one in times
        ),
        days=21,
    )
    made = calls.make(case=case, wanted=wanted, by=by, at=by.now)
    calls.send(call=made, version=made.version, by=by, at=by.now)
    made.refresh_from_db()
    return made


def _answers(call: Call, unit: Unit, day: date) -> None:
    contact = call.called.get(unit=unit)
    post = unit.assignments.in_force(day).filter(role=Role.AGENCY_CONTACT).first()
    if post is None:
        return
    by = _viewer(post, day, 15)
    times = tuple(one.pk for one in call.proposed.all())
    calls.answer(called=contact, said=Said(Answer.YES, times, ""), by=by, at=by.now)


def _held(case: Case, post: Assignment, days: _Days) -> None:
    """Called five weeks ago, held three weeks ago, its minutes locked and shared."""
    social = _unit(SOCIAL)
    consent = _consented(case, social, post, days.back(40))
    on = days.back(20)
    call = _called(case, [social], [on], post, days.back(37))
    _answers(call, social, days.back(34))
    by = _viewer(post, days.back(30))
    meeting = calls.settle(proposed=call.proposed.get(), chair_unit=social, by=by, at=by.now)
    by = _viewer(post, on, 16)
    came = [Came(social, Presence.YES, "Samir Påhittsberg")]
    meetings.note_present(meeting=meeting, came=came, by=by, at=by.now)
    meetings.write(meeting=meeting, said=SAID, version=0, by=by, at=by.now)
    for words, unit, within in (
        ("Erbjuda familjen en kontakt för råd och stöd (påhittat).", social, 28),
        ("Mentor möter eleven vid entrén varje morgon (påhittat).", case.school, 7),
    ):
        due = on + timedelta(days=within)
        meetings.decide(meeting=meeting, words=words, owner=unit, due_on=due, by=by, at=by.now)
    version = CrossMeeting.objects.get(pk=meeting.pk).version
    again = on + timedelta(days=56)
    meetings.hold(meeting=meeting, follow_up_on=again, version=version, by=by, at=by.now)
    written = Minutes.objects.get(meeting=meeting).version
    meetings.lock(meeting=meeting, version=written, by=by, at=by.now)
    _shared(case, consent, Item.MINUTES, post, days.back(19))


def _waiting(case: Case, post: Assignment, days: _Days) -> None:
    """Called nine days ago: one has said yes, the other is silent."""
    social, clinic = _unit(SOCIAL), _unit(PSYCHIATRY)
    consent = _consented(case, social, post, days.back(13))
    _shared(case, consent, Item.STEPS, post, days.back(12))
    times = [days.today + timedelta(days=7), days.today + timedelta(days=9)]
    call = _called(case, [social, clinic], times, post, days.back(9))
    _answers(call, social, days.back(6))
