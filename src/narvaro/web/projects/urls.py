"""Addresses of projects."""

from django.urls import path

from narvaro.web.projects import meeting_series_views as series_views
from narvaro.web.projects import meeting_views, views

urlpatterns = [
    path("", views.project_list, name="projects"),
    path("starta/", views.start, name="project_start"),
    path("moten/", series_views.all_meetings, name="all_project_meetings"),
    path("<str:public_id>/", views.project, name="project"),
    path("<str:public_id>/moten/", series_views.meetings, name="project_meetings"),
    path("<str:public_id>/moten/nya/", series_views.start, name="start_project_meetings"),
    path(
        "<str:public_id>/moten/serie/<str:series_id>/",
        series_views.change_series,
        name="change_project_meetings",
    ),
    path(
        "<str:public_id>/moten/serie/<str:series_id>/planera/",
        series_views.plan,
        name="plan_project_meeting",
    ),
    path("<str:public_id>/moten/<str:meeting_id>/", meeting_views.meeting, name="project_meeting"),
    path(
        "<str:public_id>/moten/<str:meeting_id>/andra/",
        meeting_views.change,
        name="change_project_meeting",
    ),
    path(
        "<str:public_id>/moten/<str:meeting_id>/kom/",
        meeting_views.note,
        name="note_project_meeting",
    ),
    path(
        "<str:public_id>/moten/<str:meeting_id>/beslut/",
        meeting_views.decide,
        name="decide_at_project_meeting",
    ),
    path(
        "<str:public_id>/moten/<str:meeting_id>/beslut/<str:decision_id>/klart/",
        meeting_views.done,
        name="project_decision_done",
    ),
    path("<str:public_id>/ny/<str:kind>/", views.add, name="project_add"),
    path("<str:public_id>/<str:kind>/<str:note_id>/", views.change, name="project_change"),
    path("<str:public_id>/<str:kind>/<str:note_id>/bort/", views.remove, name="project_remove"),
]
