"""Addresses of pupils."""

from django.urls import path

from narvaro.web.pupils import views

urlpatterns = [
    path("elever/", views.pupil_list, name="pupils"),
    path("elever/sok/", views.search, name="pupils_search"),
    path("elever/skyddade/", views.protected, name="pupils_protected"),
    path("elever/skyddade/<str:public_id>/ge/", views.access, name="pupils_access"),
    path("elever/skyddade/<str:public_id>/ta-bort/", views.access_end, name="pupils_access_end"),
    path("elever/skyddade/<str:public_id>/rakna-bara/", views.count_only, name="pupils_count_only"),
    path("elever/<str:public_id>/oppna/", views.open_protected, name="pupils_open"),
    path("elever/<str:public_id>/kontakt/", views.contacts, name="pupils_contacts"),
    path(
        "elever/<str:public_id>/kontakt/<str:guardian_id>/brev/",
        views.hold_letters,
        name="pupils_hold_letters",
    ),
    path("elever/<str:public_id>/nummer/", views.number, name="pupils_number"),
]
