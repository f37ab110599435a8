"""Addresses of referrals."""

from __future__ import annotations

from django.urls import path

from narvaro.web.referrals.views import receiving, sending

urlpatterns = [
    path("", sending.referrals, name="referrals"),
    path("mottagna/", receiving.inbox, name="referrals_received"),
    path("mottagen/<str:public_id>/", receiving.received, name="referral_received"),
    path("mottagen/<str:public_id>/svar/", receiving.answer, name="referral_answer"),
    path("nytt/<str:public_id>/", sending.prepare, name="referral_prepare"),
    path("flytt/<str:public_id>/", sending.move, name="referral_move"),
    path("oro/<str:public_id>/", sending.concern, name="referral_concern"),
    path("<str:public_id>/", sending.referral, name="referral"),
    path("<str:public_id>/skicka/", sending.send, name="referral_send"),
    path("<str:public_id>/beslut/", sending.decide, name="referral_decide"),
]
