"""Walks cells of the matrix: who asks for what, what has to come, what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.api.things import key_of
from tests.web.matrix_town import STANDINGS, Call, Calls, MatrixTown, Standing, reaches

from narvaro.web.accounts.doors import ACTING_AS
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.permissions import ACTIONS, Action, Relation
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind

Address = Callable[[MatrixTown, Assignment], Calls]
ANSWERED = {200, 204, 302, 303}
PERSONAL = (Relation.SELF, Relation.ASSIGNED)

# Addresses of django-allauth, which has its own doors
OTHERS: Mapping[str, str] = {
    "account_login": "where one signs in",
    "account_logout": "where one signs out; asks first",
    "account_confirm_login_code": "not offered: no code is mailed, and nobody can have one",
    "account_signup": "closed: accounts are made by administrators",
    "account_inactive": "says that an account is closed",
    "account_reauthenticate": "asks a signed-in person for the password once more",
    "account_email": "one's own address, after signing in",
    "account_confirm_email": "by a signed, expiring link",
    "account_email_verification_sent": "says that mail was sent",
    "account_change_password": "one's own, after signing in",
    "account_set_password": "one's own, after signing in",
    "account_reset_password": "mails a link; answers the same whether the address is known or not",
    "account_reset_password_done": "says that mail was sent",
    "account_reset_password_from_key": "by a signed, expiring link",
    "account_reset_password_from_key_done": "says that it is done",
    "mfa_index": "one's own second factors, after signing in",
    "mfa_authenticate": "asks for the second factor in the middle of a sign-in",
    "mfa_reauthenticate": "asks for the second factor once more",
    "mfa_activate_totp": "one's own, after signing in",
    "mfa_deactivate_totp": "one's own, after signing in",
    "mfa_view_recovery_codes": "one's own, after signing in",
    "mfa_generate_recovery_codes": "one's own, after signing in",
    "mfa_download_recovery_codes": "one's own, after signing in",
    "mfa_list_webauthn": "one's own, after signing in",
    "mfa_add_webauthn": "one's own, after signing in",
    "mfa_edit_webauthn": "one's own, after signing in",
    "mfa_remove_webauthn": "one's own, after signing in",
    "mfa_reauthenticate_webauthn": "the challenge of a security key once more",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the application."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def actions_by_address() -> dict[str, str]:
    """The action of every address that has one, by the address's name."""
    return {
        str(one.name): one.callback.action for one in patterns() if hasattr(one.callback, "action")
    }


def _collected(word: str) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for path in sorted((Path(__file__).parent / "matrix").glob("*.py")):
        for name, address in getattr(
            import_module(f"tests.web.matrix.{path.stem}"), word, {}
        ).items():
            assert name not in found, f"{name} is entered twice"
            found[name] = address
    return found


ADDRESSES = _collected("ADDRESSES")  # by the address's name
PARTS = _collected("PARTS")  # parts of pages that are actions of their own, by action


@dataclass(frozen=True)
class Cell:
    """A role at a place asks for something, its own or another's."""

    action: str
    address: Address
    role: Role
    standing: Standing
    asks_for_own: bool

    def __str__(self) -> str:
        own = ", its own" if self.asks_for_own else ""
        return f"{self.action} by {self.role} of {self.standing.name}{own}"

    @property
    def relation(self) -> Relation | None:
        return ACTIONS[self.action].may.get(self.role)


def cells(action: str, address: Address) -> Iterator[Cell]:
    """Every role at every place; those with a personal relation ask for their own too."""
    for role in Role:
        is_personal = ACTIONS[action].may.get(role) in PERSONAL
        for standing in STANDINGS:
            yield Cell(action, address, role, standing, asks_for_own=False)
            if is_personal:
                yield Cell(action, address, role, standing, asks_for_own=True)


def walk_all(town: MatrixTown, action: str, address: Address) -> list[str]:
    """Everybody asks. What the colleague has is made once, before the first. What is wrong."""
    with transaction.atomic():
        colleagues = called(address, town, town.colleague)
        wrong = [said for cell in cells(action, address) for said in walk(town, cell, colleagues)]
        transaction.set_rollback(True)
    return wrong


def walk(town: MatrixTown, cell: Cell, colleagues: Sequence[Call]) -> list[str]:
    """Ask, and undo all it did. Returns what is wrong."""
    mine, client = town.viewer(cell.role, cell.standing)
    with transaction.atomic():
        own = called(cell.address, town, mine) if cell.relation in PERSONAL else ()
        calls = own if cell.asks_for_own else colleagues
        wrong = [
            f"{cell}: {said}"
            for call in calls
            for said in _complaints(call, client, verdict=expected(cell, call, own))
        ]
        transaction.set_rollback(True)
    return wrong


def called(address: Address, town: MatrixTown, whose: Assignment) -> Sequence[Call]:
    """The requests of an address."""
    calls = address(town, whose)
    return [calls] if isinstance(calls, Call) else list(calls)


def asked(client: Client, call: Call) -> HttpResponse:
    """Send a request; what it tells the browser to remember is forgotten, as the rest is undone."""
    if call.by_key:
        return asked_by_key(client, call)
    before = copy(client.cookies)
    answer = client.get(call.url) if call.data is None else client.post(call.url, dict(call.data))
    client.cookies = before
    assert isinstance(answer, HttpResponse)
    return answer


def asked_by_key(client: Client, call: Call) -> HttpResponse:
    """Ask as a program of whoever is signed in; who has no assignment has no key to send."""
    mine = Assignment.objects.filter(public_id=client.session.get(ACTING_AS, "")).first()
    sent = {} if mine is None else {"Authorization": f"Bearer {key_of(mine)[1]}"}
    answer = Client(headers=sent).get(call.url)
    assert isinstance(answer, HttpResponse)
    return answer


def _complaints(call: Call, client: Client, *, verdict: bool | None) -> Iterator[str]:
    before = Entry.objects.filter(kind=Kind.REFUSED).count()
    answer = asked(client, call)
    if call.shows:
        is_shown = call.shows in answer.content.decode()
        if is_shown != bool(verdict):
            yield f"{call.url} {'shows' if is_shown else 'does not show'} it"
        return
    if verdict and (answer.status_code not in ANSWERED or _is_sent_away(answer)):
        yield f"{call.url} answered {answer.status_code}"
    closed = {404, 401} if call.by_key else {404}  # 401: the key's assignment is over
    if verdict is False and answer.status_code not in closed:
        yield f"{call.url} answered {answer.status_code}, not 404"
    is_noted = Entry.objects.filter(kind=Kind.REFUSED).count() > before
    if answer.status_code in closed and not is_noted:
        yield f"{call.url} was refused without a trace"


def _is_sent_away(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/konto/login")


def expected(cell: Cell, call: Call, own: Sequence[Call]) -> bool | None:
    """True: let in. False: not found. None: either (an empty page of one's own elsewhere)."""
    if cell.relation is None or cell.standing.is_over:
        return False
    if cell.relation in PERSONAL:
        return call in own
    if call.at:
        sides = [one for one in (call.at, call.also_at) if one]
        return any(reaches(cell.relation, cell.standing, one) for one in sides)
    return True if cell.standing.unit.startswith(("almskolan", "norra", "linnasa")) else None


def outsiders(town: MatrixTown, action: Action, address: Address) -> list[str]:
    """A stranger gets not found and leaves a trace; whoever is not signed in is asked to."""
    wrong = []
    for _, client in (town.browsers["", "a stranger"], town.browsers["", "nobody signed in"]):
        with transaction.atomic():
            for call in called(address, town, town.colleague):
                answer = asked(client, call)
                is_out = call.by_key and answer.status_code == 401
                if not is_out and not _is_right_for_outsider(client, action, answer):
                    wrong.append(f"{action.name}: {call.url} answered {answer.status_code}")
                if call.shows and call.shows in answer.content.decode():
                    wrong.append(f"{action.name}: {call.url} shows it to an outsider")
            transaction.set_rollback(True)
    return wrong


def _is_right_for_outsider(client: Client, action: Action, answer: HttpResponse) -> bool:
    if action.is_public:
        return answer.status_code in ANSWERED | {404} and not _is_sent_away(answer)
    return (
        answer.status_code == 404 if client.session.get("_auth_user_id") else _is_sent_away(answer)
    )


def let_in(town: MatrixTown, name: str) -> Iterator[tuple[Client, Call]]:
    """The requests of an address, each with a browser of somebody who may ask."""
    action, address = ACTIONS[actions_by_address()[name]], ADDRESSES[name]
    if action.is_public:
        for call in called(address, town, town.colleague):
            yield Client(), call
        return
    for cell in cells(action.name, address):
        mine, client = town.viewer(cell.role, cell.standing)
        if cell.relation in PERSONAL and not cell.asks_for_own:
            continue
        before = transaction.savepoint()
        calls = called(address, town, mine if cell.asks_for_own else town.colleague)
        own = calls if cell.asks_for_own else ()
        if all(expected(cell, call, own) for call in calls):
            yield from ((client, call) for call in calls)
            return
        transaction.savepoint_rollback(before)
