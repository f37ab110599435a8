"""The demo's cases: opened, decided, late, investigated and closed in the autumn, all invented.

Made through the same actions as people use, each on its own day before the demo's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from narvaro.timetable import Calendar, Month, SchoolYear, school_days_after
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import (
    Account,
    Assignment,
    Authority,
    AuthorityKind,
    Unit,
    UnitKind,
    on_day,
)
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.actions import Decided
from narvaro.web.cases.known import known_of
from narvaro.web.cases.models import (
    Case,
    CauseLevel,
    CauseWord,
    ContactOutcome,
    ContactWay,
    Decision,
    EvidenceKind,
    OpenedBecause,
    Step,
)
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import missing
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.documents import actions as documents
from narvaro.web.figures.facts import facts_at
from narvaro.web.pupils.models import Protection, Pupil

SCHOOLS, PUPILS = 4, 9
"""How many schools have cases in the demo, and how many pupils at each at most."""
WHY = "Påhittat skäl för att prova."
CAUSES = (
    (CauseLevel.SCHOOL, CauseWord.TEACHING, False),
    (CauseLevel.PEERS, CauseWord.LONELINESS, False),
    (CauseLevel.STRUCTURE, CauseWord.TRAVEL, False),
    (CauseLevel.PEERS, CauseWord.FRIENDS, True),
)

DOCUMENTED = "teacher-documentation"
TALKS = (
    {
        "pupil_says": "Det är bullrigt i korridoren på morgonen.",
        "home_says": "Mornarna är värst. Kvällarna fungerar.",
        "tried": "Eleven möts vid entrén av en vuxen. Fem dagar av tio fungerade det.",
    },
    {
        "pupil_says": "Jag vet inte var jag ska sitta på rasterna.",
        "home_says": "Har en kamrat i parallellklassen.",
        "tried": "Sällskap på rasterna två veckor. Fler hela dagar än förut.",
    },
    {
        "pupil_says": "Tar bussen hem när lektionen byter sal.",
        "home_says": "Visste inte att dagarna blev så många.",
        "tried": "Schemat på papper och ett byte färre. Inget märkbart än.",
    },
)

# After how many school days each step is decided, and how; a case stops where its plan ends
NEXT, CLOSE = Decision.NEXT, Decision.CLOSE
PLANS: tuple[tuple[tuple[int, Decision, str], ...], ...] = (
    ((6, NEXT, "student-health"), (12, NEXT, "investigation"), (14, NEXT, "follow-up")),
    ((8, CLOSE, ""),),
    (),
    ((14, NEXT, "student-health"),),
    ((9, NEXT, "student-health"), (15, CLOSE, "")),
    ((5, NEXT, "student-health"), (10, NEXT, "investigation")),
    ((13, CLOSE, ""),),
    ((7, NEXT, "student-health"), (9, NEXT, "investigation"), (12, NEXT, "collaboration")),
    ((10, Decision.ESCALATE, ""), (6, NEXT, "student-health")),
)


def make_cases(now: datetime) -> int:
    """Fill the autumn with cases, once. Returns how many were made."""
    facts = facts_at(now)
    authority = Authority.objects.exclude(key="").filter(kind=AuthorityKind.SCHOOL).first()
    if Case.objects.exists() or facts is None or authority is None:
        return 0
    begins = Month.of(SchoolYear.holding(now.date()).begins, 9)
    month = facts.at(begins) if begins in facts.months else facts
    made = 0
    for school in Unit.objects.filter(authority=authority, kind=UnitKind.SCHOOL).order_by("name"):
        if made and Case.objects.values("school").distinct().count() >= SCHOOLS:
            break
        listed = [one for one in month.standings(school.key) if one.is_flagged]
        keys = [one.pupil for one in sorted(listed, key=lambda one: (-one.exact, one.pupil))]
        chosen = _pupils(authority, keys)
        for number, pupil in enumerate(chosen):
            opened = month.month.last_day + timedelta(days=1 + 2 * number)
            made += _Case(pupil, school, calendar_of(school, now), now.date()).make(
                opened, PLANS[number % len(PLANS)]
            )
    return made


def _pupils(authority: Authority, keys: list[str]) -> Iterator[Pupil]:
    known = {
        one.key: one
        for one in Pupil.objects.filter(
            authority=authority,
            key__in=keys,
            protection=Protection.NONE,
            is_counted_only=False,
        )
    }
    return islice((known[key] for key in keys if key in known), PUPILS)


class _Case:
    """One case, made day by day as far as the demo's day."""

    def __init__(self, pupil: Pupil, school: Unit, calendar: Calendar, today: date) -> None:
        self.pupil, self.school, self.calendar, self.today = pupil, school, calendar, today

    def make(self, opened: date, plan: tuple[tuple[int, Decision, str], ...]) -> bool:
        day = self.calendar.next_school_day(opened)
        principal = self._principal(day)
        here = self.pupil.enrolments.filter(on_day(day), school_key=self.school.key)
        if principal is None or day >= self.today or not here.exists():
            return False
        by = _viewer(principal, day)
        case = actions.open_case(self.pupil, because=OpenedBecause.FLAG, by=by, at=by.now)
        for days, decision, leads_to in plan:
            step = case.steps.filter(decided_at__isnull=True).exclude(step="notification").last()
            day = school_days_after(day, days, self.calendar)
            if step is None or day >= self.today:
                break
            self._decide(case, step, Decided(decision, WHY, leads_to=leads_to), day)
        return True

    def _decide(self, case: Case, step: Step, decided: Decided, day: date) -> None:
        post = self._principal(day)
        if post is None:
            return
        by = _viewer(post, day)
        if decided.decision != Decision.ESCALATE:
            self._show(case, step, by)
        step.refresh_from_db()
        actions.decide(step, decided, version=step.version, by=by, at=by.now)

    def _show(self, case: Case, step: Step, by: Viewer) -> None:
        """What the step rests on: a contact, a signed form, a held meeting, a noted event."""
        if step.step == "conversation":
            actions.add_contact(
                case,
                on=by.today,
                way=ContactWay.PHONE,
                outcome=ContactOutcome.TALKED,
                by=by,
                at=by.now,
            )
        known = step_of(programme_of(case), step.step)
        for wanted in missing(step, known) if known else ():
            if wanted.name == DOCUMENTED:
                self._document(case, step, by)
                continue
            actions.add_evidence(
                step,
                kind=EvidenceKind(wanted.kind),
                name=wanted.name,
                item=f"{step.pk}-{wanted.name}"[:22],
                is_done=True,
                by=by,
                at=by.now,
            )
        if step.step == "investigation":
            level, word, is_protective = CAUSES[case.pk % len(CAUSES)]
            actions.add_cause(
                case, level=level, word=word, is_protective=is_protective, by=by, at=by.now
            )
            duty = "notify-authority"
            actions.record_legal_event(case, duty=duty, on=by.today, by=by, at=by.now)

    def _document(self, case: Case, step: Step, by: Viewer) -> None:
        """The conversation as a signed document: what the next meeting reads of it."""
        made = documents.start(
            DOCUMENTED,
            pupil=case.pupil,
            unit=case.school,
            by=by,
            at=by.now,
            prefilled=known_of(by, case),
        )
        actions.add_evidence(
            step, kind=EvidenceKind.FORM, item=made.public_id, name=DOCUMENTED, by=by, at=by.now
        )
        answers = {"present": ["pupil", "guardian_1"], **TALKS[case.pk % len(TALKS)]}
        kept = documents.save(made, answers=answers, opened_version=made.version, by=by, at=by.now)
        documents.sign(kept, opened_version=kept.version, by=by, at=by.now)

    def _principal(self, day: date) -> Assignment | None:
        held = Assignment.objects.in_force(day).filter(
            role="principal", unit=self.school, account__is_active=True
        )
        return held.select_related("account", "unit__authority").order_by("pk").first()


def _viewer(post: Assignment, day: date) -> Viewer:
    account: Account | None = post.account
    if account is None:
        raise ValueError("nobody holds the post")
    return Viewer(account, post, day, datetime.combine(day, time(13), STOCKHOLM))
