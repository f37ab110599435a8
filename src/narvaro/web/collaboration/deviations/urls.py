"""Addresses of deviations."""

from django.urls import path

from narvaro.web.collaboration.deviations import views

urlpatterns = [
    path("<str:public_id>/", views.deviation, name="deviation"),
    path("<str:public_id>/underteckna/", views.sign, name="sign_deviation"),
    path("<str:public_id>/pdf/", views.pdf, name="deviation_pdf"),
]
