"""Addresses of the pages that gather, and of the pages for everyone."""

from django.urls import path

from narvaro.web.overview import frame_choices, gallery, public_pages, views
from narvaro.web.overview.pupil_page import views as pupil_page

urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.home, name="home"),
    path("elever/<str:public_id>/", pupil_page.pupil, name="pupil"),
    path("stil/", gallery.gallery, name="gallery"),
    path("dold/", frame_choices.hidden, name="hidden"),
    path("sprak/", frame_choices.language, name="language"),
    path("utseende/", frame_choices.appearance, name="appearance"),
    path("sa-raknas-franvaro/", public_pages.counting, name="counting"),
    path("tillganglighet/", public_pages.accessibility, name="accessibility"),
    path("personuppgifter/", public_pages.privacy, name="privacy"),
]
