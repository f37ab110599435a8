"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from narvaro.web.figures.views import levels, lists, what_if

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("narvaro.web.figures.registration.urls")),
    path("kommunen/", levels.municipality, name="figures_municipality"),
    path("omraden/<str:public_id>/", levels.area, name="figures_area"),
    path("skolor/<str:public_id>/", levels.school, name="figures_school"),
    path("skolor/<str:public_id>/lista/", lists.whole_list, name="figures_list"),
    path("skolor/<str:public_id>/lista.xlsx", lists.export, name="figures_export"),
    path("skolor/<str:public_id>/tva-regler/", lists.two_rules, name="figures_two_rules"),
    path("prova-regel/", what_if.what_if, name="figures_what_if"),
    path("klasser/<str:public_id>/", levels.class_, name="figures_class"),
]
