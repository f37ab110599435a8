"""Every address."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("narvaro.web.overview.urls")),
    path("", include("narvaro.web.accounts.urls")),
    path("konto/", include("allauth.urls")),
]
