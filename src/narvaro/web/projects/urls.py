"""Addresses of projects."""

from django.urls import path

from narvaro.web.projects import meeting_views, views

urlpatterns = [
    path("", views.project_list, name="projects"),
    path("starta/", views.start, name="project_start"),
    path("moten/", meeting_views.all_meetings, name="all_project_meetings"),
    path("<str:public_id>/", views.project, name="project"),
    path("<str:public_id>/moten/", meeting_views.meetings, name="project_meetings"),
    path("<str:public_id>/moten/nya/", meeting_views.start, name="start_project_meetings"),
    path(
        "<str:public_id>/moten/serie/<str:series_id>/",
        meeting_views.change_series,
        name="change_project_meetings",
    ),
    path(
        "<str:public_id>/moten/serie/<str:series_id>/planera/",
        meeting_views.plan,
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
