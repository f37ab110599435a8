"""Addresses of the routine's library."""

from __future__ import annotations

from django.urls import path

from narvaro.web.documents.views import routines

urlpatterns = [
    path("", routines.routine_list, name="routines"),
    path("nytt/", routines.start, name="routine_start"),
    path("rutinen.docx", routines.docx, name="routine_docx"),
    path("godkann/<str:public_id>/", routines.approve, name="routine_approve"),
    path("<str:public_id>/", routines.routine, name="routine"),
    path("<str:public_id>/version/<int:number>/", routines.routine, name="routine_version"),
    path("<str:public_id>/jamfor/", routines.compare, name="routine_compare"),
    path("<str:public_id>/skriv/", routines.write, name="routine_write"),
    path("<str:public_id>/fraga/", routines.ask, name="routine_ask"),
    path("<str:public_id>/publicera/", routines.publish, name="routine_publish"),
]
