"""Asking whoever can solve it, by mail: a link and nothing else, once a week for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from narvaro.timetable import Week, local_day
from narvaro.web.accounts.models import Account, Assignment, Authority, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration.asking import Solver, staff
from narvaro.web.figures.registration.gathering import Gathered
from narvaro.web.messages.actions import Letter, queue_mail
from narvaro.web.messages.models import Mail


def ask(*, row: Gathered, school: Unit, by: Viewer, at: datetime) -> list[Mail]:
    """Queue a mail to whoever can solve a row; those asked this week already are left in peace."""
    week = Week.holding(local_day(at))
    made = [
        queue_mail(
            _letter(row, school, account, week),
            to=account,
            authority=by.authority,
            by=by,
            at=at,
            action="registration.ask",
        )
        for account in receivers(row, school, by)
    ]
    return [mail for mail in made if mail is not None]


def receivers(row: Gathered, school: Unit, by: Viewer) -> list[Account]:
    """Who can solve a row: its teachers, the school's principal, or the system owner."""
    if row.solver == Solver.TEACHER:
        accounts = staff(by.authority, on=by.today)
        found = {accounts[key].pk: accounts[key] for key in row.teachers if key in accounts}
    elif row.solver == Solver.PRINCIPAL:
        found = _serving(Role.PRINCIPAL, [school], by)
    elif row.solver == Solver.SYSTEM_OWNER:
        found = _serving(Role.SYSTEM_OWNER, Unit.objects.filter(**_top(by.authority)), by)
    else:
        found = {}
    return [one for pk, one in sorted(found.items()) if pk != by.account.pk]


def times_asked(authority: Authority, rows: Iterable[Gathered]) -> Counter[str]:
    """Row → in how many weeks somebody has been asked about it by mail."""
    wanted = {row.key for row in rows}
    asked = Mail.objects.filter(authority=authority, key__startswith="ask:", undone_at=None)
    weeks = {tuple(key.split(":")[1:3]) for key in asked.values_list("key", flat=True)}
    return Counter(row for row, _week in weeks if row in wanted)


def _serving(role: Role, units: Iterable[Unit], by: Viewer) -> dict[int, Account]:
    serving = Assignment.objects.in_force(by.today).filter(role=role, unit__in=units)
    accounts = serving.exclude(account=None).select_related("account")
    return {one.account.pk: one.account for one in accounts if one.account}


def _top(authority: Authority) -> dict[str, object]:
    return {"authority": authority, "kind": UnitKind.AUTHORITY}


def _letter(row: Gathered, school: Unit, to: Account, week: Week) -> Letter:
    language = to.language if to.language in dict(settings.LANGUAGES) else "sv"
    path = reverse("own_lessons")
    if row.solver != Solver.TEACHER:
        path = f"{reverse('registration_lessons', args=[school.public_id])}?grupp={row.key}"
    with translation.override(language):
        body = render_to_string(
            "figures/registration/asked.txt", {"url": f"{settings.PUBLIC_ADDRESS}{path}"}
        )
        subject = _("En fråga om lektioner som inte är kvitterade")
    return Letter(f"ask:{row.key}:{week}:{to.public_id}", subject, body, language)
