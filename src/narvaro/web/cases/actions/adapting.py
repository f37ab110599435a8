"""What a school does otherwise is kept, followed by another, and ended; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.programmes import Adaptation as Otherwise
from narvaro.programmes import write_adaptation
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Adaptation
from narvaro.web.cases.routines import routine_in_force


def keep_adaptation(
    school: Unit,
    otherwise: Otherwise,
    *,
    why: str,
    from_on: date,
    version: int,
    by: Viewer,
    at: datetime,
) -> Adaptation:
    """Keep what a school does otherwise from a day on; the one before ends the day before.

    `version` is the number of the latest one that the form showed, 0 for none. Cases that are
    open stay on what they follow. Raises ChangedMeanwhile and Refused.
    """
    _check(why, from_on, by)
    try:
        with transaction.atomic():
            latest = _locked(school, version)
            for one in Adaptation.objects.filter(school=school, to_on__isnull=True):
                one.to_on = max(one.from_on, from_on - timedelta(days=1))
                one.save()
            made = Adaptation.objects.create(
                school=school,
                routine=routine_in_force(by.today, at=at),
                text=write_adaptation(otherwise),
                why=why.strip(),
                by=by.account,
                from_on=from_on,
                version=1 if latest is None else latest.version + 1,
            )
            _tell(made, "routine.adapt", by=by, at=at)
    except IntegrityError as second:
        raise ChangedMeanwhile("somebody else adapted the routine") from second
    return made


def end_adaptation(
    school: Unit, *, last_day: date, why: str, version: int, by: Viewer, at: datetime
) -> None:
    """Let the common routine hold again after a day, for cases opened then.

    One that has not begun is taken back. Raises ChangedMeanwhile and Refused.
    """
    if not why.strip():
        raise Refused(_("Skriv varför anpassningen avslutas."))
    if last_day < by.today:
        raise Refused(_("Välj i dag eller en dag framåt."))
    with transaction.atomic():
        kept = _locked(school, version)
        if kept is None or kept.to_on is not None:
            raise ChangedMeanwhile("there is nothing to end")
        _tell(kept, "routine.end", by=by, at=at)
        if kept.from_on > last_day:
            kept.delete()
            return
        kept.to_on, kept.ended_by, kept.ended_why = last_day, by.account, why.strip()
        kept.version += 1
        kept.save()


def latest_of(school: Unit) -> Adaptation | None:
    """The adaptation of a school that was decided last, over or not."""
    return Adaptation.objects.filter(school=school).order_by("pk").last()


def _locked(school: Unit, version: int) -> Adaptation | None:
    """The latest, while nobody else decides for the school."""
    Unit.objects.select_for_update(no_key=True).get(pk=school.pk)
    found = latest_of(school)
    if (0 if found is None else found.version) != version:
        raise ChangedMeanwhile("somebody else adapted the routine")
    return found


def _check(why: str, from_on: date, by: Viewer) -> None:
    if not why.strip():
        raise Refused(_("Skriv varför skolan gör annorlunda."))
    if not by.today <= from_on <= by.today + timedelta(days=400):
        raise Refused(_("Välj i dag eller en dag det närmaste året."))


def _tell(one: Adaptation, action: str, *, by: Viewer, at: datetime) -> None:
    subjects = [f"school:{one.school.public_id}", f"adaptation:{one.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
