"""Addresses of handing over."""

from __future__ import annotations

from django.urls import path

from narvaro.web.cases.handing_over import views

urlpatterns = [
    path("", views.leaving, name="hand_overs"),
    path("<str:public_id>/", views.hand_over_all, name="hand_over_all"),
    path("<str:public_id>/angra/", views.give_back, name="hand_over_undo"),
]
