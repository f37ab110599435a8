"""Addresses of projects."""

from django.urls import path

from narvaro.web.projects import views

urlpatterns = [
    path("", views.project_list, name="projects"),
    path("starta/", views.start, name="project_start"),
    path("<str:public_id>/", views.project, name="project"),
    path("<str:public_id>/ny/<str:kind>/", views.add, name="project_add"),
    path("<str:public_id>/<str:kind>/<str:note_id>/", views.change, name="project_change"),
    path("<str:public_id>/<str:kind>/<str:note_id>/bort/", views.remove, name="project_remove"),
]
