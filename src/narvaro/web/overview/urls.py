"""Addresses of the pages that gather, and of the pages for everyone."""

from django.urls import path, re_path

from narvaro.web.overview import frame_choices, gallery, public_pages, views
from narvaro.web.overview.cross_agency import views as cross_agency
from narvaro.web.overview.flow import views as flow
from narvaro.web.overview.inspector import views as inspector
from narvaro.web.overview.log_review import views as log_review
from narvaro.web.overview.pupil_page import views as pupil_page

PUPIL = r"^elever/(?P<public_id>[\w-]{22})"
"""Only what can be an opaque id: the other addresses under `elever/` are words."""

urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.home, name="home"),
    path("logg/", log_review.reviews, name="log_reviews"),
    path("logg/<str:public_id>/", log_review.review, name="log_review"),
    path("logg/<str:public_id>/utfall/", log_review.outcome, name="log_review_outcome"),
    path("logg/<str:public_id>/avsluta/", log_review.close, name="log_review_close"),
    path("rutinen/", flow.municipality, name="flow_municipality"),
    path("rutinen/omraden/<str:public_id>/", flow.area, name="flow_area"),
    path("rutinen/skolor/<str:public_id>/", flow.school, name="flow_school"),
    path("samverkan/rakning/", cross_agency.counts, name="cross_agency_counts"),
    path("tillsyn/arenden/<str:public_id>/", inspector.case, name="inspector_case"),
    path("tillsyn/arenden/<str:public_id>/pdf/", inspector.pdf, name="inspector_pdf"),
    path("tillsyn/skolor/<str:public_id>/", inspector.school, name="inspector_school"),
    path("stil/", gallery.gallery, name="gallery"),
    re_path(rf"{PUPIL}/$", pupil_page.pupil, name="pupil"),
    re_path(rf"{PUPIL}/utskrift/$", pupil_page.on_paper, name="pupil_on_paper"),
    re_path(rf"{PUPIL}/lasaret/$", pupil_page.school_year, name="pupil_year"),
    re_path(rf"{PUPIL}/lasar/$", pupil_page.history, name="pupil_history"),
    path("dold/", frame_choices.hidden, name="hidden"),
    path("sprak/", frame_choices.language, name="language"),
    path("utseende/", frame_choices.appearance, name="appearance"),
    path("sa-raknas-franvaro/", public_pages.counting, name="counting"),
    path("tillganglighet/", public_pages.accessibility, name="accessibility"),
    path("personuppgifter/", public_pages.privacy, name="privacy"),
]
