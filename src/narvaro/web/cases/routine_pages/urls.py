"""Addresses of the routine."""

from __future__ import annotations

from django.urls import path

from narvaro.web.cases.routine_pages.views import adapting, proposing, reading, sharing

urlpatterns = [
    path("", reading.routine, name="common_routine"),
    path("version/<str:public_id>/", reading.version, name="common_routine_version"),
    path("paket/", sharing.share, name="common_routine_share"),
    path("forslag/", sharing.proposals, name="common_routine_proposals"),
    path("forslag/nytt/", sharing.propose, name="common_routine_propose"),
    path("forslag/<str:public_id>/", proposing.proposal, name="common_routine_proposal"),
    path("forslag/<str:public_id>/ta-i-bruk/", proposing.use, name="common_routine_use"),
    path("forslag/<str:public_id>/angra/", proposing.take_back, name="common_routine_take_back"),
    path("forslag/<str:public_id>/lagg-undan/", proposing.put_aside, name="common_routine_aside"),
    path("forslag/<str:public_id>/utkast/", proposing.drafts, name="common_routine_drafts"),
    path("skolor/", reading.schools, name="common_routine_schools"),
    path("skola/<str:public_id>/", reading.school, name="common_routine_school"),
    path("skola/<str:public_id>/avsluta/", adapting.end, name="common_routine_end"),
    path("skola/<str:public_id>/ny-version/", adapting.take_over, name="common_routine_take_over"),
    path(
        "skola/<str:public_id>/steg/<slug:step>/", adapting.adapt_step, name="common_routine_adapt"
    ),
]
