"""Addresses of accounts."""

from django.urls import path

from narvaro.web.accounts import views

urlpatterns = [
    path("demo/var/<str:public_id>/", views.demo_sign_in, name="demo_sign_in"),
    path("demo/dag/", views.demo_day, name="demo_day"),
    path("konto/roll/<str:public_id>/", views.act_as, name="act_as"),
]
