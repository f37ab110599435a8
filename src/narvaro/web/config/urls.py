"""Every address."""

from __future__ import annotations

from django.urls import include, path

from narvaro.web.config import health

urlpatterns = [
    path("halsa/", health.health, name="health"),
    path("redo/", health.ready, name="ready"),
    path("", include("narvaro.web.pupils.urls")),
    path("", include("narvaro.web.overview.urls")),
    path("", include("narvaro.web.accounts.urls")),
    path("", include("narvaro.web.figures.urls")),
    path("kallor/", include("narvaro.web.deliveries.urls")),
    path("flaggor/", include("narvaro.web.inbox.urls")),
    path("utlamnande/", include("narvaro.web.disclosures.urls")),
    path("samtycken/", include("narvaro.web.consent.urls")),
    path("dokument/", include("narvaro.web.documents.urls")),
    path("mallar/", include("narvaro.web.documents.routine_urls")),
    path("arenden/lamna-over/", include("narvaro.web.cases.handing_over.urls")),
    path("arenden/", include("narvaro.web.cases.urls")),
    path("planer/", include("narvaro.web.plans.urls")),
    path("remisser/", include("narvaro.web.referrals.urls")),
    path("rutin/", include("narvaro.web.cases.routine_pages.urls")),
    path("verksamheter/", include("narvaro.web.agencies.urls")),
    path("projekt/", include("narvaro.web.projects.urls")),
    path("jobb/", include("narvaro.web.jobs.urls")),
    path("konsultationer/", include("narvaro.web.consultations.urls")),
    path("moten/", include("narvaro.web.meetings.urls")),
    path("samverkansmoten/", include("narvaro.web.collaboration.meetings.urls")),
    path("avvikelser/", include("narvaro.web.collaboration.deviations.urls")),
    path("kallelser/", include("narvaro.web.collaboration.urls")),
    path("meddelanden/", include("narvaro.web.messages.urls")),
    path("nodatkomst/", include("narvaro.web.emergency.urls")),
    path("", include("narvaro.web.api.urls")),
    path("konto/", include("narvaro.web.accounts.own_addresses")),
]

handler400 = "narvaro.web.ui.errors.unreadable"
handler500 = "narvaro.web.ui.errors.fault"
