"""People, roles, vacancies and units; one's own account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment, ProposedRole
from narvaro.web.accounts.roles import Role

Address = Callable[[MatrixTown, Assignment], "Call | list[Call]"]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
WHEN = {"from_on": "2026-12-01", "to_on": "2026-12-31", "percentage": "50"}


def nothing(name: str) -> Address:
    """A page that names nothing."""
    return lambda _town, _whose: Call(reverse(name))


def of_colleague(address: str, **data: str) -> Address:
    """A page about a colleague of the authority, asked for and sent."""

    def calls(town: MatrixTown, _whose: Assignment) -> list[Call]:
        assert town.colleague.account is not None
        url = reverse(address, args=[town.colleague.account.public_id])
        sent = {
            key: value.format(school=town.units[SCHOOL].public_id) for key, value in data.items()
        }
        return [Call(url, at=AUTHORITY), *([Call(url, at=AUTHORITY, data=sent)] if data else [])]

    return calls


def of_assignment(address: str, **data: str) -> Address:
    """A page about a colleague's assignment, asked for and sent."""

    def calls(town: MatrixTown, _whose: Assignment) -> list[Call]:
        url = reverse(address, args=[town.colleague.public_id])
        return [Call(url, at=AUTHORITY), Call(url, at=AUTHORITY, data=data)]

    return calls


def of_unit(address: str, lies_at: str, **data: str) -> Address:
    """A page about a unit, asked for and sent."""

    def calls(town: MatrixTown, _whose: Assignment) -> list[Call]:
        url = reverse(address, args=[town.units[SCHOOL].public_id])
        sent = {
            key: value.format(area=town.units["sodra"].public_id) for key, value in data.items()
        }
        return [Call(url, at=lies_at), *([Call(url, at=lies_at, data=sent)] if data else [])]

    return calls


def of_proposal(address: str) -> Address:
    """A decision on a role that a source told of."""

    def calls(town: MatrixTown, _whose: Assignment) -> Call:
        args = [_proposal(town).public_id]
        return Call(reverse(address, args=args), at=AUTHORITY, data={})

    return calls


def _proposal(town: MatrixTown) -> ProposedRole:
    given = {"account": town.colleague.account, "unit": town.units[SCHOOL], "role": Role.PRINCIPAL}
    dates = {"from_on": LONG_AGO.date(), "proposed_at": LONG_AGO}
    return ProposedRole.objects.get_or_create(**given, defaults=dates)[0]


def many_proposals(town: MatrixTown, _whose: Assignment) -> Call:
    """The look at what was chosen, before anything is decided."""
    found = _proposal(town)
    data = {"vald": f"{found.public_id}:{found.version}", "decision": "approved"}
    return Call(reverse("decide_roles"), data=data, at=AUTHORITY, shows=found.public_id)


def decided_together(town: MatrixTown, _whose: Assignment) -> Call:
    found = _proposal(town)
    now = datetime.now(UTC)
    ProposedRole.objects.filter(pk=found.pk).update(
        decision="declined", decided_at=now, decided_together="together"
    )
    return Call(reverse("undo_roles", args=["together"]), data={}, at=AUTHORITY)


ADDRESSES: Addresses = {
    "decide_roles": many_proposals,
    "undo_roles": decided_together,
    "proposed_roles": nothing("proposed_roles"),
    "approve_role": of_proposal("approve_role"),
    "decline_role": of_proposal("decline_role"),
    "undo_role": of_proposal("undo_role"),
    "account": nothing("account"),
    "account_language": lambda _town, _whose: Call(
        reverse("account_language"), data={"language": "en"}
    ),
    "people": lambda _town, _whose: [
        Call(reverse("people")),
        Call(reverse("people"), data={"namn": "Kollega"}),
    ],
    "add_person": nothing("add_person"),
    "leave_vacant": nothing("leave_vacant"),
    "add_unit": nothing("add_unit"),
    "person": of_colleague("person"),
    "change_person": of_colleague("change_person", name="Ny Provsson", is_active="on", version="1"),
    "reset_second_factor": of_colleague("reset_second_factor", sure="1"),
    "give_role": of_colleague("give_role", role="principal", unit="{school}", **WHEN),
    "change_role": of_assignment("change_role", percentage="50", version="1"),
    "end_role": of_assignment("end_role", last_on="2026-12-01", version="1"),
    "stand_in": of_assignment("stand_in", from_on="2026-12-01", to_on="2026-12-31"),
    "unit": of_unit("unit", SCHOOL),
    "move_unit": of_unit(
        "move_unit", AUTHORITY, parent="{area}", from_on="2026-12-01", version="1"
    ),
    "close_unit": of_unit("close_unit", AUTHORITY, last_on="2026-12-01", version="1"),
}
