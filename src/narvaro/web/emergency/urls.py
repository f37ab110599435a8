"""Addresses of emergencies."""

from django.urls import path

from narvaro.web.emergency import views

urlpatterns = [
    path("", views.open_pupil, name="emergency"),
    path("granska/", views.reviews, name="emergency_reviews"),
    path("granska/<str:public_id>/", views.review, name="emergency_review"),
    path("<str:public_id>/", views.opened, name="emergency_page"),
]
