"""Addresses of the routine."""

from __future__ import annotations

from django.urls import path

from narvaro.web.cases.routine_pages.views import adapting, reading

urlpatterns = [
    path("", reading.routine, name="common_routine"),
    path("version/<str:public_id>/", reading.version, name="common_routine_version"),
    path("skolor/", reading.schools, name="common_routine_schools"),
    path("skola/<str:public_id>/", reading.school, name="common_routine_school"),
    path("skola/<str:public_id>/avsluta/", adapting.end, name="common_routine_end"),
    path("skola/<str:public_id>/ny-version/", adapting.take_over, name="common_routine_take_over"),
    path(
        "skola/<str:public_id>/steg/<slug:step>/", adapting.adapt_step, name="common_routine_adapt"
    ),
]
