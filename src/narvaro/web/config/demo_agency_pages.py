"""What the demo's agencies say of themselves; the health centre has not written anything yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.actions import Shares, write_page
from narvaro.web.agencies.models import AgencyPage
from narvaro.web.config.demo_agencies import PSYCHIATRY, SOCIAL

WRITTEN_AT = datetime(2026, 9, 7, 14, tzinfo=STOCKHOLM)


@dataclass(frozen=True, slots=True)
class Telling:
    """What an agency says, and its part in steps of the demo's routine."""

    texts: Mapping[str, str]
    shares: Shares


PAGES: Mapping[str, Telling] = {
    SOCIAL: Telling(
        {
            "what_we_do": "Stöd till barn, unga och föräldrar. En del stöd ges utan utredning, "
            "när familjen själv vill.\n\nVi tar inte över skolans arbete med närvaron.",
            "when_to_call": "När skolans eget stöd har provats och familjen behöver stöd hemma. "
            "Fråga oss tidigt, utan att namnge barnet. En orosanmälan görs genast och på egen väg.",
            "whom_to_call": "Mottagningen, vardagar 9–12: 0000-12 34 56.\n"
            "Kontaktpersonen svarar på frågor om samarbetet.",
        },
        {
            "collaboration": (
                "leads",
                "Leder mötet om skolan vill, och kommer alltid när vi kallas.",
            ),
            "follow-up": ("takes_part", "Följer upp det vi har åtagit oss."),
            "consultation": ("advises", "Familjebehandlare, en tid i månaden."),
        },
    ),
    PSYCHIATRY: Telling(
        {
            "what_we_do": "Utreder och behandlar barn och unga 6–17 år när vårdcentralens stöd "
            "inte räcker.",
            "when_to_call": "Börja med vårdcentralen. Hör av er till oss när eleven redan har "
            "kontakt här, eller för att få råd utan namn.",
            "whom_to_call": "Rådgivningen, tisdag och torsdag 13–15: 0000-65 43 21.",
        },
        {
            "collaboration": ("takes_part", "Kommer när eleven har kontakt hos oss."),
            "consultation": ("advises", "Psykolog, varannan vecka."),
        },
    ),
}


def write_agency_pages() -> None:
    """Let each agency's contact of the day write its page, once."""
    for name, told in PAGES.items():
        if AgencyPage.objects.filter(authority__name=name).exists():
            continue
        there = Assignment.objects.in_force(WRITTEN_AT.date()).select_related("account")
        writer = there.filter(role=Role.AGENCY_CONTACT, unit__authority__name=name).first()
        if writer is None or writer.account is None:
            continue
        write_page(
            authority=writer.unit.authority,
            texts=told.texts,
            shares=told.shares,
            opened_number=0,
            by=Viewer(writer.account, writer, WRITTEN_AT.date(), WRITTEN_AT),
            at=WRITTEN_AT,
        )
