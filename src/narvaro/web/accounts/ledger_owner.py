"""Whose what stands in the ledger is."""

from __future__ import annotations

from narvaro.web.accounts.models import Authority, AuthorityKind


def has_the_whole_ledger(key: str) -> bool:
    """Whether everything in the ledger is the school authority's with this key.

    It is when no other has a key: an independent school that only takes part in collaboration
    has sent nothing. One without a key has all of it only while it stands alone.
    """
    keys = list(Authority.objects.filter(kind=AuthorityKind.SCHOOL).values_list("key", flat=True))
    if len(keys) == 1:
        return True
    return [one for one in keys if one] == [key]
