"""A routine from elsewhere is kept as a proposal, put aside, taken into use, and taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from narvaro.forms import form_ids
from narvaro.programmes import Origin, Programme, unpack
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused, locked
from narvaro.web.accounts.ledger_owner import has_the_whole_ledger
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import RoutineProposal
from narvaro.web.cases.routines import programme_in_force
from narvaro.web.projects.models import ProgrammeInUse

MOST_WAITING = 20
AHEAD = timedelta(days=400)


def keep_proposal(content: bytes, *, by: Viewer, at: datetime) -> RoutineProposal:
    """Keep a package that has been checked; the same one that waits already is the same.

    Raises InputRefused for one with faults, and Refused when too many wait.
    """
    unpack(content)
    digest = sha256(content).hexdigest()
    with transaction.atomic():
        Authority.objects.select_for_update(no_key=True).get(pk=by.authority.pk)
        waiting = RoutineProposal.objects.filter(
            authority=by.authority, aside_at__isnull=True, in_use__isnull=True
        )
        same = waiting.filter(digest=digest).first()
        if same is not None:
            return same
        if waiting.count() >= MOST_WAITING:
            said = _("%(n)s förslag väntar redan. Lägg undan något av dem först.")
            raise Refused(said % {"n": MOST_WAITING})
        made = RoutineProposal.objects.create(
            authority=by.authority, content=content, digest=digest, by=by.account, at=at
        )
        _tell(made, "routine.propose", by=by, at=at)
    return made


def put_aside(
    proposal: RoutineProposal, *, why: str, version: int, by: Viewer, at: datetime
) -> None:
    """Say no to a proposal. Raises ChangedMeanwhile and Refused."""
    if not why.strip():
        raise Refused(_("Skriv varför förslaget läggs undan."))
    with transaction.atomic():
        kept = _waiting(proposal, version)
        kept.aside_by, kept.aside_at, kept.aside_why = by.account, at, why.strip()
        kept.save()
        _tell(kept, "routine.put_aside", by=by, at=at)


def take_into_use(
    proposal: RoutineProposal, *, why: str, from_on: date, version: int, by: Viewer, at: datetime
) -> ProgrammeInUse:
    """Let the proposal be the common routine from a day to come; open cases stay on theirs.

    Raises ChangedMeanwhile and Refused.
    """
    package = unpack(bytes(proposal.content))
    _check(why, from_on, by)
    if not package.programme.in_force.holds(from_on):
        raise Refused(_("Rutinen gäller inte den dagen, enligt sin egen fil. Välj en annan dag."))
    if not (package.programme.rules and package.programme.steps):
        raise Refused(_("Rutinen saknar regel eller steg och kan inte vara kommunens rutin."))
    if forms_missing(package.programme):
        raise Refused(
            _("Steg kräver blanketter som inte kan fyllas i här, och kan inte bli klara.")
        )
    origin = package.origin or Origin("", "")
    try:
        with transaction.atomic():
            kept = _waiting(proposal, version)
            kept.in_use = ProgrammeInUse.objects.create(
                programme=package.programme.id,
                numbered=package.programme.version,
                digest=package.programme.fingerprint,
                text=package.programme_file.decode("utf-8-sig"),
                takes_place_of=programme_in_force(from_on).id,
                made_by=origin.made_by,
                licence=origin.licence,
                from_on=from_on,
                why=why.strip(),
                by=by.account,
                at=at,
            )
            kept.save()
            _tell(kept, "routine.use", by=by, at=at)
    except IntegrityError as taken:
        raise Refused(_("En annan rutin börjar gälla den dagen. Välj en annan dag.")) from taken
    return kept.in_use


def take_back(proposal: RoutineProposal, *, version: int, by: Viewer, at: datetime) -> None:
    """Undo it before its day; the proposal waits again. Raises ChangedMeanwhile and Refused."""
    with transaction.atomic():
        kept = locked(RoutineProposal.objects.all(), proposal.pk, version=version)
        used = kept.in_use
        if used is None:
            raise ChangedMeanwhile("it is not taken into use")
        if used.from_on <= by.today:
            raise Refused(_("Rutinen gäller redan. Ta en annan i bruk från en dag framåt."))
        used.undone_by, used.undone_at = by.account, at
        used.version += 1
        used.save()
        later = ProgrammeInUse.objects.filter(undone_at__isnull=True, from_on__gt=used.from_on)
        later.filter(takes_place_of=used.programme).update(takes_place_of=used.takes_place_of)
        kept.in_use = None
        try:
            with transaction.atomic():
                kept.save()
        except IntegrityError as same:
            raise Refused(_("Samma paket väntar redan. Lägg undan det först.")) from same
        _tell(kept, "routine.take_back", by=by, at=at)


def forms_missing(programme: Programme) -> tuple[str, ...]:
    """The ids of forms that steps rest on and nobody can fill in here."""
    demanded = {one.name for step in programme.steps for one in step.evidence if one.kind == "form"}
    return tuple(sorted(demanded - set(form_ids())))


def _check(why: str, from_on: date, by: Viewer) -> None:
    if not has_the_whole_ledger(by.authority.key):
        raise Refused(
            _("Flera huvudmän delar programmen här. Be den systemansvarige byta programfilen.")
        )
    if not why.strip():
        raise Refused(_("Skriv varför rutinen tas i bruk."))
    if not by.today < from_on <= by.today + AHEAD:
        raise Refused(_("Välj en dag från i morgon till ett år framåt."))


def _waiting(proposal: RoutineProposal, version: int) -> RoutineProposal:
    found = locked(RoutineProposal.objects.all(), proposal.pk, version=version)
    if found.aside_at is not None or found.in_use_id is not None:
        raise ChangedMeanwhile("somebody has decided already")
    return found


def _tell(one: RoutineProposal, action: str, *, by: Viewer, at: datetime) -> None:
    subjects = [f"proposal:{one.public_id}", f"package:{one.digest[:22]}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
