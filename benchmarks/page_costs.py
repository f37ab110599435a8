"""What one opening of a page costs: questions to the database and processor time.

`python benchmarks/page_costs.py FOLDER` opens the pages of the routine in an installation that
`pages.py FOLDER` made, each as somebody who has much there, and prints for each: how many questions
it asks of the database, how many of them are the same but for what they ask about, milliseconds of
the processor at the first opening in a process and at the third, and kB. None of it depends on
what else the machine does.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from narvaro.web.accounts.models import Assignment

TODAY = "2026-12-02"
OPENINGS = 3


@dataclass
class Asked:
    """Every statement sent to the database."""

    statements: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        """Note it, and let it through."""
        self.statements.append(sql)
        return execute(sql, *more)

    @property
    def alike(self) -> int:
        """The most of one kind."""
        shapes = Counter(re.sub(r"\((%s(, )?)+\)", "(…)", one) for one in self.statements)
        return max(shapes.values(), default=0)

    @property
    def most_asked(self) -> str:
        """That kind."""
        shapes = Counter(re.sub(r"\((%s(, )?)+\)", "(…)", one) for one in self.statements)
        return shapes.most_common(1)[0][0] if shapes else ""


def main(words: Sequence[str]) -> int:
    """Open each page three times. Returns 1 when any answered with an error."""
    folder, *wanted = words
    os.environ |= {
        "NARVARO_DEMO": "1",
        "NARVARO_DATA": str(Path(folder).resolve()),
        "NARVARO_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "narvaro.web.config.settings",
    }
    import django

    django.setup()
    __import__("narvaro.web.config.wsgi")  # what is there from the start is collected no more
    errors = 0
    print(f"{'page':<42}{'as':<20}{'asked':>6}{'alike':>6}{'first':>8}{'third':>8}{'kB':>6}")
    for path, name, post in pages():
        if wanted and not any(one in name for one in wanted):
            continue
        errors += _tell(path, name, post, is_long=bool(wanted))
    return 1 if errors else 0


def _tell(path: str, name: str, post: Assignment, *, is_long: bool) -> int:
    from django.db import connection

    client, took = _client(post), []
    for _ in range(OPENINGS):
        asked, began = Asked(), time.thread_time()
        with connection.execute_wrapper(asked):
            answer = client.get(path)
        took.append((time.thread_time() - began) * 1000)
    said = f"{name:<42}{post.role:<20}{len(asked.statements):>6}{asked.alike:>6}"
    kb = len(answer.content) / 1000
    print(f"{said}{took[0]:>8.0f}{took[-1]:>8.0f}{kb:>6.0f}  {_unless_fine(answer)}", flush=True)
    if is_long:
        print(f"    {asked.alike} of: {asked.most_asked[:1500]}")
    return int(answer.status_code >= 400)


def _unless_fine(answer: Any) -> str:
    return "" if answer.status_code == 200 else str(answer.status_code)


def _client(post: Assignment) -> Client:
    from django.test import Client

    from narvaro.web.accounts.doors import ACTING_AS

    assert post.account is not None
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(post.account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[ACTING_AS] = post.public_id
    session.save()
    return client


def pages() -> Iterator[tuple[str, str, Assignment]]:
    """Address, name, and in which post it is opened."""
    from django.conf import settings
    from django.db.models import Count, Q

    from narvaro.web.accounts.models import Assignment
    from narvaro.web.accounts.roles import Role
    from narvaro.web.cases.models import Case
    from narvaro.web.meetings.models import Meeting

    assert settings.TODAY is not None
    posts = Assignment.objects.in_force(settings.TODAY).filter(account__is_active=True)
    posts = posts.select_related("account", "unit__authority").order_by("pk")

    def busiest(role: Role) -> Assignment:
        flags = Count("account__flags", filter=Q(account__flags__answered_at=None))
        return posts.filter(role=role).annotate(flags=flags).order_by("-flags", "pk")[0]

    still = Case.objects.filter(closed_at=None)
    school = still.values("school").annotate(n=Count("pk")).order_by("-n", "school")[0]["school"]
    principal = posts.get(role=Role.PRINCIPAL, unit=school)
    key = principal.unit.public_id
    mentor, counsellor = busiest(Role.MENTOR), posts.get(role=Role.SCHOOL_NURSE, unit=school)
    head, area = posts.get(role=Role.HEAD_OF_SCHOOLS), posts.get(role=Role.AREA_MANAGER)
    most = still.filter(school=school).annotate(n=Count("steps")).order_by("-n", "pk")[0]
    yield "/att-gora/", "queue", principal
    yield "/att-gora/", "queue", mentor
    yield "/att-gora/", "queue", counsellor
    yield "/att-gora/", "queue", area
    yield "/att-gora/", "queue", head
    yield "/flaggor/", "flags", principal
    yield "/flaggor/", "flags", mentor
    yield "/flaggor/inget-gjort/", "nothing done", principal
    yield "/flaggor/inget-gjort/skolor/", "nothing done, schools", head
    yield "/arenden/", "cases", principal
    yield f"/arenden/{most.public_id}/", "case", principal
    yield "/arenden/uppgifter/", "tasks", principal
    yield "/arenden/uppgifter/", "tasks", counsellor
    yield f"/elever/{most.pupil.public_id}/", "pupil", principal
    yield "/rutinen/", "flow, municipality", head
    yield f"/rutinen/omraden/{area.unit.public_id}/", "flow, area", area
    yield f"/rutinen/skolor/{key}/", "flow, school", principal
    yield f"/tillsyn/arenden/{most.public_id}/", "inspector, case", principal
    yield f"/tillsyn/skolor/{key}/", "inspector, school", head
    for one in Meeting.objects.order_by("-starts_at", "pk")[:1]:
        leads = posts.get(role=Role.PRINCIPAL, unit=one.series.school)
        yield "/moten/", "meetings", leads
        yield f"/moten/{one.public_id}/", "meeting with agenda", leads
    yield "/dokument/", "documents", principal


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
