"""Addresses for programs, and the page of keys."""

from django.urls import path

from narvaro.web.api import key_views, views

urlpatterns = [
    path("api/v1/openapi.json", views.description, name="api_description"),
    path("api/v1/flags", views.flags, name="api_flags"),
    path("api/v1/cases", views.cases, name="api_cases"),
    path("api/v1/cases/<str:case>", views.case, name="api_case"),
    path("api/v1/cases/<str:case>/steps", views.steps, name="api_steps"),
    path("api/v1/tasks", views.tasks, name="api_tasks"),
    path("konto/nycklar/", key_views.keys, name="api_keys"),
    path("konto/nycklar/<str:public_id>/aterkalla/", key_views.revoke, name="api_revoke_key"),
]
