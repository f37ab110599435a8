"""What roles a source would have proposed, told before it is taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from narvaro.web.accounts.models import Account, Assignment, Authority
from narvaro.web.accounts.proposals import uncovered
from narvaro.web.accounts.roles import OF_CLASSES, places_of
from narvaro.web.accounts.roster import Serving


def new_roles(
    told: Iterable[Serving], kinds: Mapping[str, str], *, within: Authority
) -> list[dict[str, str]]:
    """The roles above a class that nobody has yet; `kinds`: of the units, by key.

    Accounts are told by opaque id, empty for somebody who has none yet; no names.
    """
    accounts = {key: one for one in Account.objects.all() for key in one.staff_keys}
    held: dict[tuple[int | None, str, str], list[Assignment]] = defaultdict(list)
    for one in Assignment.objects.filter(unit__authority=within).select_related("unit"):
        held[one.account_id, one.unit.key, one.role].append(one)
    found = []
    for duty in told:
        account = accounts.get(duty.staff)
        mine = held[account.pk, duty.unit, str(duty.role)] if account else []
        if _can_be(duty, kinds) and uncovered(duty, mine) is not None:
            known = account.public_id if account else ""
            found.append({"role": str(duty.role), "unit": duty.unit, "account": known})
    return found


def _can_be(duty: Serving, kinds: Mapping[str, str]) -> bool:
    ends_after = duty.to_on is None or duty.to_on >= duty.from_on
    is_placed = kinds.get(duty.unit, "") in places_of(duty.role)
    return duty.role not in OF_CLASSES and ends_after and is_placed
