"""Every write about agencies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from narvaro.web.accounts.changed import ChangedMeanwhile
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.models import AgencyPage, Part, Responsibility
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind

Shares = Mapping[str, tuple[str, str]]
"""By the id of a step: what part (a word of `Part`) and in what words."""


def write_page(
    *,
    authority: Authority,
    texts: Mapping[str, str],
    shares: Shares,
    opened_number: int,
    by: Viewer,
    at: datetime,
) -> AgencyPage:
    """Write a new version of an agency's page; what was stays as it was.

    Raises `ChangedMeanwhile` when the version that was opened (0: none) is no longer the newest.
    """
    with transaction.atomic():
        Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
        newest = AgencyPage.objects.filter(authority=authority).order_by("-number").first()
        if (newest.number if newest else 0) != opened_number:
            raise ChangedMeanwhile("the agency's page was written anew by somebody else")
        made = AgencyPage.objects.create(
            authority=authority,
            number=opened_number + 1,
            written_by=by.account,
            written_at=at,
            **texts,
        )
        Responsibility.objects.bulk_create(
            Responsibility(page=made, step=step, part=Part(part), words=words)
            for step, (part, words) in shares.items()
        )
        write_entry(
            by.actor,
            "agencies.write",
            kind=Kind.WRITE,
            at=at,
            subjects=[f"authority:{authority.public_id}", f"version:{made.number}"],
        )
    return made
