"""Addresses of the pages that gather."""

from django.urls import path

from narvaro.web.overview import views

urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.home, name="home"),
]
