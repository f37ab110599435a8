"""The demo's library of routines: two documents that hold, a new version of one on its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment, Authority
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents import routine_actions as actions
from narvaro.web.documents.models import RoutineDocument

MAKERS = (Role.PROJECT_LEADER, Role.COMMUNICATOR, Role.PRINCIPAL)
OVERVIEW = """# När en elev är borta mycket
Alla timmar räknas, oavsett skäl. En flagga får alltid en ägare, ett datum och ett beslut med skäl.

# Stegen
- Mentor pratar med hemmet inom tio skoldagar och dokumenterar samtalet.
- Elevhälsan analyserar på sitt nästa möte.
- Rektor utser vem som utreder, och underrättar huvudmannen när utredningen börjar.
- Andra verksamheter bjuds in när det behövs och hemmet vill.
- Planen följs upp den dag som står i den."""
TALK = """# Före samtalet
Läs siffrorna och det som redan är provat. Boka tolk om det behövs.

# Under samtalet
- Fråga eleven först.
- Skriv det eleven och hemmet säger med deras ord.
- Skriv inget om hälsa. Det hör till elevhälsan."""
NEWER = TALK + "\n- Bestäm innan ni skiljs åt när ni hörs igen."


def make_routine(authority: Authority, today: date) -> None:
    """Write, approve and publish the demo's documents, once."""
    people = _people(authority, today)
    if len(people) < len(MAKERS) or RoutineDocument.objects.exists():
        return
    for days, name, text in (
        (60, "Översikt av rutinen", OVERVIEW),
        (55, "Samtal med hemmet", TALK),
    ):
        at = datetime.combine(today - timedelta(days=days), time(9), STOCKHOLM)
        leader = _viewer(people[Role.PROJECT_LEADER], at)
        made = actions.start_document(name=name, text=text, by=leader, at=at)
        _edited_and_asked(made, text, people, at)
        _approved_and_published(made, people, at + timedelta(days=2))
    at = datetime.combine(today - timedelta(days=1), time(9), STOCKHOLM)
    actions.write(
        made, text=NEWER, opened_version=0, by=_viewer(people[Role.PROJECT_LEADER], at), at=at
    )
    _edited_and_asked(made, NEWER, people, at)


def _edited_and_asked(
    made: RoutineDocument, text: str, people: Mapping[Role, Assignment], at: datetime
) -> None:
    editor = _viewer(people[Role.COMMUNICATOR], at)
    draft = made.versions.get(published_at=None)
    draft = actions.write(made, text=text, opened_version=draft.version, by=editor, at=at)
    principal = _viewer(people[Role.PRINCIPAL], at).account
    actions.ask(draft, [principal], opened_version=draft.version, by=editor, at=at)


def _approved_and_published(
    made: RoutineDocument, people: Mapping[Role, Assignment], at: datetime
) -> None:
    draft = made.versions.get(published_at=None)
    principal, leader = (
        _viewer(people[role], at) for role in (Role.PRINCIPAL, Role.PROJECT_LEADER)
    )
    approval = draft.approvals.get()
    actions.approve(approval, opened_version=draft.version, by=principal, at=at)
    actions.publish(draft, opened_version=draft.version, by=leader, at=at)


def _people(authority: Authority, today: date) -> dict[Role, Assignment]:
    posts = Assignment.objects.in_force(today).filter(
        role__in=MAKERS, unit__authority=authority, account__is_demo=True
    )
    found: dict[Role, Assignment] = {}
    for one in posts.select_related("account", "unit__authority").order_by("pk"):
        found.setdefault(Role(one.role), one)
    return found


def _viewer(post: Assignment, at: datetime) -> Viewer:
    if post.account is None:
        raise ValueError("the post is vacant")
    return Viewer(post.account, post, at.date(), at)
