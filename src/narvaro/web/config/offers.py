"""What each app offers to the pages that gather."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts import offers as accounts
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies import offers as agencies
from narvaro.web.cases import offers as cases
from narvaro.web.cases.routine_pages import offers as routine
from narvaro.web.collaboration import offers as collaboration
from narvaro.web.config.names import is_name_of_a_pupil
from narvaro.web.config.receivers import guardian
from narvaro.web.consent import offers as consent
from narvaro.web.consultations import offers as consultations
from narvaro.web.consultations.registry import offer_names
from narvaro.web.deliveries import offers as deliveries
from narvaro.web.disclosures import offers as disclosures
from narvaro.web.documents import offers as documents
from narvaro.web.emergency import offers as emergency
from narvaro.web.exports import offers as exports
from narvaro.web.figures import offers as figures
from narvaro.web.inbox import offers as inbox
from narvaro.web.jobs import offers as jobs
from narvaro.web.jobs.handlers import Result, Running, follow, offer_job, offer_schedule
from narvaro.web.meetings import offers as meetings
from narvaro.web.meetings.offers import gather_soon
from narvaro.web.messages import offers as messages
from narvaro.web.messages.registry import offer_receivers
from narvaro.web.overview.flow import offers as flow
from narvaro.web.plans import offers as plans
from narvaro.web.projects import offers as projects
from narvaro.web.pupils import offers as pupils
from narvaro.web.referrals import offers as referrals
from narvaro.web.ui.registry import MenuItem, offer_day_moved, offer_menu
from narvaro.web.ui.waiting import count_waiting


def fill() -> None:
    """Called once, at the start."""
    offer_menu(0, _home)
    offer_menu(80, _log_reviews)
    for app in (
        figures,
        pupils,
        emergency,
        consent,
        cases,
        disclosures,
        plans,
        referrals,
        projects,
        deliveries,
        documents,
        meetings,
        consultations,
        collaboration,
        routine,
        messages,
        inbox,
        exports,
        jobs,
        agencies,
        accounts,
    ):
        app.fill()
    flow.fill()
    offer_receivers("guardian", guardian)
    offer_names(is_name_of_a_pupil)
    _work()


def _work() -> None:
    """Work of one app that another app's events call for."""
    offer_job("figures.prewarm", gettext_lazy("Räkna om sidornas siffror"), _prewarm)
    offer_schedule("prewarm", "figures.prewarm", "daily 03:30")
    for event in ("ledger changed", "runs changed"):
        follow(event, "figures.prewarm")
    offer_job("audit.sign", gettext_lazy("Läsa och signera loggen"), _sign_log, attempts=1)
    offer_schedule("sign log", "audit.sign", "daily 04:00")
    offer_day_moved(gather_soon)  # last: what came in by the day stands on the agendas of the day


def _prewarm(running: Running) -> Result:
    from narvaro.web.figures.warming import prewarm

    return {"months": prewarm(running.asked_at)}


def _sign_log(_running: Running) -> Result:
    """A log that does not hold is a job that failed: it stands in the system owner's queue."""
    from narvaro.web.audit.checkpoints import LogDoesNotHold, sign_head
    from narvaro.web.audit.verification import verify

    verdict = verify()
    if not verdict.holds:
        raise LogDoesNotHold("The log does not hold. Run `narvaro-web verify-log`.")
    sign_head(at=datetime.now(UTC))
    return {"entries": verdict.count}


def _home(viewer: Viewer) -> Iterable[MenuItem]:
    words = _("Inkorg") if viewer.role == Role.AGENCY_CONTACT else _("Att göra")
    yield MenuItem("home", words, reverse("home"), count_waiting(viewer))


def _log_reviews(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("audit.reviews"):
        yield MenuItem("log_reviews", _("Loggranskning"), reverse("log_reviews"))
