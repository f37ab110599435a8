"""The mails that an installation without a mail server keeps in a folder."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.journeys.conftest import Installation

WEEKLY = """
from datetime import date, timedelta
from narvaro.web.accounts.models import Account
from narvaro.web.jobs.clock import installation_now
from narvaro.web.messages.digest import queue_weekly_digests
from narvaro.web.messages.models import Declined
from narvaro.web.messages.sending import send_due
from narvaro.web.overview.demo_people import demo_people

to = next(one.account for one in demo_people(date(2026, 12, 2)) if one.role == "{role}")
others, now = Account.objects.exclude(pk=to.pk), installation_now()
Declined.objects.bulk_create([Declined(account=one, since=now) for one in others])
assert queue_weekly_digests(now) == 1
assert send_due(now + timedelta(minutes=11)).sent > 0
print(to.email)
"""
NAMES = """
from narvaro.web.pupils.models import Pupil
for given, family in Pupil.objects.values_list("given_name", "family_name"):
    print(given); print(family)
"""


def weekly_mail(installation: Installation, role: str) -> str:
    """What the week's mail says to the demo's person in a role; nobody else wants one."""
    to = installation.python(WEEKLY.format(role=role)).strip()
    return next(str(one.get_content()) for one in _kept(installation) if one["To"] == to)


def _kept(installation: Installation) -> list[EmailMessage]:
    files = sorted((installation.folder / "mail").glob("*.log"))
    texts = "".join(one.read_text("utf-8") for one in files)
    parts = re.split(r"(?m)^-{79}\n", texts)
    return [message_from_bytes(one.encode(), policy=default) for one in parts if one.strip()]


def links_in(text: str) -> list[str]:
    """The addresses in a mail, in order."""
    return re.findall(r"https?://\S+", text)


def names_in(text: str, installation: Installation) -> set[str]:
    """Names of pupils that stand in a text as words."""
    words = set(re.findall(r"\w+", text))
    return words & set(installation.python(NAMES).split("\n"))
