"""Addresses of agencies."""

from django.urls import path

from narvaro.web.agencies import contact_views, views

urlpatterns = [
    path("", views.every, name="agencies"),
    path("ansvar/", views.responsibilities, name="agency_responsibilities"),
    path("ansvar.pdf", views.responsibilities_pdf, name="agency_responsibilities_pdf"),
    path("ny/", contact_views.add, name="agency_add"),
    path("kontakt/<str:public_id>/avsluta/", contact_views.end, name="agency_end_contact"),
    path("<str:public_id>/", views.agency, name="agency"),
    path("<str:public_id>/skriv/", views.write, name="agency_write"),
    path("<str:public_id>/kontakt/", contact_views.appoint, name="agency_appoint"),
    path("<str:public_id>/version/<int:number>/", views.version, name="agency_version"),
]
