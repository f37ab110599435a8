"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from narvaro.web.jobs import views

urlpatterns = [
    path("", views.every, name="jobs.list"),
    path("<str:public_id>/", views.one, name="jobs.job"),
    path("<str:public_id>/igen/", views.retry, name="jobs.retry"),
    path("schema/<str:public_id>/nu/", views.run_now, name="jobs.run_now"),
    path("schema/<str:public_id>/lage/", views.switch, name="jobs.switch"),
]
