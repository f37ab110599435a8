"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from narvaro.web.plans.views import files, following, own, reading, writing

urlpatterns = [
    path("", reading.plan_list, name="plans"),
    path("nytt/<str:public_id>/", writing.start, name="plan_start"),
    path("<str:public_id>/", reading.plan, name="plan"),
    path("<str:public_id>/version/<int:number>/", reading.plan, name="plan_version"),
    path("<str:public_id>/version/<int:number>/pdf/", files.pdf, name="plan_pdf"),
    path("<str:public_id>/version/<int:number>/docx/", files.docx, name="plan_docx"),
    path("<str:public_id>/version/<int:number>/egen-del/", own.read, name="plan_own"),
    path("<str:public_id>/version/<int:number>/egen-del/pdf/", files.own_pdf, name="plan_own_pdf"),
    path(
        "<str:public_id>/version/<int:number>/egen-del/docx/", files.own_docx, name="plan_own_docx"
    ),
    path("<str:public_id>/skriv/", writing.write, name="plan_write"),
    path("<str:public_id>/egen-del/skriv/", own.write, name="plan_write_own"),
    path("<str:public_id>/signera/", writing.sign, name="plan_sign"),
    path("<str:public_id>/ny-version/", following.new_version, name="plan_new_version"),
    path("<str:public_id>/folj-upp/", following.follow_up, name="plan_follow_up"),
]
