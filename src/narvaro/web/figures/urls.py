"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("narvaro.web.figures.registration.urls")),
]
