"""Addresses of filled forms."""

from __future__ import annotations

from django.urls import path

from narvaro.web.documents.views import files, filling, home_letters, reading

urlpatterns = [
    path("", reading.document_list, name="documents"),
    path("nytt/", filling.start, name="document_start"),
    path("nytt/<str:public_id>/", filling.start, name="document_start_about"),
    path("brev-till-hemmen/", home_letters.letters_to_homes, name="letters_to_homes"),
    path("brev/<str:public_id>/", home_letters.home_letters, name="home_letters"),
    path("<str:public_id>/skicka/", home_letters.send_home, name="send_home"),
    path("<str:public_id>/", reading.document, name="document"),
    path("<str:public_id>/fyll-i/", filling.fill_in, name="document_fill_in"),
    path("<str:public_id>/granska/", filling.sign, name="document_sign"),
    path("<str:public_id>/skyddat/", reading.open_restricted, name="document_open"),
    path("<str:public_id>/pdf/", files.pdf, name="document_pdf"),
    path("<str:public_id>/docx/", files.docx, name="document_docx"),
    path("<str:public_id>/tillagg/", reading.add, name="document_add"),
]
