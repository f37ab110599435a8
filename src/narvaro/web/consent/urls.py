"""Addresses of consents; a person in one is an opaque id, or `eleven`."""

from __future__ import annotations

from django.urls import path

from narvaro.web.consent import support_views, views

urlpatterns = [
    path("elev/<str:public_id>/", views.consents, name="consents"),
    path("elev/<str:public_id>/fraga/", views.ask, name="ask_consent"),
    path("elev/<str:public_id>/stod/", support_views.offer, name="offer_support"),
    path("stod/<str:public_id>/svar/", support_views.reply, name="reply_to_support"),
    path("<str:public_id>/", views.consent, name="consent"),
    path("<str:public_id>/svar/<str:person_id>/", views.answer, name="answer_consent"),
    path("<str:public_id>/tillbaka/<str:person_id>/", views.withdraw, name="withdraw_consent"),
]
