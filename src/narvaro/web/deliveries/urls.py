"""Addresses of deliveries."""

from __future__ import annotations

from django.urls import path

from narvaro.web.deliveries.views import loads, mapping, runs, sources

urlpatterns = [
    path("", sources.every, name="deliveries.list"),
    path("ny/", sources.add, name="deliveries.add_source"),
    path("avstamningar/", runs.every, name="deliveries.runs"),
    path("avstamningar/kor/", runs.run, name="deliveries.run_month_end"),
    path("avstamningar/<str:public_id>/<int:version>/", runs.one, name="deliveries.run"),
    path(
        "avstamningar/<str:public_id>/<int:version>/elever/",
        runs.pupils,
        name="deliveries.run_pupils",
    ),
    path("leverans/<str:public_id>/", loads.one, name="deliveries.load"),
    path("leverans/<str:public_id>/ta-in/", loads.take_in, name="deliveries.take_in"),
    path("leverans/<str:public_id>/slang/", loads.discard, name="deliveries.discard"),
    path("leverans/<str:public_id>/angra/", loads.take_back, name="deliveries.take_back"),
    path("<str:public_id>/", sources.one, name="deliveries.source"),
    path("<str:public_id>/filer/", loads.upload, name="deliveries.upload"),
    path("<str:public_id>/lasprofil/", mapping.edit, name="deliveries.mapping"),
    path("<str:public_id>/anslutning/", sources.connection, name="deliveries.connection"),
    path("<str:public_id>/kontroll/", sources.check, name="deliveries.check"),
    path("<str:public_id>/hamta/", sources.fetch, name="deliveries.fetch"),
]
