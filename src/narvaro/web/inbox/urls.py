"""Addresses of new flags."""

from __future__ import annotations

from django.urls import path

from narvaro.web.inbox import handling_views, views

urlpatterns = [
    path("", views.flags, name="flags"),
    path("inget-gjort/", handling_views.handling, name="handling"),
    path("inget-gjort/skolor/", handling_views.handling_counts, name="handling_counts"),
    path("inget-arende/", views.decline, name="flags_decline"),
    path("angra/<str:together>/", views.take_back, name="flags_take_back"),
    path("<str:public_id>/", views.flag, name="flag"),
    path("<str:public_id>/arende/", views.accept, name="flag_accept"),
]
